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
package io.github.camelsora.internal.http;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.IntConsumer;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelsora.fuzz.FuzzSeeds;
import io.github.camelsora.internal.chat.ChatChunk;
import io.github.camelsora.internal.chat.ChatChunkReader;
import io.github.camelsora.internal.report.ReportReader;
import io.github.camelsora.internal.report.ReportTooLargeException;
import io.github.camelsora.internal.report.TaskProgress;
import io.github.camelsora.internal.sse.PayloadReader;
import io.github.camelsora.internal.sse.PayloadReader.Result;
import io.github.camelsora.internal.text.Link;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Any body goes through all readers, as a generation puts them together, and makes the same known however it is cut. */
class StreamFuzzTest {

    @MethodSource("io.github.camelsora.fuzz.FuzzSeeds#wires")
    @FuzzTest
    void anyBodyMakesTheSameKnownHoweverItIsCut(byte[] body) {
        Random random = FuzzSeeds.random(body);
        String whole = new Reading().in(body, to -> to.accept(body.length));

        assertThat(new Reading().in(body, to -> FuzzSeeds.cut(body.length, random, to))).isEqualTo(whole);
    }

    private interface Cuts {
        void tell(IntConsumer to);
    }

    private static final class Reading implements PayloadReader.Sink, TaskProgress.Listener {

        private static final int LIMIT = 1 << 20;

        private final StringBuilder told = new StringBuilder();
        private final ChatChunkReader chunks = new ChatChunkReader();
        private int malformed;
        private final ReportReader report = new ReportReader(LIMIT, new TaskProgress(this));
        private final PayloadReader payloads = new PayloadReader(LIMIT, this);
        private Result end = Result.CONTINUED;
        private int from;

        String in(byte[] body, Cuts cuts) {
            cuts.tell(to -> {
                end = end == Result.CONTINUED && to > from ? payloads.read(ByteBuffer.wrap(body, from, to - from)) : end;
                from = to;
            });
            end = end == Result.CONTINUED ? payloads.end() : end;
            report.end();
            return told.append(end).append(malformed).append(report.videos().stream().map(Link::url).toList())
                    .append(url(report.video()))
                    .append(report.failure()).append(report.taskId()).append(url(report.source())).append(report.report())
                    .toString();
        }

        private static String url(Link link) {
            return link == null ? null : link.url();
        }

        @Override
        public void payload(byte[] buffer, int offset, int length) {
            ChatChunk chunk = chunks.read(buffer, offset, length);
            malformed += chunk.kind() == ChatChunk.Kind.MALFORMED ? 1 : 0;
            if (chunk.thinking() != null) {
                report.thinking(chunk.thinking());
            }
            if (chunk.text() != null) {
                try {
                    report.text(chunk.text());
                } catch (ReportTooLargeException e) {
                    told.append("too large");
                }
            }
            chunk.videos().forEach(report::link);
        }

        @Override
        public void submitted(String taskId) {
            told.append("submitted\n");
        }

        @Override
        public void queued() {
            told.append("queued\n");
        }

        @Override
        public void generating() {
            told.append("generating\n");
        }

        @Override
        public void progress(int percent) {
            told.append(percent).append('\n');
        }
    }
}
