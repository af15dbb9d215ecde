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
package io.github.camelsora.internal.link;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.github.camelsora.internal.http.GatewayCall;
import io.github.camelsora.internal.http.GatewayClientTestSupport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Keeps what a link answered, and whether it answered twice. */
final class AnswerRecorder implements Consumer<LinkAnswer> {

    private final List<LinkAnswer> answers = new CopyOnWriteArrayList<>();
    volatile GatewayCall call;

    @Override
    public void accept(LinkAnswer answer) {
        answers.add(answer);
    }

    boolean isAnswered() {
        return !answers.isEmpty();
    }

    <T extends LinkAnswer> T as(Class<T> kind) {
        GatewayClientTestSupport.eventually("an answer", this::isAnswered);
        assertThat(answers.get(0)).isInstanceOf(kind);
        return kind.cast(answers.get(0));
    }

    void assertText(int status, String body) {
        LinkAnswer.Text text = as(LinkAnswer.Text.class);
        assertThat(text.status()).isEqualTo(status);
        assertThat(new String(text.body(), UTF_8)).isEqualTo(body);
    }

    void assertMedia(String link) {
        assertThat(as(LinkAnswer.Media.class).link().url()).isEqualTo(link);
    }

    void assertUntrusted(String... words) {
        assertThat(as(LinkAnswer.Untrusted.class).why()).contains(words);
    }

    void assertUnreachable(String... words) {
        assertThat(as(LinkAnswer.Unreachable.class).cause().getMessage()).contains(words);
    }

    void assertExhausted() {
        as(LinkAnswer.class);
        assertThat(answers).hasSize(1);
    }
}
