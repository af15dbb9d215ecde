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

import java.time.Instant;

import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraFailure;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.generation.GenerationResult;
import io.github.camelsora.task.SoraTask;
import io.github.camelsora.task.SoraTaskState;
import org.jspecify.annotations.Nullable;

/** What is stored of a generation that has ended. */
final class TaskEnd {

    private TaskEnd() {
    }

    /**
     * Its task as it is to be stored. One that is not finished is to be found by whoever goes on with it: the component was
     * stopped, or was refused an answer about a task that exists.
     *
     * @param earlier what was known at its beginning
     * @param known what is known now
     * @return {@code null} if nothing was bought
     */
    static @Nullable SoraTask of(SoraTask earlier, GenerationResult result, SoraVideo known, Instant now) {
        SoraException why = result.exception();
        if (why == null) {
            return earlier.with(SoraTaskState.COMPLETED, known, null, now);
        }
        boolean exists = known.taskId() != null || known.sourceUrl() != null;
        boolean refused = why.getOutcome() == SoraOutcome.REFUSED;
        if (refused && !exists) {
            return null;
        }
        if (exists && (refused || result.isStopped())) {
            return earlier.with(SoraTaskState.SUBMITTED, known, null, now);
        }
        return earlier.with(why.getOutcome() == SoraOutcome.FAILED ? SoraTaskState.FAILED : SoraTaskState.LOST, known,
                SoraFailure.of(why), now);
    }
}
