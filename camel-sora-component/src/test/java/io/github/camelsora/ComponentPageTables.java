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

import java.util.List;

import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;

/** The part of the page that is generated from {@code sora.json}, in the form of Camel's own pages. */
final class ComponentPageTables {

    private static final String BEGIN = "// component options: START\n";
    private static final String END = "// component options: END\n";

    private final ComponentModel model;

    ComponentPageTables(ComponentModel model) {
        this.model = model;
    }

    /** The page with this part as it has to be. */
    String in(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new AssertionError("The page has no lines for its options");
        }
        return page.substring(0, begin + BEGIN.length()) + generated() + page.substring(end);
    }

    private String generated() {
        return """
                // Generated: see ComponentPageTest. Change the descriptions in SoraConfiguration and SoraConstants instead.

                == Component Options

                Set these as `camel.component.sora.NAME`. They are the defaults of all endpoints.

                """ + table(model.getComponentOptions()) + """

                == Endpoint Options

                Set these in the URI.

                === Path Parameters

                """ + table(model.getEndpointPathOptions()) + """

                === Query Parameters

                """ + table(model.getEndpointParameterOptions()) + """

                == Message Headers

                """ + table(model.getEndpointHeaders());
    }

    private static String table(List<? extends BaseOptionModel> options) {
        StringBuilder table = new StringBuilder("""
                [width="100%",cols="2,5,^1,2",options="header"]
                |===
                | Name | Description | Default | Type
                """);
        options.forEach(option -> table.append(row(option)));
        return table.append("|===\n").toString();
    }

    private static String row(BaseOptionModel option) {
        StringBuilder description = new StringBuilder(option.isRequired() ? "*Required* " : "");
        description.append(option.getDescription());
        if (option.getEnums() != null && !option.getEnums().isEmpty()) {
            description.append(" Enum values: ").append(String.join(", ", option.getEnums())).append('.');
        }
        if (option.isSecret()) {
            description.append(" Secret: it is masked in logs.");
        }
        Object value = option.getDefaultValue();
        String type = "duration".equals(option.getType()) ? "Duration" : option.getShortJavaType();
        return "| *" + option.getName() + "*" + group(option) + " | " + cell(description.toString()) + " | "
                + (value == null ? "" : cell(value.toString())) + " | " + cell(type) + "\n";
    }

    private static String group(BaseOptionModel option) {
        return option.getGroup() == null ? "" : " (" + option.getGroup() + ")";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
