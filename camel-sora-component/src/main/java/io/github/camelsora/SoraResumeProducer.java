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
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.exchange.SoraHeaders;
import io.github.camelsora.internal.generation.GenerationRequest;
import io.github.camelsora.internal.protocol.GenerationProtocol;
import io.github.camelsora.internal.protocol.TaskRecovery;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** {@code sora:resume}: goes on with a task that exists, as if its stream had never broken. Sends no key and buys nothing. */
final class SoraResumeProducer extends SoraProducer {

    private Gateway gateway;
    private TaskRecovery recovery;

    SoraResumeProducer(SoraEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            SoraTaskReference task = SoraTaskReference.of(exchange);
            GenerationProtocol protocol = recovery.resume(task.task(), gateway.getName());
            SoraAttempt attempt = SoraAttempt.none(exchange, getEndpoint());
            SoraHeaders.clear(exchange.getMessage());
            run(replies().generation(request(task.video()), task.task(), exchange, attempt, callback), protocol);
            return false;
        } catch (Exception e) {
            return failed(exchange, e, callback);
        }
    }

    private GenerationRequest request(SoraVideo earlier) {
        boolean known = earlier != null;
        // The conversation up to the report, which is read anew.
        List<SoraMessage> messages = known && earlier.messages().size() > 1
                ? earlier.messages().subList(0, earlier.messages().size() - 1) : List.of();
        return new GenerationRequest(gateway.getName(), known ? earlier.model() : null,
                known ? earlier.prompt() : null, messages, options().getMaxPayloadSize());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        gateway = new GatewayChoice(getEndpoint().getComponent(), options()).resolveWithoutKey();
        recovery = runtime().recovery(gateway, options());
    }
}
