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
package io.github.camelsora.springboot;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.TimeUtils;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds the properties of the starter against the options of the component, in both directions. */
class OptionParityTest {

    /** What every starter has, and what only this one has. */
    private static final Set<String> STARTERS_OWN = Set.of("enabled", "customizer.enabled", "ssl-bundle",
            "jdbc-task-repository");
    private static final String PREFIX = "camel.component.sora.";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyOptionIsAPropertyAndEveryPropertyAnOption() throws IOException {
        Map<String, String> properties = properties();
        properties.keySet().removeAll(STARTERS_OWN);
        assertThat(properties).isEqualTo(options());
    }

    @Test
    void everyOptionIsDescribed() throws IOException {
        for (JsonNode property : metadata()) {
            String name = property.get("name").asText().substring(PREFIX.length());
            if (!name.endsWith("enabled") || name.equals("autowired-enabled")) {
                assertThat(property.path("description").asText()).as(name).isNotBlank();
            }
        }
    }

    private static Map<String, String> options() throws IOException {
        Map<String, String> options = new TreeMap<>();
        JsonNode component = read("META-INF/io/github/camelsora/sora.json").get("componentProperties");
        component.properties().forEach(option -> options.put(StringHelper.camelCaseToDash(option.getKey()),
                typeAndDefault(typeOf(option.getValue()), option.getValue().get("defaultValue"))));
        return options;
    }

    private static String typeOf(JsonNode option) {
        return switch (option.get("type").asText()) {
            case "string" -> String.class.getName();
            case "boolean" -> Boolean.class.getName();
            case "integer" -> Integer.class.getName();
            case "number" -> option.get("javaType").asText().equals("double") ? Double.class.getName() : Long.class.getName();
            case "duration" -> Duration.class.getName();
            default -> option.get("javaType").asText();
        };
    }

    private static Map<String, String> properties() throws IOException {
        Map<String, String> properties = new TreeMap<>();
        for (JsonNode property : metadata()) {
            properties.put(property.get("name").asText().substring(PREFIX.length()),
                    typeAndDefault(property.get("type").asText(), property.get("defaultValue")));
        }
        return properties;
    }

    private static JsonNode metadata() throws IOException {
        return read("META-INF/spring-configuration-metadata.json").get("properties");
    }

    private static String typeAndDefault(String type, JsonNode value) {
        String text = value == null ? "none" : value.asText();
        if (type.equals(Duration.class.getName()) && value != null) {
            text = TimeUtils.toMilliSeconds(text) + " ms";
        }
        return type.replace(" ", "") + ", default " + text;
    }

    private static JsonNode read(String resource) throws IOException {
        for (var urls = OptionParityTest.class.getClassLoader().getResources(resource).asIterator(); urls.hasNext();) {
            try (InputStream in = urls.next().openStream()) {
                JsonNode json = JSON.readTree(in);
                if (!resource.contains("spring") || json.toString().contains(PREFIX)) {
                    return json;
                }
            }
        }
        throw new IOException("There is no " + resource);
    }
}
