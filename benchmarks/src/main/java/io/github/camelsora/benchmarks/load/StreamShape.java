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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * goapi's documented stream, which has 55 chunks, or the same with more dots behind "Queuing", or with less of the request's
 * echo. The last payload is {@code [DONE]}.
 */
public final class StreamShape {

    /** SUBMITTED, QUEUED, GENERATING, four PROGRESS, COMPLETED. */
    public static final int EVENTS = 8;
    /** A stream's task id is this one with its last digits replaced by the stream's number. */
    public static final String TASK_ID = "task_01k7e6t6skf46ahq8tcee5bskz";
    /** How many of its last characters are the number. */
    public static final int DIGITS = 8;

    private static final String DATA = "data: ";
    private static final String DOT = "\"content\":\".\"";
    /** Behind the role and the opening of the code block. */
    private static final int FIRST_OF_ECHO = 4;

    private final List<String> payloads;
    private final byte[] events;
    private final int signature;

    private StreamShape(List<String> payloads) {
        this.payloads = List.copyOf(payloads);
        this.events = events(payloads);
        this.signature = signature(payloads);
    }

    /** @param chunks without {@code [DONE]} */
    public static StreamShape of(int chunks) {
        List<String> payloads = new ArrayList<>(documented().lines().filter(line -> line.startsWith(DATA))
                .map(line -> line.substring(DATA.length())).toList());
        int dot = indexOf(payloads, DOT, 0);
        while (payloads.size() - 1 < chunks) {
            payloads.add(dot, payloads.get(dot));
        }
        while (payloads.size() - 1 > chunks) {
            payloads.remove(FIRST_OF_ECHO);
        }
        return new StreamShape(payloads);
    }

    private static String documented() {
        try (InputStream stream = StreamShape.class.getResourceAsStream("/transcripts/goapi.sse")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which payload makes which event. A status is known by its first dot, a percentage by the dots behind it. */
    private static byte[] events(List<String> payloads) {
        byte[] events = new byte[payloads.size()];
        Arrays.fill(events, (byte) -1);
        int submitted = indexOf(payloads, TASK_ID, 0);
        int generating = indexOf(payloads, "> Generating", submitted);
        int first = indexOf(payloads, "44..", generating);
        events[submitted] = 0;
        events[indexOf(payloads, DOT, submitted)] = 1;
        events[indexOf(payloads, DOT, generating)] = 2;
        for (int i = 0; i < 4; i++) {
            events[first + i] = (byte) (3 + i);
        }
        events[payloads.size() - 1] = EVENTS - 1;
        return events;
    }

    private static int indexOf(List<String> payloads, String text, int from) {
        for (int i = from; i < payloads.size(); i++) {
            if (payloads.get(i).contains(text)) {
                return i;
            }
        }
        throw new IllegalStateException("The documented stream has no " + text);
    }

    private static int signature(List<String> payloads) {
        DeltaParser parser = new DeltaParser();
        int signature = 0;
        try {
            for (String payload : payloads.subList(0, payloads.size() - 1)) {
                byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
                signature = sign(signature, parser.read(bytes, 0, bytes.length).content());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return signature;
    }

    /** Adds a chunk's text to what is known of the chunks before it: wrong if one is missing, or in another place. */
    public static int sign(int signature, @Nullable String content) {
        return signature * 31 + (content == null ? 0 : content.length() + 1);
    }

    /** What all chunks of a stream {@linkplain #sign add up to}. */
    public int signature() {
        return signature;
    }

    /** The JSON of the chunks, and {@code [DONE]}. */
    public List<String> payloads() {
        return payloads;
    }

    /** Which event, from 0, a payload makes, or -1. */
    public int eventOf(int payload) {
        return payload < events.length ? events[payload] : -1;
    }
}
