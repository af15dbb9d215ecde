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
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The public API changes only on purpose: it is compared with the list of it in {@code public-api.txt}. */
class PublicApiTest {

    private static final Path FILE = Path.of(System.getProperty("basedir", "."), "src/test/resources/public-api.txt");

    @Test
    void thePublicApiIsAsListed() throws Exception {
        List<String> api = PublicApi.describe("io.github.camelsora", "io.github.camelsora.event",
                "io.github.camelsora.task");
        if (Boolean.getBoolean("api.update")) {
            Files.write(FILE, api);
        }
        List<String> listed = Files.readAllLines(FILE);
        List<String> difference = new ArrayList<>();
        listed.stream().filter(line -> !api.contains(line)).forEach(line -> difference.add("- " + line));
        api.stream().filter(line -> !listed.contains(line)).forEach(line -> difference.add("+ " + line));

        assertThat(difference).as("""
                The public API differs from public-api.txt (- is gone, + is new). If that is meant, list it anew and commit it:
                ./mvnw test -pl camel-sora-component -am -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false \
                -Dapi.update=true""").isEmpty();
        assertThat(api).isEqualTo(listed);
    }
}
