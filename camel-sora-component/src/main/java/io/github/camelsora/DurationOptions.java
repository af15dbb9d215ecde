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

import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.jspecify.annotations.Nullable;

/**
 * Reads the options that are durations, before Camel does: see {@link OptionValue}. Everything else is left to the generated
 * configurer.
 */
final class DurationOptions implements PropertyConfigurer, PropertyConfigurerGetter {

    /** In lower case and without hyphens, as Camel takes many spellings. */
    static final Set<String> NAMES = Set.of("connecttimeout", "prompttimeout", "recoverydelay", "recoverymaxdelay",
            "recoverytimeout", "requesttimeout", "streamingreadtimeout");

    private static final String NESTED = "configuration.";

    private final PropertyConfigurer generated;

    private DurationOptions(PropertyConfigurer generated) {
        this.generated = generated;
    }

    static @Nullable PropertyConfigurer around(@Nullable PropertyConfigurer generated) {
        return generated instanceof PropertyConfigurerGetter ? new DurationOptions(generated) : generated;
    }

    /** Reads those among the parameters of an endpoint. */
    static void read(Map<String, Object> parameters) {
        parameters.replaceAll((name, value) -> read(name, value));
    }

    private static Object read(String name, Object value) {
        String option = name.regionMatches(true, 0, NESTED, 0, NESTED.length()) ? name.substring(NESTED.length()) : name;
        // A reference, or a placeholder that Camel resolves later.
        boolean isText = value instanceof String text && !text.startsWith("#") && !text.contains("{{");
        return isText && NAMES.contains(option.replace("-", "").toLowerCase(Locale.ENGLISH))
                ? OptionValue.duration(option, (String) value) : value;
    }

    @Override
    public boolean configure(CamelContext camel, Object target, String name, Object value, boolean ignoreCase) {
        return generated.configure(camel, target, name, read(name, value), ignoreCase);
    }

    private PropertyConfigurerGetter getter() {
        return (PropertyConfigurerGetter) generated;
    }

    @Override
    public Class<?> getOptionType(String name, boolean ignoreCase) {
        return getter().getOptionType(name, ignoreCase);
    }

    @Override
    public Object getOptionValue(Object target, String name, boolean ignoreCase) {
        return getter().getOptionValue(target, name, ignoreCase);
    }

    @Override
    public Object getCollectionValueType(Object target, String name, boolean ignoreCase) {
        return getter().getCollectionValueType(target, name, ignoreCase);
    }
}
