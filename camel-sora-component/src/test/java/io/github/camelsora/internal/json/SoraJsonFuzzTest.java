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
package io.github.camelsora.internal.json;

import java.util.function.Supplier;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraVideo;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Any text is a result or an event that is written and read back, or is refused without being quoted. */
class SoraJsonFuzzTest {

    @MethodSource("io.github.camelsora.fuzz.FuzzSeeds#models")
    @FuzzTest
    void anyJsonIsAResultOrAnEventOrRefused(byte[] json) {
        String text = new String(json, UTF_8);
        SoraVideo video = readOrRefused(() -> SoraJson.readVideo(text));
        if (video != null) {
            assertThat(video.videoUrl()).isNotNull();
            assertThat(SoraJson.readVideo(json)).isEqualTo(video);
            // numbers that no double holds have become text in the first writing
            SoraVideo again = SoraJson.readVideo(SoraJson.write(video));
            assertThat(SoraJson.readVideo(SoraJson.write(again))).isEqualTo(again);
            assertThat(SoraJson.videoFromMap(SoraJson.toMap(again))).isEqualTo(again);
        }
        SoraEvent event = readOrRefused(() -> SoraJson.readEvent(text));
        if (event != null) {
            assertThat(event.getSequence()).isPositive();
            String written = SoraJson.write(event);
            SoraEvent again = SoraJson.readEvent(written);
            assertThat(again.getType()).isEqualTo(event.getType());
            assertThat(SoraJson.write(again)).isEqualTo(written);
            assertThat(SoraJson.toMap(event)).containsEntry("type", event.getType().name());
        }
    }

    private static <T> T readOrRefused(Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasNoCause();
            // a place or a name of ours, and nothing of theirs
            assertThat(e.getMessage()).matches("[ -~]{1,120}");
            return null;
        }
    }
}
