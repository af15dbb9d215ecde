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
package io.github.camelsora;

import io.github.camelsora.internal.generation.Generation;
import io.github.camelsora.internal.protocol.GenerationProtocol;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** What the producers of all operations have in common: the shared runtime, and what becomes of their generations. */
abstract class SoraProducer extends DefaultAsyncProducer {

    private SoraRuntime runtime;
    private SoraReplies replies;

    SoraProducer(SoraEndpoint endpoint) {
        super(endpoint);
    }

    /** Starts a generation. The last thing that {@code process} does: from here on the generation completes the exchange. */
    final void run(Generation generation, GenerationProtocol protocol) {
        runtime.start(generation, protocol);
    }

    /** Completes an exchange for which nothing has been started. */
    final boolean failed(Exchange exchange, Exception e, AsyncCallback callback) {
        exchange.setException(e);
        callback.done(true);
        return true;
    }

    final SoraConfiguration options() {
        return getEndpoint().getConfiguration();
    }

    final SoraRuntime runtime() {
        return runtime;
    }

    final SoraReplies replies() {
        return replies;
    }

    @Override
    public SoraEndpoint getEndpoint() {
        return (SoraEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        runtime = getEndpoint().getComponent().runtime();
        replies = SoraReplies.of(getEndpoint(), runtime);
        replies.start();
    }

    @Override
    protected void doStop() throws Exception {
        if (replies != null) {
            replies.stop();
        }
        super.doStop();
    }
}
