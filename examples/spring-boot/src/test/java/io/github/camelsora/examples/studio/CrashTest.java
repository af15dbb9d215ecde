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
package io.github.camelsora.examples.studio;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The process of the studio is killed. */
class CrashTest {

    private static final Pattern ADDRESS = Pattern.compile("The studio is at http://localhost:(\\d+)");

    @TempDir
    Path home;

    @Test
    void everyConfirmedOrderIsInTheListAfterAKill() throws Exception {
        Process studio = start();
        List<String> confirmed = new ArrayList<>();
        try {
            RawHttp http = new RawHttp(awaitStarted(studio));
            for (int i = 0; i < 20; i++) {
                String prompt = "video " + i;
                assertThat(http.order("/api/videos", "{\"prompt\":\"" + prompt + "\",\"gateway\":\"simulator\"}").status())
                        .isEqualTo(200);
                confirmed.add(prompt);
            }
        } finally {
            studio.destroyForcibly().waitFor();
        }
        assertThat(prompts()).containsExactlyElementsOf(confirmed);
    }

    private Process start() throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", classPath, StudioApplication.class.getName(), "--server.port=0", "--studio.home=" + home,
                "--studio.simulator.port=0");
        java.environment().keySet().removeIf(name -> name.startsWith("SORA_"));
        return java.redirectErrorStream(true).start();
    }

    /** Reads the log until the studio has started, and returns its port. */
    private static int awaitStarted(Process studio) throws IOException {
        BufferedReader log = new BufferedReader(new InputStreamReader(studio.getInputStream(), StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>();
        int port = 0;
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            lines.add(line);
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                port = Integer.parseInt(address.group(1));
            } else if (line.contains("Started StudioApplication")) {
                return port;
            }
        }
        throw new AssertionError("The studio did not start:\n" + String.join("\n", lines));
    }

    private List<String> prompts() throws SQLException {
        List<String> prompts = new ArrayList<>();
        try (Connection database = DriverManager.getConnection("jdbc:h2:file:" + home + "/studio", "", "");
                ResultSet rows = database.createStatement().executeQuery("select prompt from video order by number")) {
            while (rows.next()) {
                prompts.add(rows.getString(1));
            }
        }
        return prompts;
    }
}
