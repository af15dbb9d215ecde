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
import io.github.camelsora.internal.sse.PayloadReader.Result;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** Any body gives the same payloads and the same end however it is cut, and no buffer is larger than the limit. */
class PayloadReaderFuzzTest {

    @MethodSource({"io.github.camelsora.fuzz.FuzzSeeds#wires", "io.github.camelsora.fuzz.FuzzSeeds#chunks"})
    @FuzzTest
    void anyBodyGivesTheSamePayloadsHoweverItIsCut(byte[] body) {
        Random random = FuzzSeeds.random(body);
        for (int limit : new int[] {1 << 20, 1 + random.nextInt(64)}) {
            List<String> whole = new Reading(limit).in(body, body.length);
            assertThat(new Reading(limit).in(body, 1)).isEqualTo(whole);
            assertThat(new Reading(limit).cut(body, random)).isEqualTo(whole);
        }
    }

    /** The payloads, a character per byte, and the end. */
    private static final class Reading implements PayloadReader.Sink {

        private final List<String> payloads = new ArrayList<>();
        private final PayloadReader reader;
        private final int limit;
        private Result end = Result.CONTINUED;
        private int from;
        private int largest;
        private int left;

        Reading(int limit) {
            this.limit = limit;
            reader = new PayloadReader(limit, this);
        }

        List<String> in(byte[] body, int piece) {
            while (from < body.length) {
                read(ByteBuffer.wrap(body), Math.min(body.length, from + piece));
            }
            return end(body);
        }

        /** In buffers without an array, as a network has them. */
        List<String> cut(byte[] body, Random random) {
            ByteBuffer direct = ByteBuffer.allocateDirect(body.length).put(body);
            FuzzSeeds.cut(body.length, random, to -> read(direct.duplicate(), to));
            return end(body);
        }

        private void read(ByteBuffer body, int to) {
            if (end == Result.CONTINUED) {
                ByteBuffer piece = body.limit(to).position(from);
                end = reader.read(piece);
                left = end == Result.CONTINUED ? left + piece.remaining() : left;
            }
            from = to;
        }

        private List<String> end(byte[] body) {
            end = end == Result.CONTINUED ? reader.end() : end;
            assertThat(left).isZero();
            assertThat(largest).isLessThanOrEqualTo(limit);
            assertThat(payloads).doesNotContain("");
            assertThat(payloads.stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(body.length);
            payloads.add(end.toString());
            return payloads;
        }

        @Override
        public void payload(byte[] buffer, int offset, int length) {
            largest = Math.max(largest, buffer.length);
            payloads.add(new String(buffer, offset, length, ISO_8859_1));
        }
    }
}
