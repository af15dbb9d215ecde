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
package io.github.camelsora.internal.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

import io.github.camelsora.internal.sse.PayloadReader;
import org.jspecify.annotations.Nullable;

/** Reads one answer of a gateway: payloads out of a 2xx, status and body out of any other. */
final class GatewayResponseReader extends ResponseReader {

    /** A gateway that sends faster than this is read does not hold up what it has told. */
    private static final int MAX_TOGETHER = 16 * 1024;

    private final GatewayExchange exchange;
    private final GatewayRequest.Limits limits;
    private final Consumer<IOException> noAnswer;
    private final InputEvents input;
    private @Nullable PayloadReader stream;
    private @Nullable ErrorAnswer answer;
    private long streamed;
    private long pausedAt;

    /**
     * @param noAnswer told if there is no connection, or it breaks without an answer
     * @param input tells when all has been read for now
     */
    GatewayResponseReader(GatewayExchange exchange, GatewayRequest.Limits limits, Consumer<IOException> noAnswer,
            InputEvents input) {
        super(exchange.lifecycle());
        this.exchange = exchange;
        this.limits = limits;
        this.noAnswer = noAnswer;
        this.input = input;
    }

    @Override
    protected void head(ResponseHead head) {
        if (head.isSuccess()) {
            accept(head);
        } else {
            answer(head);
        }
    }

    private void accept(ResponseHead head) {
        exchange.accepted();
        if (head.contentEncoding() != null) {
            exchange.end(new GatewayEnd.NotAStream("content encoding " + head.contentEncoding()));
        } else if (!head.hasBody()) {
            exchange.end(new GatewayEnd.NotAStream("nothing"));
        } else {
            stream = new PayloadReader(limits.maxPayloadSize(), exchange);
        }
    }

    private void answer(ResponseHead head) {
        answer = new ErrorAnswer(head);
        exchange.answered(answer);
        if (!head.hasBody() || head.contentEncoding() != null) {
            exchange.end(answer.end());
        }
    }

    @Override
    protected void body(ByteBuffer bytes) {
        if (stream != null) {
            streamed += bytes.remaining();
            PayloadReader.Result result = stream.read(bytes);
            if (result != PayloadReader.Result.CONTINUED) {
                exchange.end(meaning(result));
            } else if (streamed > limits.maxStreamSize()) {
                exchange.end(new GatewayEnd.StreamTooLarge(limits.maxStreamSize()));
            } else if (streamed - pausedAt > MAX_TOGETHER) {
                pause();
            } else {
                input.pauseAtEnd(this);
            }
        } else if (answer != null) {
            answer.read(bytes);
            if (answer.isWhole()) {
                exchange.end(answer.end());
            } else {
                exchange.answerGoesOn();
            }
        }
    }

    @Override
    protected void pause() {
        pausedAt = streamed;
        exchange.pause();
    }

    @Override
    protected void bodyEnd() {
        if (stream != null) {
            exchange.end(meaning(stream.end()));
        } else if (answer != null) {
            exchange.end(answer.end());
        }
    }

    @Override
    protected void broken(IOException cause) {
        if (answer != null) {
            exchange.end(answer.end());
            return;
        }
        if (stream != null) {
            // What is left of an unfinished payload may be whole.
            stream.end();
        }
        noAnswer.accept(cause);
    }

    private GatewayEnd meaning(PayloadReader.Result result) {
        return switch (result) {
            case HTML_PAGE -> new GatewayEnd.NotAStream("an HTML page");
            case NOTHING -> new GatewayEnd.NotAStream("nothing");
            case TOO_LARGE -> new GatewayEnd.TooLarge(limits.maxPayloadSize());
            case ENDED, CONTINUED -> new GatewayEnd.Closed();
        };
    }

    @Override
    protected void unreadable(IOException cause) {
        exchange.end(new GatewayEnd.Broken(cause));
    }

    @Override
    public void cancelled() {
        exchange.cancel();
    }
}
