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

import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Shows a task to the client that asked for it: what the script puts on the wire, as soon as the task has done it and the
 * socket takes it, in the framing and with the ending that the answer names. Runs on the connection's event loop.
 */
final class ChatStream {

    private static final Buffer COMMENT = Buffer.buffer(": PING\n\n");
    private static final long RESET_DELAY_MILLIS = 20;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context context;
    private final AnswerSpec spec;
    private final Script script;
    private final Task task;
    private final ChunkEncoder encoder;
    private final BodyWriter body;
    private final WriteListener writes;
    private final Consumer<ChatStream> onOver;
    private int next;
    private boolean headWritten;
    private boolean finished;
    private boolean ended;
    private boolean over;

    ChatStream(HttpServerRequest request, Context context, AnswerSpec spec, Script script, Task task, ChunkEncoder encoder,
            WriteListener writes, Consumer<ChatStream> onOver) {
        this.request = request;
        this.response = request.response();
        this.context = context;
        this.spec = spec;
        this.script = script;
        this.task = task;
        this.encoder = encoder;
        this.writes = writes;
        this.onOver = onOver;
        this.body = new BodyWriter(context.owner(), response, spec, this::pump);
        response.closeHandler(v -> leave());
        response.exceptionHandler(e -> leave());
    }

    /** Writes all that may be written now. */
    void pump() {
        while (!over && !ended && body.isReady()) {
            if (headWritten && body.isCut()) {
                end(spec.endingAtMaxBytes);
            } else if (next < script.end() ? !task.hasDone(next) : !task.hasLeft(script.end() - 1)) {
                return;
            } else if (next < script.length()) {
                write(script.step(next++));
            } else if (!finished && script.ending() == Ending.CLEAN) {
                finished = true;
                body.finish();
            } else {
                end(script.ending());
            }
        }
    }

    /** Closes the connection; from any thread. */
    void abort() {
        context.runOnContext(v -> request.connection().close());
    }

    private void write(Step step) {
        if (step.point() == Point.HEADERS) {
            writeHead();
        } else if (step.wire() != null) {
            Buffer bytes = step.wire().encode(encoder);
            if (bytes != null && bytes.length() > 0) {
                writes.writing(task.links().taskId(), step.point(), step.percent());
                body.write(bytes);
            }
        }
    }

    private void writeHead() {
        response.setStatusCode(spec.status);
        spec.headers.forEach(response::putHeader);
        if (spec.closeDelimited) {
            // Vert.x requires a length or chunked encoding. This header satisfies the check; it is removed before writing.
            response.putHeader("Connection", "close").putHeader("Transfer-Encoding", "identity");
            response.headersEndHandler(v -> response.headers().remove("Transfer-Encoding"));
        } else if (spec.body != null && !spec.gzip) {
            response.putHeader("Content-Length", String.valueOf(spec.body.length()));
        } else {
            response.setChunked(true);
        }
        // Writes the head only: an empty chunk is not sent.
        response.write(Buffer.buffer());
        headWritten = true;
    }

    private void end(Ending ending) {
        ended = true;
        switch (ending) {
            case CLEAN -> response.end().onComplete(v -> {
                if (spec.closeDelimited) {
                    request.connection().close();
                }
                leave();
            });
            case CUT -> request.connection().close();
            case RESET -> context.owner().setTimer(RESET_DELAY_MILLIS, id -> resetConnection());
            case HOLD -> { }
            case COMMENTS -> comment();
        }
    }

    private void comment() {
        if (!over) {
            if (body.isReady()) {
                body.write(COMMENT);
            }
            context.owner().setTimer(spec.commentEvery.toMillis(), id -> comment());
        }
    }

    /** Vert.x cannot reset a connection. With SO_LINGER 0, closing the socket sends a RST. */
    private void resetConnection() {
        Channel channel = ((ConnectionBase) request.connection()).channel();
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    private void leave() {
        if (!over) {
            over = true;
            body.stop();
            onOver.accept(this);
        }
    }
}
