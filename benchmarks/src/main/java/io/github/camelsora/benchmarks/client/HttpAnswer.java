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
package io.github.camelsora.benchmarks.client;

import java.io.IOException;

/** Reads a chunked answer as plainly as this server writes it: no trailers, no other status than 200. Not thread-safe. */
final class HttpAnswer {

    private enum State {
        HEAD, SIZE, DATA, BEHIND_DATA, END
    }

    private final PayloadSplitter payloads;
    private State state = State.HEAD;
    /** Of the two line ends behind the head. */
    private int lineEnds;
    private int size;

    HttpAnswer(PayloadSplitter payloads) {
        this.payloads = payloads;
    }

    /** Whether the answer is whole now. */
    boolean push(byte[] bytes, int length) throws IOException {
        int i = 0;
        while (i < length && state != State.END) {
            if (state == State.DATA) {
                int piece = Math.min(size, length - i);
                payloads.push(bytes, i, piece);
                i += piece;
                size -= piece;
                if (size == 0) {
                    state = State.BEHIND_DATA;
                }
            } else {
                framing(bytes[i++]);
            }
        }
        return state == State.END;
    }

    private void framing(byte next) {
        switch (state) {
            case HEAD -> {
                lineEnds = next == '\n' ? lineEnds + 1 : next == '\r' ? lineEnds : 0;
                if (lineEnds == 2) {
                    state = State.SIZE;
                }
            }
            case SIZE -> {
                if (next == '\n') {
                    state = size == 0 ? State.END : State.DATA;
                } else if (next != '\r') {
                    size = size * 16 + Character.digit(next, 16);
                }
            }
            case BEHIND_DATA -> {
                if (next == '\n') {
                    state = State.SIZE;
                }
            }
            case DATA, END -> throw new IllegalStateException(state.toString());
        }
    }
}
