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
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/**
 * The one set-up of Jackson, for JSON that comes from outside. No other class makes a mapper or a factory: by default Jackson
 * keeps the field names that it has read in a symbol table, thousands of them, of up to 50,000 characters each. A gateway
 * that sends other names with every answer would fill the heap. Thread-safe.
 */
public final class ForeignJson {

    /** Deeper JSON is refused. */
    public static final int MAX_DEPTH = 100;

    /** An image of 20 MiB in a message is a string of 28 million characters, more than Jackson reads by default. */
    private static final int MAX_STRING = 64 * 1024 * 1024;
    /** The longest field name in a payload of a stream; those that gateways send have at most 25 characters. */
    private static final int MAX_PAYLOAD_NAME = 256;

    /** Reads and writes; without canonical field names, so that it retains none. */
    public static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH).maxStringLength(MAX_STRING).build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // unknown values of a record are left out; a null in a map is the user's own value, and stays
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    /**
     * Parses the payloads of a stream, the hot path: with canonical field names the bytes are parsed where they are, without
     * a copy as characters, and no name is a new string. The symbol table then holds foreign names; their length is limited
     * here, and their number by Jackson. A payload is UTF-8 by the event-stream standard, and its size has a limit of
     * its own.
     */
    private static final JsonFactory PAYLOADS = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH).maxNameLength(MAX_PAYLOAD_NAME).maxStringLength(Integer.MAX_VALUE).build())
            .build();

    private ForeignJson() {
    }

    /** A parser for one payload of a stream, which is UTF-8. */
    public static JsonParser payload(byte[] buffer, int offset, int length) throws IOException {
        return PAYLOADS.createParser(buffer, offset, length);
    }

    /** The same, for a payload that was no valid UTF-8 and has been decoded with replacement characters. */
    public static JsonParser payload(String text) throws IOException {
        return PAYLOADS.createParser(text);
    }

    /** The object that a text begins with, whatever follows it; {@code null} if it begins with none. */
    public static @Nullable JsonNode object(String text) {
        try {
            JsonNode tree = MAPPER.readTree(text);
            return tree.isObject() ? tree : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** The same, of UTF-8, with or without a byte order mark; what is not UTF-8 is read as U+FFFD. */
    public static @Nullable JsonNode object(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        return object(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }
}
