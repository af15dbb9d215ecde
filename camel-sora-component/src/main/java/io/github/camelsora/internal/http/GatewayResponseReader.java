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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

import io.github.camelsora.internal.sse.PayloadReader;
import org.jspecify.annotations.Nullable;

/** Reads one answer of a gateway: payloads out of a 2xx, status and body out of any other. */
final class GatewayResponseReader extends ResponseReader {

    private static final int MAX_ANSWER = 64 * 1024;

    private final GatewayExchange exchange;
    private final int maxPayloadSize;
    private @Nullable PayloadReader stream;
    private GatewayEnd.@Nullable Answered answer;
    private final ByteArrayOutputStream answerBody = new ByteArrayOutputStream(0);

    GatewayResponseReader(GatewayExchange exchange, int maxPayloadSize) {
        super(exchange.lifecycle());
        this.exchange = exchange;
        this.maxPayloadSize = maxPayloadSize;
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
            stream = new PayloadReader(maxPayloadSize, exchange::payload);
        }
    }

    private void answer(ResponseHead head) {
        answer = new GatewayEnd.Answered(head.status(), head.retryAfter(), new byte[0]);
        exchange.answered(answer);
        if (!head.hasBody() || head.contentEncoding() != null) {
            exchange.end(answer);
        }
    }

    @Override
    protected void body(ByteBuffer bytes) {
        if (stream != null) {
            PayloadReader.Result result = stream.read(bytes);
            if (result != PayloadReader.Result.CONTINUED) {
                exchange.end(meaning(result));
            }
        } else if (answer != null) {
            byte[] some = new byte[Math.min(bytes.remaining(), MAX_ANSWER - answerBody.size())];
            bytes.get(some);
            answerBody.writeBytes(some);
            if (answerBody.size() == MAX_ANSWER) {
                exchange.end(withBody(answer));
            }
        }
    }

    @Override
    protected void bodyEnd() {
        if (stream != null) {
            exchange.end(meaning(stream.end()));
        } else if (answer != null) {
            exchange.end(withBody(answer));
        }
    }

    @Override
    protected void broken(IOException cause) {
        if (answer != null) {
            exchange.end(withBody(answer));
            return;
        }
        if (stream != null) {
            // What is left of an unfinished payload may be whole.
            stream.end();
        }
        exchange.end(new GatewayEnd.Broken(cause));
    }

    private GatewayEnd meaning(PayloadReader.Result result) {
        return switch (result) {
            case HTML_PAGE -> new GatewayEnd.NotAStream("an HTML page");
            case NOTHING -> new GatewayEnd.NotAStream("nothing");
            case TOO_LARGE -> new GatewayEnd.TooLarge(maxPayloadSize);
            case ENDED, CONTINUED -> new GatewayEnd.Closed();
        };
    }

    private GatewayEnd withBody(GatewayEnd.Answered head) {
        return new GatewayEnd.Answered(head.status(), head.retryAfter(), answerBody.toByteArray());
    }

    @Override
    public void cancelled() {
        exchange.cancel();
    }
}
