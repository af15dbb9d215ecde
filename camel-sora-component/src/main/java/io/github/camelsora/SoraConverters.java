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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Serializable;
import java.io.StringReader;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.json.SoraJson;
import org.apache.camel.Converter;
import org.jspecify.annotations.Nullable;

/** What results and events convert to, and what converts to a result. */
@Converter(generateBulkLoader = true)
public final class SoraConverters {

    private SoraConverters() {
    }

    /** The link of the video. */
    @Converter
    public static @Nullable String toString(SoraVideo video) {
        return video.videoUrl();
    }

    /** The link of the video. */
    @Converter
    public static @Nullable URI toUri(SoraVideo video) {
        return video.videoUrl() == null ? null : URI.create(video.videoUrl());
    }

    /** The event as JSON in one line, without what is not known. */
    @Converter
    public static String toString(SoraEvent event) {
        return SoraJson.write(event);
    }

    /** The event as JSON, in UTF-8. */
    @Converter
    public static byte[] toBytes(SoraEvent event) {
        return toString(event).getBytes(StandardCharsets.UTF_8);
    }

    /** The event as JSON, in UTF-8. */
    @Converter
    public static InputStream toInputStream(SoraEvent event) {
        return new ByteArrayInputStream(toBytes(event));
    }

    /** The event as JSON, in UTF-8. */
    @Converter
    public static ByteBuffer toByteBuffer(SoraEvent event) {
        return ByteBuffer.wrap(toBytes(event));
    }

    /** The event as JSON. */
    @Converter
    public static Reader toReader(SoraEvent event) {
        return new StringReader(toString(event));
    }

    /** The result as JSON, in UTF-8: the whole of it, while its text is only the link. */
    @Converter
    public static byte[] toBytes(SoraVideo video) {
        return SoraJson.write(video).getBytes(StandardCharsets.UTF_8);
    }

    /** The result as JSON, in UTF-8. */
    @Converter
    public static InputStream toInputStream(SoraVideo video) {
        return new ByteArrayInputStream(toBytes(video));
    }

    /** The result as JSON, in UTF-8. */
    @Converter
    public static ByteBuffer toByteBuffer(SoraVideo video) {
        return ByteBuffer.wrap(toBytes(video));
    }

    /** The result as JSON. */
    @Converter
    public static Reader toReader(SoraVideo video) {
        return new StringReader(SoraJson.write(video));
    }

    /** The result as JSON, in UTF-8, for what stores or sends Java objects: {@code transferExchange}, a stored aggregation. */
    @Converter
    public static Serializable toSerializable(SoraVideo video) {
        return toBytes(video);
    }

    /** The event as JSON, in UTF-8, for what stores or sends Java objects. */
    @Converter
    public static Serializable toSerializable(SoraEvent event) {
        return toBytes(event);
    }

    /** The result as plain JSON types. */
    @Converter
    public static Map<String, Object> toMap(SoraVideo video) {
        return SoraJson.toMap(video);
    }

    /** The event as plain JSON types. */
    @Converter
    public static Map<String, Object> toMap(SoraEvent event) {
        return SoraJson.toMap(event);
    }

    /** The result that a COMPLETED event carries. */
    @Converter(allowNull = true)
    public static @Nullable SoraVideo toVideo(SoraEvent event) {
        return event.getVideo();
    }

    /** A result, or a COMPLETED event, read back from its JSON. */
    @Converter
    public static SoraVideo toVideo(String json) {
        return SoraJson.readVideo(json);
    }

    /** A result, or a COMPLETED event, read back from its JSON. */
    @Converter
    public static SoraVideo toVideo(byte[] json) {
        return SoraJson.readVideo(json);
    }

    /** A result, or a COMPLETED event, read back from its JSON, in UTF-8. */
    @Converter
    public static SoraVideo toVideo(InputStream json) throws IOException {
        return SoraJson.readVideo(json.readAllBytes());
    }

    /** A result read back from plain JSON types. */
    @Converter
    public static SoraVideo toVideo(Map<String, Object> map) {
        return SoraJson.videoFromMap(map);
    }
}
