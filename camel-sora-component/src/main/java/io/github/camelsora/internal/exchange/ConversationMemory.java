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

import java.util.List;

import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraVideo;
import org.apache.camel.Exchange;

/** What successive generations of one exchange remember of each other ({@code conversationMemory}). */
public interface ConversationMemory {

    /** Every generation begins a conversation of its own. */
    ConversationMemory NONE = new ConversationMemory() {
        @Override
        public List<SoraMessage> earlier(Exchange exchange) {
            return List.of();
        }

        @Override
        public void remember(Exchange exchange, SoraVideo video) {
            // nobody asks
        }
    };

    /** The messages of the generations before. */
    List<SoraMessage> earlier(Exchange exchange);

    /** Keeps the conversation that led to a video, its report included. */
    void remember(Exchange exchange, SoraVideo video);

    /** A memory in an exchange property. */
    static ConversationMemory property(String name) {
        return new ConversationMemory() {
            @Override
            public List<SoraMessage> earlier(Exchange exchange) {
                return Prompts.messages(exchange.getProperty(name));
            }

            @Override
            public void remember(Exchange exchange, SoraVideo video) {
                exchange.setProperty(name, video.messages());
            }
        };
    }
}
