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

import java.util.List;

import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.gateway.Gateway;
import io.github.camelsora.generation.GenerationProtocol;
import io.github.camelsora.generation.GenerationRequest;
import io.github.camelsora.generation.StreamingChat;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** {@code sora:generate}: one generation per exchange. Returns at once; the exchange goes on on a worker thread. */
class SoraGenerateProducer extends DefaultAsyncProducer {

    private SoraRuntime runtime;
    private SoraRequests requests;
    private GenerationProtocol protocol;
    private SoraReplies replies;

    SoraGenerateProducer(SoraEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            SoraAttempt attempt = SoraAttempt.begin(exchange, getEndpoint());
            GenerationRequest request = requests.build(exchange.getMessage(), conversation(exchange));
            SoraHeaders.clear(exchange.getMessage());
            runtime.start(replies.generation(request, exchange, attempt, callback), protocol);
            return false;
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }

    /** What to send: the prompt, after what this exchange has said before if it remembers. */
    protected Conversation conversation(Exchange exchange) {
        SoraConfiguration options = getEndpoint().getConfiguration();
        List<SoraMessage> earlier = options.isConversationMemory()
                ? SoraPrompts.messages(exchange.getProperty(options.getConversationHistoryProperty())) : List.of();
        return Conversation.of(earlier, SoraPrompts.prompt(exchange.getMessage()));
    }

    @Override
    public SoraEndpoint getEndpoint() {
        return (SoraEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        SoraConfiguration options = getEndpoint().getConfiguration();
        runtime = getEndpoint().getComponent().runtime();
        Gateway gateway = new GatewayChoice(getEndpoint().getComponent(), options).resolve();
        GatewayChoice.warnOfPlainHttp(gateway);
        requests = new SoraRequests(gateway, options);
        protocol = new StreamingChat(runtime.client(options), runtime.timer());
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
