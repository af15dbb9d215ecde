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
package io.github.camelsora.internal.sse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever the cuts and the line ends, the events are the same. */
class ServerSentEventDecoderCutsTest {

    enum LineEnd {
        LF("\n"), CRLF("\r\n"), CR("\r");

        private final String characters;

        LineEnd(String characters) {
            this.characters = characters;
        }

        byte[] wire(Path transcript) {
            String text = new String(Transcripts.bytes(transcript), StandardCharsets.UTF_8);
            return text.replace("\n", characters).getBytes(StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTranscriptCutInTwoAtAnyByteGivesItsEvents(LineEnd lineEnd) {
        assertThat(Transcripts.all()).isNotEmpty();
        for (Path transcript : Transcripts.all()) {
            List<byte[]> expected = Transcripts.payloads(transcript).stream()
                    .map(payload -> payload.getBytes(StandardCharsets.UTF_8)).toList();
            byte[] wire = lineEnd.wire(transcript);
            for (int cut = 0; cut <= wire.length; cut++) {
                assertSameEvents(transcript, expected, wire, cut);
            }
        }
    }

    /** Compares without strings: there are hundreds of thousands of cuts. */
    private static void assertSameEvents(Path transcript, List<byte[]> expected, byte[] wire, int cut) {
        ServerSentEventDecoder decoder = new ServerSentEventDecoder(1 << 20);
        int found = 0;
        for (ByteBuffer piece : List.of(ByteBuffer.wrap(wire, 0, cut), ByteBuffer.wrap(wire, cut, wire.length - cut))) {
            while (decoder.next(piece)) {
                ByteBuffer event = ByteBuffer.wrap(decoder.buffer(wire), decoder.offset(), decoder.length());
                if (!event.equals(ByteBuffer.wrap(expected.get(found)))) {
                    throw new AssertionError("event " + found + " is " + StandardCharsets.UTF_8.decode(event));
                }
                found++;
            }
        }
        assertThat(decoder.end()).isFalse();
        assertThat(found).as("%s cut at %d", transcript.getFileName(), cut).isEqualTo(expected.size());
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void everyTranscriptInPiecesGivesItsEvents(@ForAll("transcripts") Path transcript, @ForAll LineEnd lineEnd,
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 300) Integer> pieces) {
        byte[] wire = lineEnd.wire(transcript);
        EventRecorder decoder = new EventRecorder(1 << 20);
        int from = 0;
        for (int piece = 0; from < wire.length; piece++) {
            int length = Math.min(pieces.get(piece % pieces.size()), wire.length - from);
            decoder.push(wire, from, length);
            from += length;
        }
        decoder.end();
        assertThat(decoder.take()).isEqualTo(expected(transcript));
    }

    @Property(tries = 2000)
    void anyLinesCutAnywhereGiveTheEventsOfTheUncutLines(@ForAll("wires") String wire, @ForAll @IntRange(max = 200) int first,
            @ForAll @IntRange(max = 200) int second) {
        byte[] bytes = wire.getBytes(StandardCharsets.UTF_8);
        EventRecorder whole = new EventRecorder(1 << 20);
        whole.push(bytes, 0, bytes.length);
        whole.end();
        List<String> expected = whole.take();

        int one = Math.min(Math.min(first, second), bytes.length);
        int two = Math.min(Math.max(first, second), bytes.length);
        EventRecorder cut = new EventRecorder(1 << 20);
        cut.push(bytes, 0, one);
        cut.push(bytes, one, two - one);
        cut.push(bytes, two, bytes.length - two);
        cut.end();
        assertThat(cut.take()).isEqualTo(expected);
    }

    @Property(tries = 1000)
    void anyBytesAreReadWithinTheLimit(@ForAll byte[] bytes, @ForAll @IntRange(min = 1, max = 64) int limit) {
        EventRecorder decoder = new EventRecorder(limit);
        try {
            decoder.push(bytes, 0, bytes.length);
            decoder.end();
        } catch (PayloadTooLargeException e) {
            assertThat(e.getLimit()).isEqualTo(limit);
        }
        decoder.take();
    }

    @Provide
    Arbitrary<Path> transcripts() {
        return Arbitraries.of(Transcripts.all());
    }

    @Provide
    Arbitrary<String> wires() {
        return Arbitraries
                .of("data", "event", "id", ":", " ", "\n", "\r", "\r\n", "\n\n", "x", "🏃", "进", "\uFEFF", "\u0000")
                .list().ofMaxSize(40).map(parts -> String.join("", parts));
    }

    private static List<String> expected(Path transcript) {
        return Transcripts.payloads(transcript).stream().map(payload -> "event|" + payload).toList();
    }
}
