/*
 * Copyright the Camel Sora authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with
 * the License. You may obtain a copy of the License at https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on an
 * "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the
 * specific language governing permissions and limitations under the License.
 */
package io.github.camelsora.internal.ledger;

import java.time.Duration;
import java.time.Instant;

import io.github.camelsora.event.GenerationFailedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.event.SoraFailure;
import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.text.Seconds;
import io.github.camelsora.task.SoraTask;
import io.github.camelsora.task.SoraTaskState;

/** Says what is stored of a generation that has no video. */
final class StoredFailure {

    private StoredFailure() {
    }

    static GenerationFailedException failed(SoraTask task) {
        return new GenerationFailedException("Generation " + task.key() + " was sent before, and has failed: " + reason(task)
                + "; nothing was bought now. To order another video, give another request key", facts(task), reason(task),
                category(task));
    }

    /** It was sent, and it is over: there may be a video that nobody knows. */
    static GenerationLostException lost(SoraTask task) {
        String sentence = "Generation " + task.key() + " was sent before, at " + task.claimedAt() + ", ";
        String what = task.taskId() == null && task.sourceUrl() == null
                ? "and no answer is known: it may have been paid for. Look for its video at the gateway; resubmitLost=true "
                        + "buys it again"
                : "and is lost: " + reason(task) + "; it cannot be followed from here, see recoveryEnabled and trustedHosts";
        return new GenerationLostException(sentence + what + "; nothing was bought now", facts(task), null, category(task));
    }

    static GenerationLostException stillRunning(SoraTask task, Duration waited) {
        return new GenerationLostException("Generation " + task.key() + " belongs to a process that is alive, and has not "
                + "ended within " + Seconds.of(waited) + "; nothing was bought now. Deliver it again later", facts(task), null,
                SoraFailureCategory.UNKNOWN);
    }

    /** What to store of a task whose process died before anything was known of it. */
    static SoraTask lostTask(SoraTask task, Instant now) {
        return task.state() == SoraTaskState.LOST ? task : task.with(SoraTaskState.LOST, task.video(),
                new SoraFailure(SoraOutcome.LOST, SoraFailureCategory.UNKNOWN, "sent at " + task.claimedAt() + ", no answer",
                        false, true), now);
    }

    private static String reason(SoraTask task) {
        SoraFailure failure = task.failure();
        return failure == null ? "no reason is known" : failure.reason();
    }

    private static SoraFailureCategory category(SoraTask task) {
        SoraFailure failure = task.failure();
        return failure == null ? SoraFailureCategory.UNKNOWN : failure.category();
    }

    private static SoraFacts facts(SoraTask task) {
        SoraVideo video = task.video();
        return SoraFacts.builder().generationId(task.key()).time(task.updatedAt().toEpochMilli()).gateway(video.gateway())
                .taskId(video.taskId()).sourceUrl(video.sourceUrl()).previewUrl(video.previewUrl()).build();
    }
}
