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

import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraEventType;
import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.event.SoraFailure;
import io.github.camelsora.event.SoraVideo;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of events and results: their fields by name, an event flat and with its kind as {@code type}. What is not known
 * is left out; unknown fields are ignored. A plain {@link ObjectMapper} writes the same, with nulls. Thread-safe.
 *
 * <p>Other JSON is refused with an {@link IllegalArgumentException} that names the position and never quotes the JSON, which
 * holds prompts and signed links. For the same reason the exception has no cause: Jackson's messages quote the JSON.
 */
public final class SoraJson {

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {
    };

    private SoraJson() {
    }

    /**
     * Writes an event, a result, or plain JSON types.
     *
     * @throws IllegalArgumentException if the value cannot be written
     */
    public static String write(Object value) {
        try {
            return ForeignJson.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A " + value.getClass().getName() + " cannot be written as JSON" + position(e));
        }
    }

    /** As {@link #write}, with every other character than ASCII escaped: for stores that cannot hold all of them. */
    public static String writeAscii(Object value) {
        try {
            return ForeignJson.MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A " + value.getClass().getName() + " cannot be written as JSON" + position(e));
        }
    }

    /**
     * Reads a record from the JSON of its fields.
     *
     * @throws IllegalArgumentException if it is not its JSON
     */
    public static <T> T read(String json, Class<T> kind) {
        return convert(parse(json, kind.getSimpleName()), kind);
    }

    /**
     * Reads a result from its own JSON, or from that of a COMPLETED event.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static SoraVideo readVideo(String json) {
        return toVideo(parse(json, "SoraVideo"));
    }

    /** As {@link #readVideo(String)}, from UTF-8. */
    public static SoraVideo readVideo(byte[] json) {
        return readVideo(new String(json, StandardCharsets.UTF_8));
    }

    /**
     * Reads an event.
     *
     * @throws IllegalArgumentException if the JSON is not that of an event
     */
    public static SoraEvent readEvent(String json) {
        JsonNode event = parse(json, "SoraEvent");
        SoraEventType type = typeOf(event);
        if (type == null || event.path("sequence").asInt() < 1) {
            throw new IllegalArgumentException("The JSON of a SoraEvent has a type and a sequence from 1");
        }
        SoraFacts facts = convert(event, SoraFacts.class);
        return switch (type) {
            case SUBMITTED -> new SoraEvent.Submitted(facts);
            case QUEUED -> new SoraEvent.Queued(facts);
            case GENERATING -> new SoraEvent.Generating(facts);
            case PROGRESS -> new SoraEvent.Progress(facts);
            case RECOVERING -> new SoraEvent.Recovering(facts);
            case COMPLETED -> new SoraEvent.Completed(facts, toVideo(event));
            case FAILED -> new SoraEvent.Failed(facts, convert(event, SoraFailure.class));
        };
    }

    /**
     * Whether this is the JSON of an event, not of a result.
     *
     * @throws IllegalArgumentException if it is not a JSON object
     */
    public static boolean isEvent(String json) {
        return typeOf(parse(json, "SoraVideo or SoraEvent")) != null;
    }

    /** A result or an event as maps, lists, strings, numbers and booleans: its JSON. */
    public static Map<String, Object> toMap(Object videoOrEvent) {
        if (!(videoOrEvent instanceof SoraVideo) && !(videoOrEvent instanceof SoraEvent)) {
            throw new IllegalArgumentException("Only a SoraVideo and a SoraEvent become a map, not "
                    + (videoOrEvent == null ? "null" : videoOrEvent.getClass().getName()));
        }
        return ForeignJson.MAPPER.convertValue(videoOrEvent, MAP);
    }

    /**
     * The result that {@link #toMap} took apart; also from the map of a COMPLETED event.
     *
     * @throws IllegalArgumentException if the map is neither
     */
    public static SoraVideo videoFromMap(Map<?, ?> map) {
        JsonNode tree;
        try {
            tree = ForeignJson.MAPPER.valueToTree(map);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The map is not that of a SoraVideo: it holds what is no JSON");
        }
        return toVideo(checkedObject(tree, "SoraVideo"));
    }

    private static SoraVideo toVideo(JsonNode json) {
        SoraEventType type = typeOf(json);
        if (type != null && type != SoraEventType.COMPLETED) {
            throw new IllegalArgumentException("The JSON is that of a " + type + " event; only COMPLETED has a video");
        }
        JsonNode video = type == null ? json : json.path("video");
        if (!video.path("videoUrl").isTextual()) {
            throw new IllegalArgumentException("The JSON is not that of a SoraVideo: it has no videoUrl");
        }
        return convert(video, SoraVideo.class);
    }

    private static @Nullable SoraEventType typeOf(JsonNode json) {
        String name = json.path("type").asText();
        for (SoraEventType type : SoraEventType.values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return null;
    }

    private static JsonNode parse(String json, String wanted) {
        try {
            return checkedObject(ForeignJson.MAPPER.readTree(json), wanted);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The text is not the JSON of a " + wanted + position(e));
        }
    }

    private static JsonNode checkedObject(JsonNode tree, String wanted) {
        if (!tree.isObject()) {
            throw new IllegalArgumentException("The JSON of a " + wanted + " is an object");
        }
        return tree;
    }

    private static <T> T convert(JsonNode json, Class<T> kind) {
        try {
            return ForeignJson.MAPPER.treeToValue(json, kind);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The JSON is not that of a " + kind.getSimpleName() + position(e));
        }
    }

    private static String position(JsonProcessingException e) {
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            String field = mapping.getPath().get(0).getFieldName();
            return field == null ? "" : ": field " + field + " does not fit";
        }
        JsonLocation location = e.getLocation();
        return location == null ? "" : ": line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
