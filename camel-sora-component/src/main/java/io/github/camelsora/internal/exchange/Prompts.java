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
package io.github.camelsora.internal.exchange;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.json.PlainJson;
import org.apache.camel.Message;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages from what routes hold: text, files and streams, images, messages, text and image parts, and the maps that
 * YAML and JSON make of them.
 */
public final class Prompts {

    static final String WHAT_IS_TAKEN = "Taken are a String, characters, a file, a stream, bytes in UTF-8, an image, a "
            + "SoraMessage, a list of messages or of texts and images, and a Map or JSON object as the gateway's request body; "
            + "convert anything else to one of them first, for example with convertBodyTo(String)";

    private Prompts() {
    }

    /**
     * The prompt in a message: its body, with the images of the header {@link SoraConstants#IMAGE_URL} and the fields of
     * {@link SoraConstants#BODY_PROPERTIES}. The last message is the user's. A map is the native request body of the gateway.
     *
     * @param source reads what it is made of
     * @throws IllegalArgumentException if there is none, it is of a type that nobody means as a prompt, it is too large, or a
     *     stream takes too long
     */
    public static Prompt prompt(Message message, PromptSource source) {
        Object body = PlainJson.ofTree(message.getBody());
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        List<SoraMessage> messages;
        if (body instanceof Map<?, ?> map && !isMessage(map) && !isPart(map)) {
            request.putAll(request(map));
            messages = withImages(messages(request.remove("messages")), images(message));
        } else {
            messages = read(body, message, source);
        }
        messages.forEach(part -> source.checkSize(part.text().length()));
        String model = model(request.remove("model"));
        request.putAll(fields(message.getHeader(SoraConstants.BODY_PROPERTIES)));
        return new Prompt(messages, model, request);
    }

    private static Map<String, @Nullable Object> request(Map<?, ?> body) {
        Map<String, @Nullable Object> request = PlainJson.object(body);
        if (request == null || !(request.get("messages") instanceof List<?> messages) || messages.isEmpty()) {
            throw new IllegalArgumentException("There is no prompt: the body is a " + body.getClass().getName() + " without "
                    + "messages; a map is the request body of the gateway, such as {\"messages\": [{\"role\": \"user\", "
                    + "\"content\": \"…\"}]}. " + WHAT_IS_TAKEN);
        }
        return request;
    }

    private static @Nullable String model(@Nullable Object value) {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new IllegalArgumentException("The model of the request body is text, not " + typeOf(value));
    }

    private static Map<String, @Nullable Object> fields(@Nullable Object header) {
        Map<String, @Nullable Object> fields = header == null ? Map.of() : PlainJson.object(header);
        if (fields == null) {
            throw new IllegalArgumentException("The header " + SoraConstants.BODY_PROPERTIES + " holds a map or a JSON "
                    + "object, not " + typeOf(header));
        }
        return fields;
    }

    private static List<SoraMessage> read(@Nullable Object body, Message message, PromptSource source) {
        if (body instanceof SoraVideo || body instanceof SoraEvent) {
            throw new IllegalArgumentException("There is no prompt: the body is a " + body.getClass().getSimpleName()
                    + "; to change a video, give it as header " + SoraConstants.REMIX_OF
                    + " to sora:remix, and the change as body");
        }
        List<?> elements = elements(body);
        if (!elements.isEmpty() && elements.stream().allMatch(Prompts::isMessage)) {
            return withImages(messages(body), images(message));
        }
        List<Map<String, Object>> parts = new ArrayList<>();
        for (Object element : elements) {
            parts.add(part(element, message, source));
        }
        parts.removeIf(part -> part.get("text") instanceof String text && text.isBlank());
        parts.addAll(images(message));
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("There is no prompt: the body is " + (body == null ? "null" : "empty") + ". "
                    + WHAT_IS_TAKEN);
        }
        return List.of(parts.size() == 1 && parts.get(0).get("text") instanceof String text ? SoraMessage.user(text)
                : new SoraMessage(SoraMessage.USER, parts));
    }

    private static List<Map<String, Object>> images(Message message) {
        return Images.parts(message.getHeader(SoraConstants.IMAGE_URL));
    }

    /** The images belong to the prompt, which is the last message. */
    private static List<SoraMessage> withImages(List<SoraMessage> messages, List<Map<String, Object>> images) {
        if (images.isEmpty()) {
            return messages;
        }
        SoraMessage last = messages.get(messages.size() - 1);
        List<Object> parts = new ArrayList<>(last.content() instanceof List<?> given ? given
                : List.of(Map.of("type", "text", "text", last.content())));
        parts.addAll(images);
        List<SoraMessage> all = new ArrayList<>(messages);
        all.set(all.size() - 1, new SoraMessage(last.role(), parts));
        return all;
    }

    private static Map<String, Object> part(@Nullable Object element, Message message, PromptSource source) {
        if (element instanceof Map<?, ?> map && isPart(map)) {
            Map<String, Object> part = new LinkedHashMap<>();
            map.forEach((name, value) -> part.put(String.valueOf(name), value));
            return part;
        }
        byte[] bytes = bytes(element, source);
        if (bytes != null && Images.mediaType(bytes) != null) {
            return Images.part(bytes);
        }
        return Map.of("type", "text", "text", bytes == null ? text(element, source) : PromptText.of(bytes, message));
    }

    private static String text(@Nullable Object element, PromptSource source) {
        if (element instanceof Reader reader) {
            return read(reader, source);
        }
        if (element instanceof char[] characters) {
            return String.valueOf(characters);
        }
        if (element instanceof WrappedFile<?> file && file.getBody() instanceof CharSequence text) {
            return text.toString();
        }
        if (element instanceof CharSequence text) {
            return text.toString();
        }
        throw new IllegalArgumentException("There is no prompt: " + typeOf(element) + " is neither text nor an image, and its "
                + "toString() is not sent. " + WHAT_IS_TAKEN);
    }

    /** The bytes of what may be an image; {@code null} of what is no bytes. */
    private static byte @Nullable [] bytes(@Nullable Object element, PromptSource source) {
        Object origin = element instanceof WrappedFile<?> file
                ? file.getFile() instanceof File local ? local : file.getBody() : element;
        origin = origin instanceof Path path ? path.toFile() : origin;
        try {
            if (origin instanceof byte[] bytes) {
                return source.bytes(bytes);
            }
            if (origin instanceof ByteBuffer buffer) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.duplicate().get(bytes);
                return source.bytes(bytes);
            }
            if (origin instanceof File file) {
                return source.bytes(file);
            }
            if (origin instanceof InputStream stream) {
                byte[] bytes = source.bytes(stream);
                if (stream instanceof StreamCache cache) {
                    cache.reset();
                }
                return bytes;
            }
            return null;
        } catch (IOException e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    private static String read(Reader reader, PromptSource source) {
        try {
            String text = source.text(reader);
            if (reader instanceof StreamCache cache) {
                cache.reset();
            }
            return text;
        } catch (IOException e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    private static boolean isPart(Map<?, ?> map) {
        return map.get("type") instanceof String && !map.containsKey("messages");
    }

    private static boolean isMessage(@Nullable Object element) {
        return element instanceof SoraMessage || element instanceof Map<?, ?> map && map.get("role") instanceof String;
    }

    /**
     * The messages that a list holds, as they are or as maps of role and content. {@code null} is none.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static List<SoraMessage> messages(@Nullable Object value) {
        List<SoraMessage> messages = new ArrayList<>();
        for (Object element : elements(value)) {
            if (element instanceof SoraMessage message) {
                messages.add(message);
            } else if (element instanceof Map<?, ?> map && map.get("role") instanceof String role
                    && map.get("content") != null) {
                messages.add(new SoraMessage(role, map.get("content")));
            } else {
                throw new IllegalArgumentException("A conversation is a list of SoraMessage, or of maps with role and content; "
                        + "it holds " + typeOf(element));
            }
        }
        return messages;
    }

    /** The elements of a list; of anything else the one that it is, and none for {@code null}. */
    private static List<?> elements(@Nullable Object value) {
        return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    }

    private static String typeOf(@Nullable Object value) {
        return value == null ? "null" : "a " + value.getClass().getName();
    }
}
