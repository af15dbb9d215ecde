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
package io.github.camelsora.test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds generations at a point until a test opens it, so that tests need no sleep. May hold many
 * generations; once open it stays open. Thread-safe.
 */
public final class Gate {

    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CountDownLatch reached = new CountDownLatch(1);

    /** Lets everything go on that waits here or will come here. */
    public void open() {
        opened.complete(null);
    }

    /** Whether it has been opened. */
    public boolean isOpen() {
        return opened.isDone();
    }

    /** Whether a generation has come here. */
    public boolean isReached() {
        return reached.getCount() == 0;
    }

    /**
     * Waits until a generation has come here.
     *
     * @throws AssertionError when none has within the limit
     */
    public void awaitReached(Duration limit) throws InterruptedException {
        if (!reached.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("No generation came to the gate within " + limit.toMillis() + " ms");
        }
    }

    /** The action runs when the gate is open, on the thread that opens it; at once when it already is. */
    void pass(Runnable action) {
        reached.countDown();
        opened.thenRun(action);
    }
}
