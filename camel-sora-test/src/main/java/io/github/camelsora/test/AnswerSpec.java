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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.vertx.core.buffer.Buffer;

/** All that an {@link Answer} says. Written only while an answer is made, by {@link Answer#with}. */
final class AnswerSpec {

    private static final int[] PERCENTAGES = {12, 27, 44, 61, 81, 93};

    int[] percentages = PERCENTAGES;
    String failure;
    List<Buffer> pieces;
    Buffer body;
    List<UnaryOperator<Script>> edits = List.of();
    Duration chunkDelay;
    Duration duration;
    int status = 200;
    Map<String, String> headers = Map.of("Content-Type", "text/event-stream; charset=utf-8", "Cache-Control", "no-cache");
    ChunkEncoder.Format format = ChunkEncoder.Format.EVENT_STREAM;
    boolean gzip;
    boolean closeDelimited;
    int bytesPerSecond;
    int maxBytes = Integer.MAX_VALUE;
    Ending endingAtMaxBytes = Ending.CUT;
    Duration commentEvery = Duration.ofMillis(20);
    List<SourceAnswer> sourceAnswers = List.of(SourceAnswer.report());
    List<SourceAnswer> shareAnswers;
    List<VideoAnswer> videoAnswers = List.of(VideoAnswer.video());

    AnswerSpec copy() {
        AnswerSpec copy = new AnswerSpec();
        copy.percentages = percentages;
        copy.failure = failure;
        copy.pieces = pieces;
        copy.body = body;
        copy.edits = edits;
        copy.chunkDelay = chunkDelay;
        copy.duration = duration;
        copy.status = status;
        copy.headers = headers;
        copy.format = format;
        copy.gzip = gzip;
        copy.closeDelimited = closeDelimited;
        copy.bytesPerSecond = bytesPerSecond;
        copy.maxBytes = maxBytes;
        copy.endingAtMaxBytes = endingAtMaxBytes;
        copy.commentEvery = commentEvery;
        copy.sourceAnswers = sourceAnswers;
        copy.shareAnswers = shareAnswers;
        copy.videoAnswers = videoAnswers;
        return copy;
    }

    void header(String name, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        headers = more;
    }

    void edit(UnaryOperator<Script> edit) {
        edits = Stream.concat(edits.stream(), Stream.of(edit)).toList();
    }

    /** Whether a gateway would charge for this answer: for all but those that prove that nothing was bought. */
    boolean paid() {
        boolean jsonError = status == 500 || status == 503;
        jsonError &= body != null && body.toString(StandardCharsets.UTF_8).stripLeading().startsWith("{");
        boolean refused = status >= 300 && status < 500 && status != 408 && status != 499;
        return !refused && !jsonError;
    }

    Script script(ChatRequest request, TaskLinks links) {
        Script script = raw(request, links);
        for (UnaryOperator<Script> edit : edits) {
            script = edit.apply(script);
        }
        return script;
    }

    private Script raw(ChatRequest request, TaskLinks links) {
        if (pieces != null) {
            Stream<Step> start = Stream.of(Step.silent(Point.ACCEPTED), Step.silent(Point.HEADERS));
            return Script.of(Stream.concat(start, pieces.stream().map(piece -> Step.wireOnly(e -> piece))).toList());
        }
        Script script = failure == null
                ? ReportScript.completed(request, links, percentages)
                : ReportScript.failed(request, links, percentages, failure);
        if (body == null) {
            return script;
        }
        Script job = paid() ? script : Script.of(List.of(Step.silent(Point.ACCEPTED)));
        return job.divertAfter(0, List.of(Step.silent(Point.HEADERS), Step.wireOnly(e -> body)), Ending.CLEAN);
    }
}
