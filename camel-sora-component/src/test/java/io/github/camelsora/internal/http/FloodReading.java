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

import io.github.camelsora.internal.chat.ChatChunk;
import io.github.camelsora.internal.chat.ChatChunkReader;
import io.github.camelsora.internal.report.ReportReader;
import io.github.camelsora.internal.report.ReportTooLargeException;
import io.github.camelsora.internal.report.TaskProgress;
import io.github.camelsora.internal.sse.PayloadReader;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads a flood through all readers, as a generation puts them together: a program of its own, to be run with little heap. */
final class FloodReading implements PayloadReader.Sink, TaskProgress.Listener {

    private static final int LIMIT = 1024 * 1024;

    private final ChatChunkReader chunks = new ChatChunkReader();
    private ReportReader report = new ReportReader(LIMIT, new TaskProgress(this));

    private FloodReading() {
    }

    /** Argument: the flood. Prints how reading ended. */
    public static void main(String[] args) {
        System.out.println(new FloodReading().read(Flood.valueOf(args[0])));
    }

    private Flood.Outcome read(Flood flood) {
        PayloadReader payloads = new PayloadReader(LIMIT, this);
        int bytes = flood.megabytes() * 1_000_000;
        int read = 0;
        for (int i = 0; read < bytes; i++) {
            byte[] piece = flood.piece(i).getBytes(UTF_8);
            read += piece.length;
            if (payloads.read(ByteBuffer.wrap(piece)) != PayloadReader.Result.CONTINUED) {
                return Flood.Outcome.TOO_LARGE;
            }
        }
        payloads.end();
        report.end();
        return Flood.Outcome.READ;
    }

    @Override
    public void payload(byte[] buffer, int offset, int length) {
        ChatChunk chunk = chunks.read(buffer, offset, length);
        if (chunk.thinking() != null) {
            report.thinking(chunk.thinking());
        }
        chunk.videos().forEach(report::link);
        try {
            report.text(chunk.text() == null ? "" : chunk.text());
        } catch (ReportTooLargeException e) {
            // the generation ends, and another begins
            report.end();
            report = new ReportReader(LIMIT, new TaskProgress(this));
        }
    }

    @Override
    public void submitted(String taskId) {
        throw new AssertionError("No flood has an id");
    }

    @Override
    public void queued() {
        // some say so
    }

    @Override
    public void generating() {
        // some say so
    }

    @Override
    public void progress(int percent) {
        // some have one
    }
}
