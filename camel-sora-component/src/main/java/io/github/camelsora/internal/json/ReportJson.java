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
package io.github.camelsora.internal.json;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads the JSON in a report. It comes from a stranger, so nothing of it is kept. */
public final class ReportJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            // names would be interned, and would stay in a table: up to 12,000 of 50,000 characters each
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build()).build();

    private ReportJson() {
    }

    /** The object that a text begins with, whatever follows it; {@code null} if it begins with none. */
    public static JsonNode object(String text) {
        try {
            return object(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** The same, of UTF-8. */
    public static JsonNode object(byte[] text) {
        try {
            return object(MAPPER.readTree(text));
        } catch (IOException e) {
            return null;
        }
    }

    private static JsonNode object(JsonNode tree) {
        return tree.isObject() ? tree : null;
    }
}
