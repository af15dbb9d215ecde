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

import java.beans.PropertyDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.camelsora.Gateway;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.internal.text.Spelling;
import org.apache.camel.util.StringHelper;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Looks for properties under {@code camel.component.sora} that nothing reads. Spring Boot ignores them, and with a mistyped
 * {@code gateway} another gateway would be paid. Names are compared as Spring Boot binds them, whatever their case and hyphens.
 * Maps are open: the names of gateways, headers and fields are the user's.
 */
final class PropertyCheck {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("camel.component.sora");

    /** Beans in a property, whose own properties are known. */
    private static final Map<String, Class<?>> NESTED = Map.of("configuration", SoraConfiguration.class);

    /** Types of properties that have none below them. */
    private static final Set<Class<?>> PLAIN = Set.of(String.class, Boolean.class, Integer.class, Duration.class);

    /** By the form in which Spring Boot compares names, as they are written. */
    private final Map<String, String> known = names(SoraComponentConfiguration.class);

    PropertyCheck() {
        known.put("enabled", "enabled");
    }

    /** @throws UnknownPropertyException if there are such properties, with what is near and where they are */
    void check(Environment environment) {
        List<String> unknown = new ArrayList<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                boolean joined = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
                iterable.stream().filter(PREFIX::isAncestorOf).forEach(name -> {
                    String said = joined ? inEnvironment(name) : inFile(name);
                    if (said != null) {
                        unknown.add(said + at(source, name));
                    }
                });
            }
        }
        if (!unknown.isEmpty()) {
            throw new UnknownPropertyException(String.join("\n", unknown));
        }
    }

    private static String at(ConfigurationPropertySource source, ConfigurationPropertyName name) {
        Origin origin = Origin.from(source.getConfigurationProperty(name));
        return origin == null ? "" : " (" + origin + ")";
    }

    /** What is wrong with a name, or {@code null}. */
    private String inFile(ConfigurationPropertyName name) {
        int size = PREFIX.getNumberOfElements();
        String first = name.getElement(size, Form.UNIFORM);
        if (!known.containsKey(first)) {
            return unknown(name, PREFIX.toString(), name.getElement(size, Form.ORIGINAL), known);
        }
        boolean gateway = first.equals("gateways");
        if (name.getNumberOfElements() > size + 1 && isPlain(known.get(first))) {
            Map<String, String> others = new TreeMap<>(known);
            others.values().removeIf(PropertyCheck::isPlain);
            return unknown(name, PREFIX.toString(), first, others);
        }
        Class<?> bean = gateway ? Gateway.class : NESTED.get(first);
        int inner = gateway ? size + 2 : size + 1;
        if (bean == null || name.getNumberOfElements() <= inner) {
            return null;
        }
        Map<String, String> inside = names(bean);
        return inside.containsKey(name.getElement(inner, Form.UNIFORM)) ? null
                : unknown(name, name.chop(inner).toString(), name.getElement(inner, Form.ORIGINAL), inside);
    }

    /** In environment variables an underscore stands for a dot and for a hyphen, so their elements do not count. */
    private String inEnvironment(ConfigurationPropertyName name) {
        StringBuilder joined = new StringBuilder();
        for (int i = PREFIX.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
            joined.append(name.getElement(i, Form.UNIFORM));
        }
        String rest = joined.toString();
        boolean isKnown = known.containsKey(rest) || List.of("gateways", "additionalheader", "additionalbodyproperty",
                "configuration", "customizer").stream().anyMatch(rest::startsWith);
        return isKnown ? null : unknown(name, PREFIX.toString(), rest, known);
    }

    private static String unknown(ConfigurationPropertyName name, String parent, String typed, Map<String, String> names) {
        String near = Spelling.nearest(typed.replace("-", ""), names.keySet());
        return name + " is no property of the component sora; " + (near == null
                ? "there are " + String.join(", ", new TreeSet<>(names.values()))
                : "did you mean " + parent + "." + names.get(near) + "?");
    }

    private static boolean isPlain(String name) {
        return PLAIN.contains(BeanUtils.findPropertyType(StringHelper.dashToCamelCase(name), SoraComponentConfiguration.class));
    }

    private static Map<String, String> names(Class<?> bean) {
        Map<String, String> names = new TreeMap<>();
        for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(bean)) {
            if (!property.getName().equals("class")) {
                names.put(property.getName().toLowerCase(), StringHelper.camelCaseToDash(property.getName()));
            }
        }
        return names;
    }
}
