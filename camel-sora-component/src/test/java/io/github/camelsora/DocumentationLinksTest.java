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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every link within the documentation leads to a file that exists, and to a heading that is there. */
class DocumentationLinksTest {

    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..").normalize();
    private static final Pattern MARKDOWN_LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)]+))?\\)");
    private static final Pattern ASCIIDOC_LINK =
            Pattern.compile("(?:link:|<<)(?!https?:)([^\\[#,>\\s]+)(?:#([^\\[]+))?[\\[,>]");
    private static final Pattern HEADING = Pattern.compile("(?m)^(?:#+|==+) (.+)$");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().matches(".*\\.(md|adoc)"))
                    .filter(file -> !file.toString().matches(".*/(target|\\.git|node_modules)/.*")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) throws IOException {
        boolean asciidoc = page.toString().endsWith(".adoc");
        Matcher link = (asciidoc ? ASCIIDOC_LINK : MARKDOWN_LINK).matcher(withoutCode(Files.readString(page)));
        while (link.find()) {
            boolean here = link.group(1).isEmpty() || link.group().startsWith("<<");
            Path target = here ? page : page.resolveSibling(link.group(1)).normalize();
            String heading = link.group().startsWith("<<") ? link.group(1) : link.group(2);
            assertThat(target).as("%s in %s", link.group(), page).exists();
            if (heading != null) {
                assertThat(anchors(target)).as("%s in %s", link.group(), page).contains(heading);
            }
        }
    }

    private static String withoutCode(String text) {
        return text.replaceAll("(?sm)^```.*?^```$", "").replaceAll("(?sm)^----$.*?^----$", "");
    }

    /** The names that GitHub gives to the headings of a page, and AsciiDoc to those of its own pages. */
    private static List<String> anchors(Path page) throws IOException {
        boolean asciidoc = page.toString().endsWith(".adoc");
        return HEADING.matcher(withoutCode(Files.readString(page))).results().map(heading -> heading.group(1)
                .toLowerCase(Locale.ROOT)).map(heading -> asciidoc ? "_" + heading.replaceAll("[^\\p{L}0-9]+", "_")
                        : heading.replaceAll("[^\\p{L}0-9 _-]", "").replace(' ', '-')).toList();
    }
}
