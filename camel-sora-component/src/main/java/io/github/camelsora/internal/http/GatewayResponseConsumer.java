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
import java.util.List;

import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Reads one answer: payloads out of a 2xx, status and body out of any other. I/O thread; a failure before there is a
 * connection can also come from the thread that posts.
 */
final class GatewayResponseConsumer implements AsyncResponseConsumer<Void>, FutureCallback<Void> {

    private static final int MAX_ANSWER = 64 * 1024;

    private final GatewayExchange exchange;
    private final int maxPayloadSize;
    private PayloadReader stream;
    private GatewayEnd.Answered answer;
    private ByteArrayOutputStream answerBody;

    GatewayResponseConsumer(GatewayExchange exchange, int maxPayloadSize) {
        this.exchange = exchange;
        this.maxPayloadSize = maxPayloadSize;
    }

    @Override
    public void consumeResponse(HttpResponse response, EntityDetails entity, HttpContext context,
            FutureCallback<Void> callback) {
        if (!exchange.enter()) {
            return;
        }
        try {
            AnswerHead head = AnswerHead.of(response);
            if (head.isSuccess()) {
                accept(head, entity);
            } else {
                answer(head, entity);
            }
        } finally {
            exchange.leave();
        }
    }

    private void accept(AnswerHead head, EntityDetails entity) {
        exchange.accepted();
        if (head.encoding() != null) {
            exchange.end(new GatewayEnd.NotAStream("content encoding " + head.encoding()));
        } else if (entity == null) {
            exchange.end(new GatewayEnd.NotAStream(PayloadReader.NOTHING));
        } else {
            stream = new PayloadReader(maxPayloadSize, exchange::payload);
        }
    }

    private void answer(AnswerHead head, EntityDetails entity) {
        answer = new GatewayEnd.Answered(head.status(), head.retryAfter(), new byte[0], head.contentType());
        exchange.answered(answer);
        if (entity == null || head.encoding() != null) {
            exchange.end(answer);
        } else {
            answerBody = new ByteArrayOutputStream(256);
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // 100 and 103 say nothing about the video.
    }

    @Override
    public void updateCapacity(CapacityChannel capacity) throws IOException {
        capacity.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer bytes) {
        if (!exchange.enter()) {
            return;
        }
        try {
            if (stream != null) {
                GatewayEnd end = stream.read(bytes);
                if (end != null) {
                    exchange.end(end);
                }
            } else if (answerBody != null) {
                byte[] some = new byte[Math.min(bytes.remaining(), MAX_ANSWER - answerBody.size())];
                bytes.get(some);
                answerBody.writeBytes(some);
                if (answerBody.size() == MAX_ANSWER) {
                    exchange.end(answered());
                }
            }
        } finally {
            exchange.leave();
        }
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        if (!exchange.enter()) {
            return;
        }
        try {
            exchange.end(stream != null ? stream.end() : answered());
        } finally {
            exchange.leave();
        }
    }

    private GatewayEnd answered() {
        return new GatewayEnd.Answered(answer.status(), answer.retryAfter(), answerBody.toByteArray(), answer.contentType());
    }

    @Override
    public void failed(Exception cause) {
        if (!exchange.enter()) {
            return;
        }
        try {
            if (answer != null) {
                exchange.end(answered());
            } else {
                if (stream != null) {
                    stream.end();
                }
                exchange.end(new GatewayEnd.Broken(cause instanceof IOException io ? io : new IOException(cause)));
            }
        } finally {
            exchange.leave();
        }
    }

    @Override
    public void releaseResources() {
        // HttpClient calls this before failed(), which needs what has been read.
    }

    @Override
    public void completed(Void result) {
        // streamEnd has said so.
    }

    @Override
    public void cancelled() {
        exchange.cancel();
    }
}
