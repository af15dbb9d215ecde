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
import java.util.Map;
import java.util.stream.IntStream;

import io.github.camelsora.event.SoraMessage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

class ConversationTest {

    @Property
    void theOldestGoFirstAndTheFirstPromptStays(@ForAll @IntRange(min = 1, max = 60) int size,
            @ForAll @IntRange(min = 3, max = 40) int max) {
        List<SoraMessage> messages = IntStream.range(0, size).mapToObj(i -> SoraMessage.user("message " + i)).toList();
        List<SoraMessage> kept = Conversation.of(messages.subList(0, size - 1),
                new Prompt(messages.subList(size - 1, size), null, Map.of())).trimmed(max).messages();
        assertThat(kept).hasSize(Math.min(size, max)).startsWith(messages.get(0));
        assertThat(messages.subList(size - kept.size() + 1, size)).isEqualTo(kept.subList(1, kept.size()));
    }
}
