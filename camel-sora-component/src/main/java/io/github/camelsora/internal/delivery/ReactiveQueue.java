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

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ReactiveExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks that Camel keeps for the current thread. An {@link Error} in a step skips them, and with them the callbacks of
 * exchanges: those would wait until the thread happens to run a route again.
 */
public final class ReactiveQueue {

    private static final Logger LOG = LoggerFactory.getLogger(ReactiveQueue.class);

    private ReactiveQueue() {
    }

    /** Runs what an Error has left in the queue of this thread. Throws nothing. */
    public static void runWhatIsLeft(CamelContext camel) {
        ReactiveExecutor executor = camel.getCamelContextExtension().getReactiveExecutor();
        boolean more = true;
        while (more) {
            try {
                more = executor.executeFromQueue();
            } catch (Throwable e) {
                LOG.warn("A step of a route failed", e);
            }
        }
    }
}
