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

import io.github.camelsora.internal.exchange.FreeAttempt;
import io.github.camelsora.internal.exchange.Headers;
import io.github.camelsora.internal.exchange.TaskToResume;
import io.github.camelsora.internal.generation.GenerationRequest;
import io.github.camelsora.internal.ledger.ClaimedTask;
import io.github.camelsora.internal.protocol.ResolvedGateway;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** {@code sora:resume}: goes on with a task that exists, as if its stream had never broken. Sends no key and buys nothing. */
final class SoraResumeProducer extends SoraProducer {

    SoraResumeProducer(SoraEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            followComponent();
            TaskToResume task = TaskToResume.in(exchange.getMessage());
            return find(exchange, callback, task::find, (stored, later) -> resume(exchange, stored
                    .map(found -> task.stored(found, getEndpoint().gateway().origin())).orElseGet(task::unknown), later));
        } catch (Throwable e) {
            return failed(exchange, e, callback);
        }
    }

    private void resume(Exchange exchange, TaskToResume task, AsyncCallback callback) {
        GatewayServices gateway = at(getEndpoint().gateway(task.gateway()));
        GenerationRequest request = gateway.requests().resume(task);
        ClaimedTask claimed = claim(gateway.gateway(), request, task.reference(), "",
                gateway.ways(false, () -> gateway.resume(task.reference())));
        Headers.clear(exchange.getMessage());
        start(exchange, gateway, request, claimed, completion().await(exchange, FreeAttempt.INSTANCE, callback),
                generation -> generation.journal(claimed));
    }

    @Override
    GatewayServices open(ResolvedGateway gateway, SoraRuntime current) {
        return new GatewayServices(gateway, requests(gateway), current.secrets(gateway, options()), current.observer(),
                null, null, current.recovery(gateway.tasks(), options()));
    }
}
