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

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.example.VideoRouteTest;
import io.github.camelsora.event.DownloadFailedException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraEventType;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraFailureCategory;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The component's page is complete: options, headers, events, exceptions and gateways are those of the code. */
class ComponentPageTest {

    private static final Path METADATA = Path.of(System.getProperty("basedir", "."),
            "target/classes/META-INF/io/github/camelsora/sora.json");

    private final ComponentPage page = ComponentPage.read();

    @Test
    void optionsAndHeadersAreThoseOfTheMetadata() throws Exception {
        ComponentModel model = JsonMapper.generateComponentModel(Files.readString(METADATA));
        String expected = new ComponentPageTables(model).in(page.text());
        if (Boolean.getBoolean("page.update")) {
            Files.writeString(ComponentPage.FILE, expected);
        }
        assertThat(ComponentPage.read().text()).as("""
                The options on the component's page are not those of sora.json. Generate them anew and commit the page:
                ./mvnw test -pl camel-sora-component -am -Dtest=ComponentPageTest -Dsurefire.failIfNoSpecifiedTests=false \
                -Dpage.update=true""").isEqualTo(expected);
        assertThat(page.text()).contains(":since: " + model.getFirstVersion() + "\n")
                .contains(":description: " + model.getDescription() + "\n");
    }

    @Test
    void everyOperationIsARow() {
        assertThat(firstCells("Operation"))
                .containsExactlyInAnyOrderElementsOf(names(SoraOperation.values()).map(name -> "sora:" + name).toList());
    }

    @Test
    void everyKindOfEventIsARow() {
        assertThat(firstCells("Event")).containsExactlyElementsOf(names(SoraEventType.values()).toList());
    }

    @Test
    void everyPropertyOfEventsIsNamed() {
        String sentence = page.text().substring(page.text().indexOf("Every event has these properties"));
        assertThat(namedIn(sentence.substring(0, sentence.indexOf("possiblyCharged`.") + 16)))
                .containsAll(getters(SoraEvent.class).stream().map(ComponentPageTest::property).toList());
    }

    @Test
    void everyExceptionAndEachOfItsGettersIsOnThePage() {
        Stream.concat(Arrays.stream(SoraException.class.getPermittedSubclasses()), Stream.of(DownloadFailedException.class))
                .forEach(type -> {
                    List<String> row = row("Exception", type.getSimpleName());
                    String where = type == DownloadFailedException.class ? section("=== Download errors") : row.toString();
                    assertThat(getters(type)).as("%s", type).allSatisfy(getter -> assertThat(where).contains(getter + "()"));
                });
        assertThat(firstCells("Getter")).containsExactlyInAnyOrderElementsOf(
                getters(SoraException.class).stream().map(getter -> getter + "()").toList());
    }

    @Test
    void everyPublicExceptionOfTheEventsIsARow() throws Exception {
        try (Stream<Path> classes = Files.list(Path.of(SoraEvent.class.getResource("SoraEvent.class").toURI()).getParent())) {
            List<String> exceptions = classes.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\w+Exception\\.class")).map(name -> name.replace(".class", ""))
                    .filter(name -> !name.equals("SoraException")).toList();
            assertThat(firstCells("Exception")).containsAll(exceptions);
        }
    }

    @Test
    void everyCategoryAndEveryReasonOfDownloadsIsARow() {
        assertThat(firstCells("Category")).containsExactlyElementsOf(names(SoraFailureCategory.values()).toList());
        assertThat(firstCells("Reason")).containsExactlyElementsOf(names(DownloadFailedException.Reason.values()).toList());
    }

    @Test
    void theGatewaysAreTheBuiltInOnes() {
        assertThat(firstCells("Name | Base URL")).containsExactlyElementsOf(Gateway.builtInNames());
        for (List<String> row : page.table("Name | Base URL")) {
            Gateway gateway = Gateway.builtIn(row.get(0));
            assertThat(row.subList(1, 4)).containsExactly(gateway.getBaseUrl(), gateway.getApiKeyHeader() + ": "
                    + (gateway.getApiKeyHeader().equals(Gateway.AUTHORIZATION) ? "Bearer KEY" : "KEY"), gateway.getModel());
            if (gateway.getFallbackUrl() != null) {
                assertThat(section("== Gateways")).contains(gateway.getName() + " has a second host",
                        "`" + gateway.getFallbackUrl() + "`");
            }
        }
    }

    @Test
    void theAttributesOfJmxAreThoseOfTheComponent() {
        assertThat(namedIn(section("=== JMX"))).containsAll(getters(SoraComponent.class).stream()
                .filter(getter -> getter.startsWith("getGenerations")).map(getter -> getter.substring(3)).toList());
    }

    @Test
    void theTestClassOnThePageIsOneThatRuns() throws Exception {
        String name = VideoRouteTest.class.getName().replace('.', '/') + ".java";
        String source = Files.readString(Path.of(System.getProperty("basedir", "."), "src/test/java", name));
        assertThat(page.examples()).filteredOn(example -> example.source().contains("class VideoRouteTest")).singleElement()
                .extracting(PageExample::source)
                .isEqualTo(source.substring(source.indexOf("package ")).replace("public class", "class")
                        .replaceAll("(?m)^/\\*\\* .*\\*/\n", ""));
    }

    private List<String> firstCells(String firstColumn) {
        return page.table(firstColumn).stream().map(row -> row.get(0)).toList();
    }

    private List<String> row(String firstColumn, String first) {
        return page.table(firstColumn).stream().filter(row -> row.get(0).equals(first)).findFirst()
                .orElseThrow(() -> new AssertionError("The page has no row for " + first));
    }

    private String section(String heading) {
        String text = page.text().substring(page.text().indexOf("\n" + heading + "\n") + 1);
        int end = text.indexOf("\n==", heading.length());
        return end < 0 ? text : text.substring(0, end);
    }

    private static Set<String> namedIn(String text) {
        return Pattern.compile("`(\\w+)`").matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    private static Stream<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name);
    }

    /** The public getters that a class itself declares and that do not only repeat those of its superclass. */
    private static Set<String> getters(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() == 0)
                .filter(method -> !method.isSynthetic() && method.getName().matches("(get|is)[A-Z].*"))
                .filter(method -> type == SoraException.class || !isDeclaredBySoraException(method))
                .map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isDeclaredBySoraException(Method method) {
        return SoraException.class.isAssignableFrom(method.getDeclaringClass())
                && Arrays.stream(SoraException.class.getDeclaredMethods())
                        .anyMatch(declared -> declared.getName().equals(method.getName()));
    }

    private static String property(String getter) {
        String name = getter.replaceFirst("^(get|is)", "");
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
