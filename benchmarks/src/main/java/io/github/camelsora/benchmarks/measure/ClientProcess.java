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
import io.github.camelsora.benchmarks.client.ClientSettings;

/** A client in a process of its own. */
public final class ClientProcess {

    private ClientProcess() {
    }

    /**
     * Takes the client, the server's port, its key store if it speaks TLS, the JDBC URL of a task repository or nothing,
     * {@code burst} or {@code hold}, and their settings. Warms up, and prints a line of figures for each of its turns.
     */
    public static void main(String[] arguments) throws Exception {
        ClientKind kind = ClientKind.named(arguments[0]);
        ClientSettings client = ClientSettings.of(arguments[1], arguments[2], arguments[3]);
        int[] load = Arrays.stream(arguments).skip(5).limit(5).mapToInt(Integer::parseInt).toArray();
        Turns turns = new Turns();
        switch (arguments[4]) {
            case "burst" -> new Burst(load[0], load[1], load[2], load[3]).run(kind, client, turns);
            case "hold" -> new Hold(load[0], load[1], load[2], load[3], load[4], arguments[10]).run(kind, client, turns);
            default -> throw new IllegalArgumentException(arguments[4]);
        }
        // threads that a client has left behind, as those of a stream that never ended
        System.exit(0);
    }
}
