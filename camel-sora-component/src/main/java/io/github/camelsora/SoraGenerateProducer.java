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

import java.time.Clock;
import java.util.List;

import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.internal.exchange.Conversation;
import io.github.camelsora.internal.exchange.SoraHeaders;
import io.github.camelsora.internal.exchange.SoraPrompts;
import io.github.camelsora.internal.generation.GenerationRequest;
import io.github.camelsora.internal.protocol.GenerationProtocol;
import io.github.camelsora.internal.protocol.HostFailover;
import io.github.camelsora.internal.protocol.StreamingChat;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** {@code sora:generate}: one generation per exchange. Returns at once; the exchange goes on on a worker thread. */
class SoraGenerateProducer extends SoraProducer {

    private final HostFailover hosts = new HostFailover(Clock.systemUTC());
    private SoraRequests requests;

    SoraGenerateProducer(SoraEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            SoraAttempt attempt = SoraAttempt.begin(exchange, getEndpoint(), replies().recovery());
            GenerationRequest request = requests.request(exchange.getMessage(), conversation(exchange));
            GenerationProtocol protocol = attempt.task() == null ? chat(request)
                    : replies().recovery().resume(attempt.task(), request.gateway());
            SoraHeaders.clear(exchange.getMessage());
            run(replies().generation(request, attempt.task(), exchange, attempt, callback), protocol);
            return false;
        } catch (Exception e) {
            return failed(exchange, e, callback);
        }
    }

    private GenerationProtocol chat(GenerationRequest request) {
        return new StreamingChat(runtime().client(options()), runtime().timer(), runtime().background(), hosts,
                requests.call(request));
    }

    /** What to send: the prompt, after what this exchange has said before if it remembers. */
    protected Conversation conversation(Exchange exchange) {
        List<SoraMessage> earlier = options().isConversationMemory()
                ? SoraPrompts.messages(exchange.getProperty(options().getConversationHistoryProperty())) : List.of();
        return Conversation.of(earlier, SoraPrompts.prompt(exchange.getMessage()));
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        Gateway gateway = new GatewayChoice(getEndpoint().getComponent(), options()).resolve();
        GatewayChoice.warnOfPlainHttp(gateway);
        requests = new SoraRequests(gateway, options());
    }
}
