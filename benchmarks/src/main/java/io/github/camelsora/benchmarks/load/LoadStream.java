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
package io.github.camelsora.benchmarks.load;

import java.nio.charset.StandardCharsets;

/**
 * One stream, as a client asks for it. The prompt says all of it, so that the server needs no state, and every client can ask:
 * a prompt is the one thing that each of them can choose.
 *
 * @param number which stream of the run; the task id ends in it
 * @param millis how long the stream takes, its chunks evenly spread; 0 for as fast as the server can
 * @param chunks without {@code [DONE]}
 * @param noted whether the server notes when it wrote the chunks that make events
 */
public record LoadStream(int number, int millis, int chunks, boolean noted) {

    private static final char MARK = '#';
    private static final char END = ';';

    /** For example {@code A camel walks over dune #17/27000/55/1; at sunrise}. */
    public String prompt() {
        return "A camel walks over dune " + MARK + number + "/" + millis + "/" + chunks + "/" + (noted ? 1 : 0) + END
                + " at sunrise";
    }

    /** What a plain HTTP client posts. */
    public byte[] requestBody() {
        return ("{\"model\":\"sora-2\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt() + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Finds the prompt in the bytes of a request. */
    public static LoadStream find(byte[] request, int length) {
        int[] values = new int[4];
        int value = 0;
        int i = 0;
        while (request[i] != MARK) {
            i++;
        }
        for (i++; i < length && request[i] != END; i++) {
            if (request[i] == '/') {
                value++;
            } else {
                values[value] = values[value] * 10 + request[i] - '0';
            }
        }
        return new LoadStream(values[0], values[1], values[2], values[3] == 1);
    }
}
