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
package io.github.camelsora.test;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a simulator until the process is killed: {@code --port 8765 --duration 10s}. */
public final class SoraSimulatorMain {

    private static final String USAGE = """
            Options:
              --port N           the port, 0 for a free one (default 8765)
              --duration 25s     how long a generation takes; also 500ms, 2m (default 10s)
              --chunk-delay 2ms  the pause before a chunk that the duration is not spread over (default 2ms)
              --api-key KEY      the only key that is right (default: any)
              --event-loops N    threads that serve (default 1)
              --stamp-chunks     put the time of writing into each chunk, as x_sent_at in microseconds
            """;
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");

    private SoraSimulatorMain() {
    }

    /**
     * Prints the address in one line and serves; what is wrong with the options goes to the error stream, with exit code 2.
     */
    public static void main(String[] args) throws InterruptedException {
        try {
            start(args, System.out);
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.err.print(USAGE);
            System.exit(2);
        }
        new CountDownLatch(1).await();
    }

    static SoraSimulator start(String[] args, PrintStream out) {
        SoraSimulator.Builder settings = SoraSimulator.builder().port(8765).duration(Duration.ofSeconds(10));
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--stamp-chunks")) {
                settings.stampChunks(true);
                continue;
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException("Not an option with a value: " + args[i]);
            }
            String value = args[i + 1];
            switch (args[i++]) {
                case "--port" -> settings.port(Integer.parseInt(value));
                case "--duration" -> settings.duration(duration("--duration ", value));
                case "--chunk-delay" -> settings.chunkDelay(duration("--chunk-delay ", value));
                case "--api-key" -> settings.apiKey(value);
                case "--event-loops" -> settings.eventLoops(Integer.parseInt(value));
                default -> throw new IllegalArgumentException("No such option: " + args[i - 1]);
            }
        }
        SoraSimulator simulator = settings.start();
        out.println("Sora simulator on " + simulator.baseUrl());
        out.flush();
        return simulator;
    }

    static Duration duration(String name, String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a duration: " + name + text);
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }
}
