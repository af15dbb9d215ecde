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

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.vertx.core.buffer.Buffer;

/** The faults of an {@link Answer}. A superclass only to keep both classes short. */
abstract sealed class Faults permits Answer {

    private static final int USUAL_PERCENT = 61;
    private static final String UPSTREAM_ERROR = "The upstream service failed to generate the video";

    abstract Answer with(Consumer<AnswerSpec> change);

    final Answer edit(UnaryOperator<Script> edit) {
        return with(spec -> spec.edit(edit));
    }

    /** The request is accepted and paid, and nothing ever comes back; the connection stays open. */
    public Answer stallBeforeHeaders() {
        return stallAfter(Point.ACCEPTED);
    }

    /** Nothing comes after this point; the connection stays open. */
    public Answer stallAfter(Point point) {
        return endAfter(point, Ending.HOLD);
    }

    /** As {@link #stallAfter(Point)}, after the first percentage that is not lower. */
    public Answer stallAfter(int percent) {
        return endAfter(percent, Ending.HOLD);
    }

    /** The socket is closed (FIN) after this point, without the end that the body needs. */
    public Answer cutAfter(Point point) {
        return endAfter(point, Ending.CUT);
    }

    /** As {@link #cutAfter(Point)}, after the first percentage that is not lower. */
    public Answer cutAfter(int percent) {
        return endAfter(percent, Ending.CUT);
    }

    /** The socket is closed in the middle of this. */
    public Answer cutInside(Inside part) {
        return edit(part::cut);
    }

    /** The socket is closed after this many bytes of the body. A shorter body is sent whole. */
    public Answer cutAfterBytes(int count) {
        return afterBytes(count, Ending.CUT);
    }

    /** As {@link #cutAfterBytes}, but the socket is reset (RST), 20 ms later. */
    public Answer resetAfterBytes(int count) {
        return afterBytes(count, Ending.RESET);
    }

    /** As {@link #cutAfterBytes}, but the connection stays open, and nothing more comes. */
    public Answer stallAfterBytes(int count) {
        return afterBytes(count, Ending.HOLD);
    }

    /** As {@link #cutAfterBytes}, but the body ends as if all were well. */
    public Answer endAfterBytes(int count) {
        return afterBytes(count, Ending.CLEAN);
    }

    private Answer afterBytes(int count, Ending how) {
        return with(spec -> {
            spec.maxBytes = count;
            spec.endingAtMaxBytes = how;
        });
    }

    /** The socket is reset (RST) before anything is answered; the request is paid. */
    public Answer reset() {
        return resetAfter(Point.ACCEPTED);
    }

    /** The socket is reset (RST) after this point, 20 ms later: a reset destroys what the client has not read yet. */
    public Answer resetAfter(Point point) {
        return endAfter(point, Ending.RESET);
    }

    /** As {@link #resetAfter(Point)}, after the first percentage that is not lower. */
    public Answer resetAfter(int percent) {
        return endAfter(percent, Ending.RESET);
    }

    /** The body ends after this point as if all were well. */
    public Answer endAfter(Point point) {
        return endAfter(point, Ending.CLEAN);
    }

    /** As {@link #endAfter(Point)}, after the first percentage that is not lower. */
    public Answer endAfter(int percent) {
        return endAfter(percent, Ending.CLEAN);
    }

    /** The stream runs and ends as always, except that these points are not in it; the task itself passes them. */
    public Answer cleanEndWithout(Point... missing) {
        Set<Point> hidden = EnumSet.noneOf(Point.class);
        hidden.addAll(List.of(missing));
        return edit(script -> script.without(hidden).endingWith(Ending.CLEAN));
    }

    /** As {@link #relayHidesCut(int)}, after 61 %. */
    public Answer relayHidesCut() {
        return relayHidesCut(USUAL_PERCENT);
    }

    /** The stream breaks after a percentage, and a relay in front adds usage and {@code [DONE]}, as if all were well. */
    public Answer relayHidesCut(int percent) {
        List<Step> closing = ReportScript.closing();
        return edit(script -> script.divertAfter(script.indexOfPercent(percent), closing.subList(1, 3), Ending.CLEAN));
    }

    /** A whole {@code chat.completion} when the task is done, although a stream was asked for. */
    public Answer wholeJson() {
        return contentType("application/json").with(spec -> spec.format = ChunkEncoder.Format.WHOLE);
    }

    /** One JSON object per line, without {@code data:} and without {@code [DONE]}. */
    public Answer ndJson() {
        return contentType("application/x-ndjson").with(spec -> spec.format = ChunkEncoder.Format.JSON_LINES);
    }

    /** The body is throttled to this many bytes per second. The task is not slowed down. */
    public Answer trickle(int bytesPerSecond) {
        return with(spec -> spec.bytesPerSecond = bytesPerSecond);
    }

    /** After "Generating" an event with a payload of about this many bytes, and no text in it; the stream goes on. */
    public Answer giantEvent(int size) {
        return insertAfter(Point.GENERATING, Step.wireOnly(encoder -> encoder.padding(size)));
    }

    /** Comments ({@code : PING}) every 20 ms, and nothing else, for ever. */
    public Answer commentsOnly() {
        return commentsAfter(Point.HEADERS);
    }

    /** As {@link #commentsOnly()}, after this point. */
    public Answer commentsAfter(Point point) {
        return endAfter(point, Ending.COMMENTS);
    }

    /** The body is compressed with gzip, although the client did not ask for it. */
    public Answer gzip() {
        return with(spec -> {
            spec.gzip = true;
            spec.header("Content-Encoding", "gzip");
        });
    }

    /** After "Generating" an event with a payload that is no JSON; the stream goes on. */
    public Answer malformedPayload() {
        Buffer broken = Buffer.buffer("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"9\n\n");
        return insertAfter(Point.GENERATING, Step.wireOnly(encoder -> broken));
    }

    /** An error as the first event, then {@code [DONE]}; the task has failed. */
    public Answer errorEvent(ErrorShape shape) {
        return errorEvent(shape, UPSTREAM_ERROR);
    }

    /** As {@link #errorEvent(ErrorShape)}, with this message. */
    public Answer errorEvent(ErrorShape shape, String message) {
        return edit(script -> script.failAfter(script.indexOf(Point.HEADERS), error(shape, message)));
    }

    /** An error event after this point, then {@code [DONE]}; the task has failed. */
    public Answer errorEventAfter(Point point, ErrorShape shape) {
        return edit(script -> script.failAfter(script.indexOf(point), error(shape, UPSTREAM_ERROR)));
    }

    /** As {@link #errorEventAfter(Point, ErrorShape)}, after the first percentage that is not lower. */
    public Answer errorEventAfter(int percent, ErrorShape shape) {
        return edit(script -> script.failAfter(script.indexOfPercent(percent), error(shape, UPSTREAM_ERROR)));
    }

    /** All is written, {@code [DONE]} included, and the connection stays open. */
    public Answer doneAndHold() {
        return edit(script -> script.endingWith(Ending.HOLD));
    }

    /** After {@code [DONE]} more events, one of them with a link to another video, and what is no event at all. */
    public Answer garbageAfterDone() {
        Buffer garbage = Buffer.buffer("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\n[Play online]"
                + "(https://garbage.invalid/other.mp4)\"},\"finish_reason\":null}]}\n\n"
                + "data: {\"error\":\"late\"}\n\n<!-- relay -->");
        return insertAfter(Point.DONE, Step.wireOnly(encoder -> garbage));
    }

    /** The event stream has content type {@code application/json}. */
    public Answer wrongContentType() {
        return contentType("application/json");
    }

    /** The stream has this content type. */
    public Answer contentType(String type) {
        return with(spec -> spec.header("Content-Type", type));
    }

    /** No Content-Length and no chunked encoding: closing the connection ends the body, so a cut looks like a clean end. */
    public Answer closeDelimited() {
        return with(spec -> spec.closeDelimited = true);
    }

    private Answer endAfter(Point point, Ending how) {
        return edit(script -> script.endAfter(script.indexOf(point), how));
    }

    private Answer endAfter(int percent, Ending how) {
        return edit(script -> script.endAfter(script.indexOfPercent(percent), how));
    }

    private Answer insertAfter(Point point, Step step) {
        return edit(script -> script.insertAfter(script.indexOf(point), step));
    }

    private static List<Step> error(ErrorShape shape, String message) {
        return List.of(Step.wireOnly(encoder -> encoder.error(shape, message)),
                Step.wireOnly(ChunkEncoder::done).at(Point.DONE));
    }
}
