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
package io.github.camelsora.internal.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The text deltas of a recorded stream, and what is expected of it. */
record ReportTranscript(String name, List<Delta> deltas, boolean hasErrorEvent, JsonNode expected) {

    enum Channel {
        TEXT, REASONING, LINK
    }

    record Delta(Channel channel, String text) {
        void tell(ReportStory story) {
            switch (channel) {
                case TEXT -> story.text(text);
                case REASONING -> story.thought(text);
                case LINK -> story.link(text);
            }
        }

        Delta part(int from, int to) {
            return new Delta(channel, text.substring(from, to));
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    /** All streams of a folder that its {@code expected.json} names. */
    static Stream<ReportTranscript> in(String folder) {
        JsonNode expected = json(resource(folder + "/expected.json"));
        return expected.properties().stream()
                .map(stream -> read(stream.getKey(), resource(folder + "/" + stream.getKey() + ".sse"), stream.getValue()));
    }

    static ReportTranscript named(String folder, String name) {
        return in(folder).filter(transcript -> transcript.name().equals(name)).findFirst().orElseThrow();
    }

    private static ReportTranscript read(String name, String stream, JsonNode expected) {
        List<Delta> deltas = new ArrayList<>();
        boolean error = false;
        for (String line : stream.lines().toList()) {
            String payload = line.startsWith("data:") ? line.substring("data:".length()).strip() : "";
            if (!payload.startsWith("{")) {
                continue;
            }
            JsonNode chunk = json(payload);
            error |= chunk.hasNonNull("error");
            for (JsonNode choice : chunk.path("choices")) {
                JsonNode delta = choice.path("delta");
                add(deltas, Channel.REASONING, delta.path("reasoning_content"));
                add(deltas, Channel.TEXT, delta.path("content"));
                delta.path("output").forEach(output -> add(deltas, Channel.LINK, output.path("url")));
            }
        }
        return new ReportTranscript(name, deltas, error, expected);
    }

    /** The same text with neighbouring deltas joined. */
    ReportTranscript joined() {
        List<Delta> joined = new ArrayList<>();
        for (Delta delta : deltas) {
            Delta last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.channel() == delta.channel() && delta.channel() != Channel.LINK) {
                joined.set(joined.size() - 1, new Delta(delta.channel(), last.text() + delta.text()));
            } else {
                joined.add(delta);
            }
        }
        return new ReportTranscript(name, joined, hasErrorEvent, expected);
    }

    ReportStory read() {
        ReportStory story = new ReportStory();
        deltas.forEach(delta -> delta.tell(story));
        return story.end();
    }

    /** Reads it with a cut before each of these characters, counted over all deltas. */
    ReportStory readCutAt(IntPredicate cut) {
        ReportStory story = new ReportStory();
        int offset = 0;
        for (Delta delta : joined().deltas()) {
            int from = 0;
            for (int i = 1; i < delta.text().length() && delta.channel() != Channel.LINK; i++) {
                if (cut.test(offset + i)) {
                    delta.part(from, i).tell(story);
                    from = i;
                }
            }
            delta.part(from, delta.text().length()).tell(story);
            offset += delta.text().length();
        }
        return story.end();
    }

    int length() {
        return deltas.stream().mapToInt(delta -> delta.text().length()).sum();
    }

    @Override
    public String toString() {
        return name;
    }

    private static void add(List<Delta> deltas, Channel channel, JsonNode text) {
        if (text.isTextual() && !text.textValue().isEmpty()) {
            deltas.add(new Delta(channel, text.textValue()));
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String path) {
        try (InputStream stream = ReportTranscript.class.getResourceAsStream("/transcripts/" + path)) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
