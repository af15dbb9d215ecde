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
package io.github.camelsora.internal.exchange;

import io.github.camelsora.internal.delivery.ReactiveQueue;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets an exchange go on behind the step that it waited in: once, whatever is thrown. */
final class Continuation {

    private static final Logger LOG = LoggerFactory.getLogger(Continuation.class);

    private Continuation() {
    }

    /**
     * Changes the exchange and continues its route on this thread.
     *
     * @param change what it throws becomes the exception of the exchange
     */
    static void of(Exchange exchange, Runnable change, AsyncCallback callback) {
        try {
            change.run();
        } catch (Throwable e) {
            LOG.warn("The end of a generation could not be written to its exchange", e);
            exchange.setException(e);
        }
        try {
            callback.done(false);
        } catch (Throwable e) {
            // Camel lets an Error of a step through, and leaves the callbacks of the exchange in this thread's queue.
            LOG.warn("A step of the route behind a generation failed", e);
            if (exchange.getException() == null) {
                exchange.setException(e);
            }
            ReactiveQueue.runWhatIsLeft(exchange.getContext());
        }
    }
}
