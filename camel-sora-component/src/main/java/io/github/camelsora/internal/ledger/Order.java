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

import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.protocol.GenerationProtocol;
import io.github.camelsora.internal.text.TaskReference;
import io.github.camelsora.task.SoraTask;
import io.github.camelsora.task.SoraTaskState;
import org.jspecify.annotations.Nullable;

/**
 * What a message asks for, before it is known whether it has been bought already.
 *
 * @param key the request key, or the generation id
 * @param origin of the gateway
 * @param keyFingerprint of the API key, or {@code null}
 * @param requestHash of the conversation that is sent; empty where a task is resumed, whatever was asked for
 * @param known gateway, model, prompt and messages, and what the task can be found by if it exists
 * @param ways how to begin
 * @param resubmitLost whether to buy again what was sent, without an answer, by a process that is dead
 * @param patience how long to wait for another process that owns the key
 */
public record Order(String key, String origin, @Nullable String keyFingerprint, String requestHash, SoraVideo known, Ways ways,
        boolean resubmitLost, Duration patience) {

    /** The protocol that all generations speak today. */
    static final String CHAT = "chat";

    /** How the generation of an order can begin. */
    public interface Ways {

        /** Whether {@link #begin} sends a paid request. */
        boolean isPaid();

        /** Sends the request; or, where the order itself names a task that exists, follows that. */
        GenerationProtocol begin();

        /** Whether a task can be followed. */
        boolean canFollow(TaskReference task);

        /** Follows a task that exists. */
        GenerationProtocol follow(TaskReference task);
    }

    /** What the task can be found by, or nothing. */
    TaskReference reference() {
        return TaskReference.of(known.taskId(), known.sourceUrl());
    }

    /** Whether a stored task is of the same request. */
    boolean isSameRequest(SoraTask stored) {
        return requestHash.isEmpty() || stored.requestHash().isEmpty() || requestHash.equals(stored.requestHash());
    }

    SoraTask task(Instant now) {
        return new SoraTask(key, requestHash, CHAT, origin, keyFingerprint,
                reference().isEmpty() ? SoraTaskState.CLAIMED : SoraTaskState.SUBMITTED, known, null, now, now);
    }
}
