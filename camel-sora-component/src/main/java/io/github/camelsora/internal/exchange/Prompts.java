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

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraVideo;
import org.apache.camel.Exchange;
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

    private Prompts() {
    }

    /**
     * The prompt in a message: its body, with the images of the header {@link SoraConstants#IMAGE_URL}. The last message is
     * the user's.
     *
     * @param source reads what it is made of
     * @throws IllegalArgumentException if there is none, or it is too large, or a stream takes too long
     */
    public static List<SoraMessage> prompt(Message message, PromptSource source) {
        List<SoraMessage> prompt = read(message, source);
        prompt.forEach(part -> source.checkSize(part.text().length()));
        return prompt;
    }

    private static List<SoraMessage> read(Message message, PromptSource source) {
        Object body = message.getBody();
        if (body instanceof SoraVideo || body instanceof SoraEvent) {
            throw new IllegalArgumentException("There is no prompt: the body is a " + body.getClass().getSimpleName()
                    + "; to change a video, give it as header " + SoraConstants.REMIX_OF
                    + " to sora:remix, and the change as body");
        }
        if (body instanceof SoraMessage || body instanceof List<?> list && !list.isEmpty() && list.stream().allMatch(
                Prompts::isMessage)) {
            return messages(body);
        }
        List<Map<String, Object>> parts = new ArrayList<>();
        for (Object element : elements(body)) {
            parts.add(part(element, message, source));
        }
        parts.removeIf(part -> part.get("text") instanceof String text && text.isBlank());
        parts.addAll(Images.parts(message.getHeader(SoraConstants.IMAGE_URL)));
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("There is no prompt: the body is " + (body == null ? "null" : "empty")
                    + "; give a String, a file, a stream, an image, or a list of SoraMessage or of texts and images");
        }
        return List.of(parts.size() == 1 && parts.get(0).get("text") instanceof String text ? SoraMessage.user(text)
                : new SoraMessage(SoraMessage.USER, parts));
    }

    private static Map<String, Object> part(@Nullable Object element, Message message, PromptSource source) {
        if (element instanceof Map<?, ?> map && map.get("type") instanceof String) {
            Map<String, Object> part = new LinkedHashMap<>();
            map.forEach((name, value) -> part.put(String.valueOf(name), value));
            return part;
        }
        if (element instanceof Reader reader) {
            return Map.of("type", "text", "text", text(reader, source));
        }
        byte[] bytes = bytes(element, source);
        if (bytes != null && Images.mediaType(bytes) != null) {
            return Images.part(bytes);
        }
        Object readable = bytes == null ? element : new ByteArrayInputStream(bytes);
        Exchange exchange = message.getExchange();
        String text = exchange.getContext().getTypeConverter().convertTo(String.class, exchange, readable);
        if (text == null) {
            throw new IllegalArgumentException("There is no prompt: " + typeOf(element) + " is neither text nor an image");
        }
        return Map.of("type", "text", "text", text);
    }

    /** The bytes of what may be an image; {@code null} of what is text already. */
    private static byte @Nullable [] bytes(@Nullable Object element, PromptSource source) {
        Object origin = element instanceof WrappedFile<?> file ? file.getFile() : element;
        origin = origin instanceof Path path ? path.toFile() : origin;
        try {
            if (origin instanceof byte[] bytes) {
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

    private static String text(Reader reader, PromptSource source) {
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
