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
package io.github.camelsora.benchmarks.measure;

import java.util.Arrays;

import io.github.camelsora.benchmarks.client.ClientKind;

/** A client in a process of its own. */
public final class ClientProcess {

    private ClientProcess() {
    }

    /** Takes the client, the server's port, {@code burst} or {@code hold}, and their settings. Prints lines of figures. */
    public static void main(String[] arguments) throws Exception {
        ClientKind kind = ClientKind.named(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        int[] settings = Arrays.stream(arguments).skip(3).limit(5).mapToInt(Integer::parseInt).toArray();
        switch (arguments[2]) {
            case "burst" -> new Burst(settings[0], settings[1], settings[2], settings[3], settings[4]).run(kind, port);
            case "hold" -> new Hold(settings[0], settings[1], settings[2], settings[3], settings[4], arguments[8])
                    .run(kind, port);
            default -> throw new IllegalArgumentException(arguments[2]);
        }
        // threads that a client has left behind, as those of a stream that never ended
        System.exit(0);
    }
}
