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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** JSON as routes hold it: maps, lists and values, or Jackson's trees, or text. */
public final class PlainJson {

    private PlainJson() {
    }

    /** A tree of Jackson as maps, lists and values; anything else as it is. */
    public static @Nullable Object ofTree(@Nullable Object value) {
        return value instanceof JsonNode tree ? ForeignJson.MAPPER.convertValue(tree, Object.class) : value;
    }

    /**
     * A JSON object in any of the forms, as a map of plain JSON types, which keep their types.
     *
     * @return {@code null} if the value is no JSON object
     * @throws IllegalArgumentException if something in it is of a type that JSON does not know
     */
    public static @Nullable Map<String, @Nullable Object> object(@Nullable Object value) {
        Object object = value instanceof String text ? ofTree(ForeignJson.object(text)) : ofTree(value);
        return object instanceof Map<?, ?> map ? plain(map) : null;
    }

    private static Map<String, @Nullable Object> plain(Map<?, ?> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> copy.put(String.valueOf(name), plain(value)));
        return copy;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        Object given = ofTree(value);
        if (given instanceof Map<?, ?> map) {
            return plain(map);
        }
        if (given instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(plain(element)));
            return copy;
        }
        if (given == null || given instanceof Boolean || given instanceof Number) {
            return given;
        }
        if (given instanceof CharSequence text) {
            return text.toString();
        }
        throw new IllegalArgumentException("A JSON object holds text, numbers, booleans, lists and maps, not a "
                + given.getClass().getName());
    }
}
