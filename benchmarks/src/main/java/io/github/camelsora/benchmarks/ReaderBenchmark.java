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
package io.github.camelsora.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.benchmarks.load.DeltaParser;
import io.github.camelsora.internal.chat.ChatChunk;
import io.github.camelsora.internal.chat.ChatChunkReader;
import io.github.camelsora.internal.report.ReportReader;
import io.github.camelsora.internal.report.TaskProgress;
import io.github.camelsora.internal.sse.PayloadReader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What reading one stream costs, from its bytes to what its report says: as a whole, and each of its parts alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ReaderBenchmark {

    private static final int LIMIT = 1 << 20;
    /** What the HTTP client hands over at most in one piece. */
    private static final int PIECE = 1024;

    /** See {@link ReaderInput#named}. */
    @Param({"goapi", "dots"})
    public String input;

    private final DeltaParser fields = new DeltaParser();
    private ReaderInput stream;

    /** Reads the input once each way, to be sure that all of it is read. */
    @Setup
    public void setUp() {
        stream = ReaderInput.named(input);
        check(whole());
        check(report());
    }

    private static void check(Reading reading) {
        if (reading.steps != 7 || reading.report.video() == null || reading.report.taskId() == null) {
            throw new IllegalStateException("The stream was not read: " + reading.steps + " steps");
        }
    }

    /** Only the framing, from the bytes. */
    @Benchmark
    public void framing(Blackhole blackhole) {
        read((buffer, offset, length) -> blackhole.consume(length));
    }

    /** Only the JSON of the chunks, from payloads that are already split. */
    @Benchmark
    public void json(Blackhole blackhole) {
        ChatChunkReader chunks = new ChatChunkReader();
        for (byte[] payload : stream.payloads()) {
            blackhole.consume(chunks.read(payload, 0, payload.length));
        }
    }

    /** Two fields of each chunk with Jackson's streaming parser, from payloads that are already split: the least to do. */
    @Benchmark
    public void fields(Blackhole blackhole) throws IOException {
        for (byte[] payload : stream.payloads()) {
            if (payload[0] == '{') {
                DeltaParser.Delta delta = fields.read(payload, 0, payload.length);
                blackhole.consume(delta.content());
                blackhole.consume(delta.finishReason());
            }
        }
    }

    /** Only the report, from the text of chunks that are already read. */
    @Benchmark
    public Reading report() {
        Reading reading = new Reading();
        for (String delta : stream.deltas()) {
            reading.report.text(delta);
        }
        reading.report.end();
        return reading;
    }

    /** Everything, from the bytes. */
    @Benchmark
    public Reading whole() {
        Reading reading = new Reading();
        read(reading);
        reading.report.end();
        return reading;
    }

    private void read(PayloadReader.Sink sink) {
        PayloadReader payloads = new PayloadReader(LIMIT, sink);
        byte[] bytes = stream.bytes();
        for (int from = 0; from < bytes.length; from += PIECE) {
            payloads.read(ByteBuffer.wrap(bytes, from, Math.min(PIECE, bytes.length - from)));
        }
        payloads.end();
    }

    /** The readers of one stream, and how often they had news. */
    public static final class Reading implements PayloadReader.Sink, TaskProgress.Listener {

        private final ChatChunkReader chunks = new ChatChunkReader();
        private final ReportReader report = new ReportReader(LIMIT, new TaskProgress(this));
        private int steps;

        @Override
        public void payload(byte[] buffer, int offset, int length) {
            ChatChunk chunk = chunks.read(buffer, offset, length);
            if (chunk.text() != null) {
                report.text(chunk.text());
            }
        }

        @Override
        public void submitted(String taskId) {
            steps++;
        }

        @Override
        public void queued() {
            steps++;
        }

        @Override
        public void generating() {
            steps++;
        }

        @Override
        public void progress(int percent) {
            steps++;
        }
    }
}
