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

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.jspecify.annotations.Nullable;

/**
 * The component's additional headers, which may be secrets. Camel masks properties in its log by their names, and knows
 * no name like {@code additionalHeader[Authorization]}: so each header that is set here is added to the names that Camel
 * masks, also in the URIs of endpoints.
 */
final class SecretHeaders extends LinkedHashMap<String, Object> {

    private static final long serialVersionUID = 1L;

    private final transient CamelContext camel;
    private final Set<String> names = new TreeSet<>();

    SecretHeaders(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public @Nullable Object put(String name, @Nullable Object value) {
        mask(name);
        return super.put(name, value);
    }

    private void mask(String name) {
        // Camel compares the last segment of a property's name, in lower case and without hyphens.
        String segment = name.substring(name.lastIndexOf('.') + 1).replace("-", "").toLowerCase(Locale.ENGLISH);
        if (names.add(segment)) {
            ExtendedCamelContext extension = camel.getCamelContextExtension();
            String before = extension.getAdditionalSensitiveKeywords();
            extension.setAdditionalSensitiveKeywords((before == null ? "additionalheader" : before)
                    + ",additionalheader[" + segment + "]," + segment + "]");
        }
    }
}
