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
package io.github.camelsora.internal.protocol;

import java.time.Duration;
import java.util.List;

import io.github.camelsora.internal.link.LinkAnswer;
import io.github.camelsora.internal.text.Link;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Polls a task whose every answer has other field names, each of them long: a program of its own, to be run with little heap.
 * A JSON parser that keeps the names it has read in a symbol table fills that heap.
 */
final class PollFloodReading {

    private static final int ANSWERS = 120;
    private static final int FIELDS = 20;
    private static final int NAME_LENGTH = 49_000;

    private PollFloodReading() {
    }

    /** Prints how many answers were read. */
    public static void main(String[] args) {
        ManualTimer timer = new ManualTimer();
        int[] read = new int[1];
        TaskPoller poller = new TaskPoller((link, listener) -> {
            listener.accept(new LinkAnswer.Text(200, answer(read[0]), null));
            return () -> { };
        }, "task_1", List.of(Link.of("https://asyncdata.net/source/task_1")),
                new TaskPoller.Pace(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofDays(1)), Duration.ZERO, timer,
                PolledTask.Observer.NONE);
        poller.start(new CountingListener(read));
        try {
            while (read[0] < ANSWERS) {
                timer.runNext();
            }
            System.out.println(read[0]);
        } finally {
            timer.shutdownNow();
        }
    }

    /** About 1 MiB. */
    private static byte[] answer(int number) {
        StringBuilder json = new StringBuilder("{\"status\":\"processing\"");
        for (int field = 0; field < FIELDS; field++) {
            json.append(",\"").append(number).append('_').append(field).append("x".repeat(NAME_LENGTH)).append("\":1");
        }
        return json.append('}').toString().getBytes(US_ASCII);
    }

    private record CountingListener(int[] read) implements GenerationProtocol.Listener {

        @Override
        public void started(Runnable close) {
            // it is closed by the end of the program
        }

        @Override
        public void accepted() {
            // it is
        }

        @Override
        public void pause() {
        }

        @Override
        public boolean seen(GenerationProtocol.Observation observation) {
            read[0]++;
            return false;
        }

        @Override
        public void ended(ProtocolEnd end) {
            throw new AssertionError("The task is still running: " + end);
        }
    }
}
