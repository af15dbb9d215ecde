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
package io.github.camelsora.internal.protocol;

import org.jspecify.annotations.Nullable;

/** When one task was polled and will be, for operators. Thread-safe. */
final class PollTimes implements PolledTask {

    private final @Nullable String taskId;
    private final Observer observer;
    private volatile int rounds;
    private volatile long beganAt;
    private volatile long lastAt;
    private volatile long nextAt;
    private @Nullable Runnable atEnd;
    private boolean over;

    PollTimes(@Nullable String taskId, Observer observer) {
        this.taskId = taskId;
        this.observer = observer;
    }

    /** Polling begins, with the first round after a while. */
    void begin(long firstDelayMillis) {
        beganAt = System.currentTimeMillis();
        waits(firstDelayMillis);
        Runnable told = observer.began(this);
        synchronized (this) {
            if (!over) {
                atEnd = told;
                return;
            }
        }
        told.run();
    }

    /** By one thread at a time. */
    void asks(int round) {
        rounds = round;
        lastAt = System.currentTimeMillis();
    }

    void waits(long millis) {
        nextAt = System.currentTimeMillis() + millis;
    }

    /** Polling has ended, perhaps before it has begun. */
    void end() {
        Runnable told;
        synchronized (this) {
            over = true;
            told = atEnd;
        }
        if (told != null) {
            told.run();
        }
    }

    @Override
    public @Nullable String taskId() {
        return taskId;
    }

    @Override
    public int rounds() {
        return rounds;
    }

    @Override
    public long beganAt() {
        return beganAt;
    }

    @Override
    public long lastAt() {
        return lastAt;
    }

    @Override
    public long nextAt() {
        return nextAt;
    }
}
