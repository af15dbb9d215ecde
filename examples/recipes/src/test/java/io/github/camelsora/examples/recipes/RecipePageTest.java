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
package io.github.camelsora.examples.recipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The page as a whole. */
class RecipePageTest {

    private static final Pattern TESTED = Pattern.compile("@Recipe\\(\"([^\"]+)\"\\)");
    private static final Pattern LINK = Pattern.compile("]\\(#([^)]+)\\)");

    @Test
    void everyRecipeHasATest() throws IOException {
        Set<String> tested = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                TESTED.matcher(Files.readString(file)).results().forEach(test -> tested.add(test.group(1)));
            }
        }
        assertThat(tested).isEqualTo(new TreeSet<>(RecipePage.read().recipes().keySet()));
    }

    @Test
    void theListAtTheTopHasEveryRecipeOnce() {
        RecipePage page = RecipePage.read();
        assertThat(LINK.matcher(page.introduction()).results().map(link -> link.group(1)).toList())
                .containsExactlyInAnyOrderElementsOf(page.recipes().keySet().stream().map(RecipePageTest::anchor).toList());
    }

    /** When and why, what to copy, what happens then. */
    @Test
    void everyRecipeHasItsParts() {
        RecipePage.read().recipes().forEach((title, text) ->
                assertThat(text).as(title).contains("\nUse this ").contains("\n```")
                        .containsPattern("You see|gets every event"));
    }

    private static String anchor(String title) {
        return title.toLowerCase().replace(' ', '-');
    }
}
