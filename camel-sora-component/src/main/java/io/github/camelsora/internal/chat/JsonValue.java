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
package io.github.camelsora.internal.chat;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.camelsora.internal.json.ErrorDetails;
import io.github.camelsora.internal.json.ForeignJson;
import io.github.camelsora.internal.text.ForeignText;
import org.jspecify.annotations.Nullable;

/** Takes the value that a parser stands on, and steps over one of another kind. */
final class JsonValue {

    private JsonValue() {
    }

    /** A string, or {@code null}. */
    static @Nullable String text(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }

    /** A cleaned string, or {@code null}; the very one before where it is equal, without a copy of the characters. */
    static @Nullable String repeated(JsonParser parser, @Nullable String before) throws IOException {
        return isText(parser, before) ? before : ForeignText.cleanOrNull(text(parser));
    }

    private static boolean isText(JsonParser parser, @Nullable String text) throws IOException {
        if (text == null || parser.currentToken() != JsonToken.VALUE_STRING || parser.getTextLength() != text.length()) {
            return false;
        }
        char[] characters = parser.getTextCharacters();
        int offset = parser.getTextOffset();
        for (int i = 0; i < text.length(); i++) {
            if (characters[offset + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** A number from 0, without its fraction. */
    static int count(JsonParser parser, int otherwise) throws IOException {
        if (!parser.currentToken().isNumeric()) {
            parser.skipChildren();
            return otherwise;
        }
        double value = parser.getDoubleValue();
        return value >= 0 && value <= Integer.MAX_VALUE ? (int) value : otherwise;
    }

    /** An error, or {@code null}. */
    static @Nullable ErrorDetails error(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NULL ? null : ErrorDetails.ofError(ForeignJson.MAPPER.readTree(parser));
    }
}
