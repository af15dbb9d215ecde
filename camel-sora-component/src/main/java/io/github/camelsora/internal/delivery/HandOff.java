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
package io.github.camelsora.internal.delivery;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Hands work that must not be lost to other threads. */
public final class HandOff {

    private HandOff() {
    }

    /**
     * Runs a task on the executor. If the executor is closed, the task runs on the calling thread: no route runs any more
     * then, and what is left is to complete exchanges and to release what they hold.
     */
    public static void run(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }
}
