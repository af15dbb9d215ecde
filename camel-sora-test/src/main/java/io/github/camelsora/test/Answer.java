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
package io.github.camelsora.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.vertx.core.buffer.Buffer;

/**
 * What one chat request gets: content and faults. Immutable: every method returns a new answer, so faults
 * add up: {@code Answer.success().closeDelimited().cutAfter(61)}. Unless a method says otherwise the task goes on in the
 * background when the stream breaks, as the real job does, and its source link tells of it. A method that names a point or
 * percentage that the answer does not have throws {@link IllegalArgumentException}.
 */
public final class Answer extends Faults {

    private final AnswerSpec spec;

    private Answer(AnswerSpec spec) {
        this.spec = spec;
    }

    /** A generation that succeeds: 12, 27, 44, 61, 81, 93 %, then the video. */
    public static Answer success() {
        return new Answer(new AnswerSpec());
    }

    /** A generation that fails as text, with HTTP 200, after its percentages (none, unless {@link #progress} gives some). */
    public static Answer failureText(String reason) {
        return success().with(spec -> {
            spec.failure = reason;
            spec.percentages = new int[0];
        });
    }

    /** These bytes as they are, in one write. */
    public static Answer transcript(byte[] bytes) {
        return success().with(spec -> spec.pieces = List.of(Buffer.buffer(bytes.clone())));
    }

    /** As {@link #transcript(byte[])}, in UTF-8. */
    public static Answer transcript(String text) {
        return transcript(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #transcript(byte[])}, read now. */
    public static Answer transcript(Path file) {
        try {
            return transcript(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** These texts as they are, one write each, the chunk delay before each. */
    public static Answer chunks(String... texts) {
        return success().with(spec -> spec.pieces = Arrays.stream(texts).map(Buffer::buffer).toList());
    }

    /**
     * A whole answer with this status. It counts as paid unless it proves that nothing was bought: a 3xx, a 4xx except 408 and
     * 499, a 500 or 503 with a JSON body.
     */
    public static Answer status(int code, String body, Map<String, String> headers) {
        boolean json = body.stripLeading().startsWith("{");
        return success().with(spec -> {
            spec.status = code;
            spec.body = Buffer.buffer(body);
            spec.headers = Map.of("Content-Type", json ? "application/json" : "text/plain; charset=utf-8");
            headers.forEach(spec::header);
        });
    }

    /** As {@link #status(int, String, Map)} with a JSON error body as gateways send it. */
    public static Answer status(int code) {
        return status(code, Errors.body("The gateway answers " + code, Errors.type(code), null), Map.of());
    }

    /** An HTML page with 200. */
    public static Answer htmlPage() {
        String page = "<!DOCTYPE html>\n<html><head><title>Just a moment...</title></head><body>Please wait.</body></html>\n";
        return status(200, page, Map.of("Content-Type", "text/html; charset=utf-8"));
    }

    /** Nothing at all, with 200. */
    public static Answer emptyBody() {
        return status(200, "", Map.of("Content-Type", "text/event-stream"));
    }

    /** These percentages instead of the usual ones. */
    public Answer progress(int... percentages) {
        return with(spec -> spec.percentages = percentages.clone());
    }

    /** How long the whole generation takes; dots, percentages and completion are spread over it. */
    public Answer duration(Duration whole) {
        return with(spec -> spec.duration = whole);
    }

    /** The pause before each write, instead of the simulator's. */
    public Answer chunkDelay(Duration pause) {
        return with(spec -> spec.chunkDelay = pause);
    }

    /** As {@link #chunkDelay}: the pause between the pieces of a transcript. */
    public Answer pauseBetween(Duration pause) {
        return chunkDelay(pause);
    }

    /** Cuts a transcript at these byte offsets into separate writes. */
    public Answer cutAt(int... offsets) {
        return with(spec -> {
            if (spec.pieces == null) {
                throw new IllegalArgumentException("Only a transcript is cut at offsets; use cutAfter or cutInside");
            }
            Buffer whole = Buffer.buffer();
            spec.pieces.forEach(whole::appendBuffer);
            List<Buffer> pieces = new ArrayList<>();
            int start = 0;
            for (int offset : Arrays.stream(offsets).sorted().toArray()) {
                pieces.add(whole.getBuffer(start, offset));
                start = offset;
            }
            pieces.add(whole.getBuffer(start, whole.length()));
            spec.pieces = pieces.stream().filter(piece -> piece.length() > 0).toList();
        });
    }

    /** Generation and stream wait, once this point is written, until the gate is opened. */
    public Answer holdAt(Point point, Gate gate) {
        return edit(script -> script.heldAt(script.indexOf(point), gate));
    }

    /** As {@link #holdAt(Point, Gate)}, at the first percentage that is not lower. */
    public Answer holdAt(int percent, Gate gate) {
        return edit(script -> script.heldAt(script.indexOfPercent(percent), gate));
    }

    /**
     * What the task's source link answers, one each time it is read; the last one stays. The share link answers the same,
     * counted by itself, unless {@link #shareAnswers} says something else. Default: {@link SourceAnswer#report()}.
     */
    public Answer sourceAnswers(SourceAnswer... answers) {
        return with(spec -> spec.sourceAnswers = atLeastOne(answers));
    }

    /** What the task's share link answers, as in {@link #sourceAnswers}. */
    public Answer shareAnswers(SourceAnswer... answers) {
        return with(spec -> spec.shareAnswers = atLeastOne(answers));
    }

    /** What the link of the task's video answers, one each time it is read; the last one stays. Default: the video. */
    public Answer videoAnswers(VideoAnswer... answers) {
        return with(spec -> spec.videoAnswers = atLeastOne(answers));
    }

    AnswerSpec spec() {
        return spec;
    }

    @Override
    Answer with(Consumer<AnswerSpec> change) {
        AnswerSpec changed = spec.copy();
        change.accept(changed);
        changed.script(ChatRequest.SAMPLE, TaskLinks.fresh(""));
        return new Answer(changed);
    }

    private static <T> List<T> atLeastOne(T[] answers) {
        if (answers.length == 0) {
            throw new IllegalArgumentException("At least one answer is needed");
        }
        return List.of(answers);
    }
}
