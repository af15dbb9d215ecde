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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import static org.assertj.core.api.Assertions.assertThat;

/** Every URI in README, docs and examples is one that the catalog knows. */
class DocumentationTest {

    private static final Pattern URI_IN_TEXT = Pattern.compile("(?<!\\w)sora:[a-z]+(?:\\?[^\\s\"'`<)]+)?");
    private static final String JSON = read(Path.of("target/classes/META-INF/io/github/camelsora/sora.json"));
    private static final Path ROOT = Path.of("..");

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().matches(".*\\.(md|adoc|yaml|xml|java|properties)"))
                    .filter(file -> !file.toString().matches(".*/(target|src/test|\\.git)/.*"))
                    .filter(file -> read(file).contains("sora:")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyUriIsOneThatTheCatalogKnows(Path document) {
        CamelCatalog catalog = new DefaultCamelCatalog();
        catalog.addComponent("sora", SoraComponent.class.getName(), JSON);
        for (String uri : uris(document)) {
            EndpointValidationResult result = catalog.validateEndpointProperties(uri, false, false, true);
            assertThat(result.isSuccess()).as("%s in %s: %s", uri, document, result.summaryErrorMessage(false)).isTrue();
        }
    }

    private static List<String> uris(Path file) {
        List<String> uris = new ArrayList<>();
        String text = read(file);
        Matcher matcher = URI_IN_TEXT.matcher(text);
        while (matcher.find()) {
            String uri = matcher.group().replace("&amp;", "&").replaceAll("[?.,;…]+$", "");
            if (!uri.equals("sora:operation")) {
                uris.add(uri);
            }
        }
        if (file.toString().endsWith(".yaml")) {
            new Load(LoadSettings.builder().build()).loadAllFromString(text).forEach(document -> collect(document, uris));
        }
        return uris;
    }

    /** Endpoints of YAML routes: a {@code uri} beside its {@code parameters}. */
    private static void collect(Object node, List<String> uris) {
        if (node instanceof List<?> list) {
            list.forEach(element -> collect(element, uris));
        } else if (node instanceof Map<?, ?> map) {
            if (map.get("uri") instanceof String uri && uri.startsWith("sora:")
                    && map.get("parameters") instanceof Map<?, ?> parameters) {
                List<String> query = new ArrayList<>();
                parameters.forEach((name, value) -> query.add(name + "=" + value));
                uris.add(uri + "?" + String.join("&", query));
            }
            map.values().forEach(value -> collect(value, uris));
        }
    }

    /** The faults page names a test for each row that is not one of the simulator's faults. */
    @Test
    void theTestsThatTheFaultsPageNamesExist() throws IOException {
        Map<String, String> tests = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            files.filter(file -> file.toString().endsWith("Test.java"))
                    .forEach(file -> tests.put(file.getFileName().toString().replace(".java", ""), read(file)));
        }
        Matcher named = Pattern.compile("`(\\w+Test)#(\\w+)`").matcher(read(ROOT.resolve("docs/faults.md")));
        assertThat(named.find()).isTrue();
        do {
            assertThat(tests.getOrDefault(named.group(1), "")).as(named.group()).contains(" void " + named.group(2) + "(");
        } while (named.find());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("The test runs in the folder of its module, after the build has generated " + file, e);
        }
    }
}
