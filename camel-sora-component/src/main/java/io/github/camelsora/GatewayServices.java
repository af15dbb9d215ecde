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
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.internal.exchange.GenerationRequests;
import io.github.camelsora.internal.generation.GenerationObserver;
import io.github.camelsora.internal.generation.TaskJournal;
import io.github.camelsora.internal.ledger.Order;
import io.github.camelsora.internal.protocol.GenerationProtocol;
import io.github.camelsora.internal.protocol.ResolvedGateway;
import io.github.camelsora.internal.protocol.StreamingChats;
import io.github.camelsora.internal.protocol.TaskRecovery;
import io.github.camelsora.internal.text.Secrets;
import io.github.camelsora.internal.text.TaskReference;
import org.jspecify.annotations.Nullable;

/**
 * What a producer needs to work with one gateway.
 *
 * @param gateway the gateway itself
 * @param secrets what is cut out of all that the gateway says
 * @param observer told of its generations
 * @param unclaimed remembers generations without a request key, if they need no claim; else {@code null}
 * @param chats how it is asked, or {@code null} where nothing is bought
 * @param recovery how its tasks are followed, or {@code null} if they are not
 */
record GatewayServices(ResolvedGateway gateway, GenerationRequests requests, Secrets secrets,
        GenerationObserver observer, @Nullable TaskJournal unclaimed, @Nullable StreamingChats chats,
        @Nullable TaskRecovery recovery) {

    GenerationProtocol ask(String model, List<SoraMessage> messages, Map<String, @Nullable Object> fields) {
        return Objects.requireNonNull(chats).ask(model, messages, fields);
    }

    /**
     * How a generation begins here.
     *
     * @param begins sends the request, or follows the task
     */
    Order.Ways ways(boolean isPaid, Supplier<GenerationProtocol> begins) {
        return new Order.Ways() {
            @Override
            public boolean isPaid() {
                return isPaid;
            }

            @Override
            public GenerationProtocol begin() {
                return begins.get();
            }

            @Override
            public boolean canFollow(TaskReference task) {
                return GatewayServices.this.canFollow(task);
            }

            @Override
            public GenerationProtocol follow(TaskReference task) {
                return resume(task);
            }
        };
    }

    boolean canFollow(TaskReference task) {
        return recovery != null && recovery.canFollow(task);
    }

    GenerationProtocol resume(TaskReference task) {
        return Objects.requireNonNull(recovery).resume(task);
    }
}
