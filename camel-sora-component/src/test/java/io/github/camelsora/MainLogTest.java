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
package io.github.camelsora;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.apache.camel.main.Main;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Camel Main logs the properties of a component when it starts. */
class MainLogTest {

    private static final String SECRET = "sk-in-a-header";

    @ParameterizedTest
    @ValueSource(strings = {"additionalHeader[Authorization]", "additional-header[Authorization]",
            "additionalHeader[X-Vendor-Pass]", "additionalHeader.Authorization",
            "configuration.additionalHeader[Authorization]"})
    void anAdditionalHeaderIsMasked(String property, @TempDir Path folder) throws Exception {
        Path properties = Files.writeString(folder.resolve("application.properties"), "camel.component.sora." + property
                + "=Basic " + SECRET + "\ncamel.component.sora.apiKey=" + SECRET + "\n");
        Main main = new Main();
        main.setPropertyPlaceholderLocations("file:" + properties);
        List<String> lines;
        try (LogRecorder recorder = new LogRecorder("org.apache.camel.main")) {
            main.start();
            // At DEBUG Camel shows every value, the apiKey too.
            lines = recorder.lines().stream().filter(line -> !line.startsWith("DEBUG")).toList();
            assertThat(main.getCamelContext().getComponent("sora", SoraComponent.class).getConfiguration()
                    .getAdditionalHeader()).containsValue("Basic " + SECRET);
        } finally {
            main.stop();
        }
        assertThat(lines).anyMatch(line -> line.contains("eader") && line.endsWith("xxxxxx"));
        assertThat(lines).noneMatch(line -> line.contains(SECRET));
    }
}
