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
package io.github.camelsora.examples.fleet;

import java.io.IOException;
import java.io.OutputStream;

import org.apache.camel.main.Main;

/**
 * One worker: a process that takes orders until it is stopped, or killed. The system property {@code worker.way} says how it
 * acknowledges them: {@code transacted} or {@code early}.
 */
public final class Worker {

    private Worker() {
    }

    /** With the argument {@code child} it also stops at the end of its input: when the process that has started it is gone. */
    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addConfiguration(Beans.class);
        main.configure().addRoutesBuilder(ResultRoutes.class);
        main.configure().addRoutesBuilder(Way.of(System.getProperty("worker.way", "transacted")).routes());
        if (args.length > 0 && args[0].equals("child")) {
            stopWithInput(main);
        }
        main.run();
    }

    private static void stopWithInput(Main main) {
        Thread reader = new Thread(() -> {
            try {
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                System.err.println("The input broke: " + e);
            }
            main.completed();
        }, "stop-with-input");
        reader.setDaemon(true);
        reader.start();
    }
}
