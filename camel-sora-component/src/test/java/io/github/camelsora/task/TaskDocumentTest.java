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
package io.github.camelsora.task;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.camelsora.event.SoraFailure;
import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.event.SoraUsage;
import io.github.camelsora.event.SoraVideo;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TaskDocumentTest {

    @Property
    void taskIsReadAsItWasWritten(@ForAll("tasks") SoraTask task) {
        String json = TaskDocument.write(task);
        // ASCII: any database can store it, whatever its encoding. DEL, 0x7F, belongs to it.
        assertThat(json).matches("[\\x20-\\x7F]*");
        assertThat(TaskDocument.read(task.key(), task.state().name(), json)).isEqualTo(task);
    }

    @Test
    void fieldsOfTheFirstVersionAreRead() {
        SoraTask task = TaskDocument.read("k", "SUBMITTED", """
                {"requestHash": "ab12", "protocol": "chat", "origin": "https://goapi.example:443",
                "video": {"videoUrls": [], "sourceUrl": "https://goapi.example/source/task_1", "taskId": "task_1",
                "gateway": "goapi", "model": "sora-2", "prompt": "a cat",
                "messages": [{"role": "user", "content": "a cat"}]},
                "claimedAt": "2026-11-21T12:00:00Z", "updatedAt": "2026-11-21T12:00:02.5Z"}""");
        SoraVideo known = SoraVideo.builder().sourceUrl("https://goapi.example/source/task_1").taskId("task_1")
                .gateway("goapi").model("sora-2").prompt("a cat").messages(List.of(SoraMessage.user("a cat"))).build();
        assertThat(task).isEqualTo(new SoraTask("k", "ab12", "chat", "https://goapi.example:443", null,
                SoraTaskState.SUBMITTED, known, null, Instant.parse("2026-11-21T12:00:00Z"),
                Instant.parse("2026-11-21T12:00:02.500Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "a secret cat", "[]", "{\"video\":\"a secret cat\"}",
        "{\"video\":{\"prompt\":\"a secret cat\"}}",
        "{\"requestHash\":\"h\",\"protocol\":\"p\",\"origin\":\"o\",\"video\":{},\"claimedAt\":\"a secret cat\"}" })
    void otherJsonIsRefusedWithoutBeingQuoted(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> TaskDocument.read("k", "CLAIMED", json)).withNoCause()
                .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("secret"));
    }

    @Provide
    Arbitrary<SoraTask> tasks() {
        Arbitrary<SoraVideo> videos = Combinators.combine(texts().injectNull(0.3).list().ofSize(11),
                texts().list().ofMaxSize(3), messages().list().ofMaxSize(3),
                Arbitraries.integers().injectNull(0.3).list().ofSize(3)).as(TaskDocumentTest::video);
        Arbitrary<SoraFailure> failures = Combinators.combine(Arbitraries.of(SoraOutcome.class),
                Arbitraries.of(SoraFailureCategory.class), texts(), Arbitraries.of(true, false))
                .as((outcome, category, reason, flag) -> new SoraFailure(outcome, category, reason, flag, !flag));
        Arbitrary<Instant> times = Combinators.combine(Arbitraries.longs().between(-4_000_000_000L, 40_000_000_000L),
                Arbitraries.longs().between(0, 999_999_999)).as(Instant::ofEpochSecond);
        return Combinators.combine(texts().list().ofSize(4), Arbitraries.of(SoraTaskState.class), videos,
                failures.injectNull(0.5), times.list().ofSize(2)).as((text, state, video, failure, time) -> new SoraTask("k",
                        text.get(0), text.get(1), text.get(2), text.get(3), state, video, failure, time.get(0), time.get(1)));
    }

    private static SoraVideo video(List<String> text, List<String> links, List<SoraMessage> messages, List<Integer> tokens) {
        return SoraVideo.builder().videoUrl(text.get(0)).videoUrls(links).thumbnailUrl(text.get(1)).previewUrl(text.get(2))
                .sourceUrl(text.get(3)).taskId(text.get(4)).videoId(text.get(5)).gateway(text.get(6)).model(text.get(7))
                .responseModel(text.get(8)).prompt(text.get(9)).report(text.get(10)).messages(messages)
                .usage(new SoraUsage(tokens.get(0), tokens.get(1), tokens.get(2))).build();
    }

    private static Arbitrary<SoraMessage> messages() {
        return Arbitraries.oneOf(texts().map(SoraMessage::user), parts().map(parts -> new SoraMessage("user", parts)));
    }

    /** A text, a picture, and whatever else a gateway may once understand. */
    private static Arbitrary<List<Object>> parts() {
        return Combinators.combine(texts(), texts(), Arbitraries.doubles(), Arbitraries.longs()).as((text, picture, x, n) -> {
            List<Object> parts = new ArrayList<>();
            parts.add(Map.of("type", "text", "text", text));
            parts.add(Map.of("type", "image_url", "image_url", Map.of("url", "data:image/png;base64," + picture)));
            parts.add(Map.of("x", x, "n", n > Integer.MAX_VALUE || n < Integer.MIN_VALUE ? (Object) n : (Object) (int) (long) n,
                    text, List.of(true, List.of(), picture)));
            return parts;
        });
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(20), Arbitraries.strings().all().ofMaxLength(20),
                Arbitraries.of(Tasks.ODD, "\u0000", "\uD800", "\uDC00\uD800", "", " ", "\\u0000"));
    }
}
