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
import java.util.List;
import java.util.function.BiConsumer;

import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads one response, as HttpClient calls back with it, until its exchange has ended. I/O thread; a failure before there is
 * a connection can also come from the thread that sends.
 */
public abstract class ResponseReader implements AsyncResponseConsumer<Void>, FutureCallback<Void> {

    private final ExchangeLifecycle<?> lifecycle;

    protected ResponseReader(ExchangeLifecycle<?> lifecycle) {
        this.lifecycle = lifecycle;
    }

    /** The head of the final response; a proxy's refusal of a tunnel is one too. */
    protected abstract void head(ResponseHead head);

    /** Some bytes of the body. */
    protected abstract void body(ByteBuffer bytes);

    /** There are no more bytes for now: what came together can be handed on. Not called after the end. */
    protected void pause() {
    }

    /** The body has ended as it should. Not called if there is none. */
    protected abstract void bodyEnd();

    /** There is no connection, or it broke. */
    protected abstract void broken(IOException cause);

    /**
     * One of the methods above has failed, perhaps with an {@link Error}: ends the exchange. Past here the error would end the
     * I/O thread, and every other exchange with it.
     */
    protected abstract void unreadable(IOException cause);

    private <T> void callBack(BiConsumer<ResponseReader, T> callback, T value) {
        if (lifecycle.enter()) {
            try {
                callback.accept(this, value);
            } catch (Throwable e) {
                unreadable(new IOException("The response could not be read: " + e, e));
            } finally {
                lifecycle.leave();
            }
        }
    }

    /** The input event is over in which bytes came. */
    final void paused() {
        callBack((reader, none) -> reader.pause(), this);
    }

    @Override
    public final void consumeResponse(HttpResponse response, @Nullable EntityDetails entity, HttpContext context,
            FutureCallback<Void> callback) {
        callBack((reader, answer) -> reader.head(ResponseHead.of(answer, entity)), response);
        // HttpClient holds both heads for as long as the response goes on, which may be hours, and reads neither any more.
        response.setHeaders();
        HttpRequest sent = HttpCoreContext.cast(context).getRequest();
        if (sent != null) {
            sent.setHeaders();
        }
    }

    @Override
    public final void consume(ByteBuffer bytes) {
        callBack(ResponseReader::body, bytes);
    }

    @Override
    public final void streamEnd(List<? extends Header> trailers) {
        callBack((reader, none) -> reader.bodyEnd(), trailers);
    }

    @Override
    public final void failed(Exception cause) {
        callBack(ResponseReader::broken, cause instanceof IOException io ? io : new IOException(cause));
    }

    @Override
    public final void informationResponse(HttpResponse response, HttpContext context) {
        // 100 and 103 are no answer.
    }

    @Override
    public void updateCapacity(CapacityChannel capacity) throws IOException {
        capacity.update(Integer.MAX_VALUE);
    }

    @Override
    public final void releaseResources() {
        // HttpClient calls this before failed(), which needs what has been read.
    }

    @Override
    public final void completed(Void result) {
        // streamEnd() has said so.
    }
}
