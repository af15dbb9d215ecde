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
package io.github.camelsora.benchmarks.load;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/** Pulls two fields from a chunk with Jackson's streaming parser: the least that a client must do. Thread-safe. */
public final class DeltaParser {

    private final JsonFactory json = new JsonFactory();

    /** {@code choices[0].delta.content} and {@code choices[0].finish_reason}. */
    public record Delta(@Nullable String content, @Nullable String finishReason) {
    }

    /** Reads one {@code chat.completion.chunk}. */
    public Delta read(byte[] bytes, int offset, int length) throws IOException {
        String content = null;
        String finishReason = null;
        try (JsonParser parser = json.createParser(bytes, offset, length)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.FIELD_NAME) {
                    continue;
                }
                switch (parser.currentName()) {
                    case "choices", "delta" -> {
                        // what is asked for is in there
                    }
                    case "content" -> content = text(parser);
                    case "finish_reason" -> finishReason = text(parser);
                    default -> {
                        parser.nextToken();
                        parser.skipChildren();
                    }
                }
            }
        }
        return new Delta(content, finishReason);
    }

    private static @Nullable String text(JsonParser parser) throws IOException {
        return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
    }
}
