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

import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

import static org.assertj.core.api.Assertions.assertThat;

/** A code block of a page in Markdown or AsciiDoc, with the heading that it stands under. */
record PageExample(String heading, String language, String source) {

    private static final Pattern HEADING = Pattern.compile("^(?:==+|##+) (.+)$");
    private static final Pattern LANGUAGE = Pattern.compile("^(?:\\[source,|```)(\\w+)]?$");
    private static final String HEADER = """
            import io.github.camelsora.event.GenerationLostException;
            public class PageRoutes extends org.apache.camel.builder.RouteBuilder {
                public void configure() throws Exception {
            """;

    static List<PageExample> in(String page) {
        List<PageExample> examples = new ArrayList<>();
        String heading = "";
        String language = "";
        StringBuilder source = null;
        for (String line : page.split("\n")) {
            Matcher title = HEADING.matcher(line);
            Matcher begin = LANGUAGE.matcher(line);
            if (source != null && (line.equals("----") || line.equals("```"))) {
                examples.add(new PageExample(heading, language, source.toString()));
                source = null;
                language = "";
            } else if (source != null) {
                source.append(line).append('\n');
            } else if (line.equals("----") || begin.matches() && line.startsWith("```")) {
                language = begin.matches() ? begin.group(1) : language;
                source = new StringBuilder();
            } else if (begin.matches()) {
                language = begin.group(1);
            } else if (title.matches()) {
                heading = title.group(1);
            }
        }
        return examples;
    }

    boolean isRoute() {
        return switch (language) {
            case "java" -> source.startsWith("from(") || source.startsWith("onException(");
            case "xml" -> source.startsWith("<route");
            case "yaml" -> source.startsWith("- ");
            default -> false;
        };
    }

    /** Adds its routes to the context. Files go into this folder, and not to where the page puts them. */
    void addTo(CamelContext context, Path folder) throws Exception {
        String moved = source.replaceAll("(file:|directory=|directory: )videos", "$1" + folder);
        switch (language) {
            case "java" -> context.addRoutes(compiled(moved, folder));
            case "xml" -> load(context, moved.startsWith("<routes>") ? moved : "<routes>" + moved + "</routes>");
            default -> load(context, moved);
        }
    }

    private void load(CamelContext context, String routes) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("page." + language, routes));
    }

    private static RoutesBuilder compiled(String routes, Path folder) throws Exception {
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///PageRoutes.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return HEADER + routes + "}}";
            }
        };
        Path classes = Files.createDirectories(folder.resolve("classes"));
        StringWriter errors = new StringWriter();
        List<String> options = List.of("-proc:none", "-d", classes.toString(), "-classpath",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        assertThat(ToolProvider.getSystemJavaCompiler().getTask(errors, null, null, options, null, List.of(file)).call())
                .as("%s", errors).isTrue();
        URL[] urls = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, PageExample.class.getClassLoader())) {
            return (RoutesBuilder) loader.loadClass("PageRoutes").getDeclaredConstructor().newInstance();
        }
    }

    @Override
    public String toString() {
        return heading + ", " + language;
    }
}
