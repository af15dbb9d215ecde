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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelsora.fuzz.FuzzSeeds;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** Any bytes are read as the standard says, however they are cut, and no buffer is larger than the limit. */
class ServerSentEventDecoderFuzzTest {

    @MethodSource("io.github.camelsora.fuzz.FuzzSeeds#wires")
    @FuzzTest
    void anyBytesGiveTheEventsOfTheStandard(byte[] wire) {
        Random random = FuzzSeeds.random(wire);
        for (int limit : new int[] {1 << 20, 1 + random.nextInt(64)}) {
            List<String> expected = new EventStreamStandard(limit).read(wire);
            assertThat(new Reading(limit).in(wire, wire.length)).isEqualTo(expected);
            assertThat(new Reading(limit).in(wire, 1)).isEqualTo(expected);
            assertThat(new Reading(limit).cut(wire, random)).isEqualTo(expected);
        }
    }

    /** What a decoder delivers, with its end. */
    private static final class Reading {

        private final List<String> events = new ArrayList<>();
        private final ServerSentEventDecoder decoder;
        private final int limit;
        private int from;
        private int largest;

        Reading(int limit) {
            this.limit = limit;
            decoder = new ServerSentEventDecoder(limit);
        }

        List<String> in(byte[] wire, int piece) {
            while (from < wire.length) {
                push(wire, Math.min(wire.length, from + piece));
            }
            return end(wire);
        }

        List<String> cut(byte[] wire, Random random) {
            FuzzSeeds.cut(wire.length, random, to -> push(wire, to));
            return end(wire);
        }

        private void push(byte[] wire, int to) {
            try {
                ByteBuffer piece = ByteBuffer.wrap(wire, from, to - from);
                while (decoder.next(piece)) {
                    events.add("event|" + text(wire));
                }
            } catch (PayloadTooLargeException e) {
                events.add("too large");
            }
            from = to;
        }

        private List<String> end(byte[] wire) {
            if (decoder.end()) {
                events.add("incomplete|" + text(wire));
            }
            assertThat(largest).isLessThanOrEqualTo(limit);
            return events;
        }

        private String text(byte[] wire) {
            largest = Math.max(largest, decoder.buffer(wire).length);
            return new String(decoder.buffer(wire), decoder.offset(), decoder.length(), ISO_8859_1);
        }
    }
}
