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

import java.time.Instant;

import io.github.camelsora.event.SoraEventType;

/**
 * When an event of a generation was written by the simulator, or when it arrived in the reply route. Both processes read the
 * clock of one machine, so the difference is the delivery.
 *
 * @param percent of a PROGRESS, else -1
 * @param micros since 1970
 */
record EventTime(String taskId, SoraEventType type, int percent, long micros) {

    private static final String WORD = "event";

    static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    static boolean isLine(String line) {
        return line.startsWith(WORD + " ");
    }

    static EventTime parse(String line) {
        String[] words = line.split(" ");
        return new EventTime(words[1], SoraEventType.valueOf(words[2]), Integer.parseInt(words[3]), Long.parseLong(words[4]));
    }

    String line() {
        return WORD + " " + taskId + " " + type + " " + percent + " " + micros;
    }

    /** Which event it is: the same on both sides. */
    String event() {
        return taskId + " " + type + " " + percent;
    }
}
