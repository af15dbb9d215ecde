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

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * When each event of each stream was written, or arrived: microseconds since 1970, 0 if never. Its memory is there from the
 * beginning. Several threads may note, each stream one at a time.
 */
public final class Times {

    private final long[] micros;

    public Times(int streams) {
        micros = new long[streams * StreamShape.EVENTS];
    }

    private Times(long[] micros) {
        this.micros = micros;
    }

    public void note(int stream, int event, long time) {
        micros[stream * StreamShape.EVENTS + event] = time;
    }

    public long get(int stream, int event) {
        return micros[stream * StreamShape.EVENTS + event];
    }

    public int streams() {
        return micros.length / StreamShape.EVENTS;
    }

    public void save(String file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(Path.of(file))))) {
            out.writeInt(micros.length);
            for (long time : micros) {
                out.writeLong(time);
            }
        }
    }

    public static Times load(String file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(Path.of(file))))) {
            long[] micros = new long[in.readInt()];
            for (int i = 0; i < micros.length; i++) {
                micros[i] = in.readLong();
            }
            return new Times(micros);
        }
    }
}
