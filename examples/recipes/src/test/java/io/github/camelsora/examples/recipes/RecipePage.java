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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * The page of recipes. A second-level heading begins each, and its code blocks are routes, exactly as a reader copies them.
 * Java that is no class is the body of {@code RouteBuilder.configure()}.
 */
final class RecipePage {

    private static final Path FILE = Path.of("../../docs/recipes.md");
    private static final Pattern HEADING = Pattern.compile("^## (.+)$", Pattern.MULTILINE);
    private static final Pattern BLOCK = Pattern.compile("^```(yaml|java|xml)\\n(.*?)^```$",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("^public (?:final )?class (\\w+)", Pattern.MULTILINE);
    /** What a development environment adds by itself. */
    private static final String IMPORTS = Stream.of("java.time", "java.util", "java.util.concurrent",
            "io.github.camelsora.event", "org.apache.camel", "org.apache.camel.builder", "org.apache.camel.support")
            .map(name -> "import " + name + ".*;\n").collect(Collectors.joining());

    private final String introduction;
    private final Map<String, String> recipes;

    private RecipePage(String introduction, Map<String, String> recipes) {
        this.introduction = introduction;
        this.recipes = recipes;
    }

    static RecipePage read() {
        try {
            String text = Files.readString(FILE);
            Map<String, String> recipes = new LinkedHashMap<>();
            List<MatchResult> headings = HEADING.matcher(text).results().toList();
            for (int i = 0; i < headings.size(); i++) {
                int end = i + 1 < headings.size() ? headings.get(i + 1).start() : text.length();
                recipes.put(headings.get(i).group(1), text.substring(headings.get(i).end(), end));
            }
            return new RecipePage(text.substring(0, headings.get(0).start()), recipes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What comes before the first recipe. */
    String introduction() {
        return introduction;
    }

    /** Title and text of each recipe. */
    Map<String, String> recipes() {
        return recipes;
    }

    void load(String title, CamelContext context) throws Exception {
        String text = recipes.get(title);
        if (text == null) {
            throw new IllegalArgumentException("The page has no recipe " + title + ", but " + recipes.keySet());
        }
        int count = 0;
        for (Matcher block = BLOCK.matcher(text); block.find(); count++) {
            PluginHelper.getRoutesLoader(context).loadRoutes(resource(block.group(1), block.group(2), count));
        }
    }

    private static Resource resource(String language, String code, int count) {
        if (!language.equals("java")) {
            return ResourceHelper.fromString("block" + count + "." + language, code);
        }
        Matcher named = CLASS.matcher(code);
        String name = named.find() ? named.group(1) : "Block" + count;
        boolean whole = code.contains("class " + name);
        return ResourceHelper.fromString(name + ".java", whole ? code
                : IMPORTS + "public class " + name + " extends RouteBuilder { public void configure() {\n" + code + "}}");
    }
}
