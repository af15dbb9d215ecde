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
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** What an I/O session reads from: each piece in reads of its own, then nothing until {@link #end}. */
final class FakeConnection {

    interface Call {

        @Nullable Object of(String method, Object[] arguments) throws Exception;
    }

    private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
    private boolean ended;
    private @Nullable IOException failure;
    private int closedAfter = Integer.MAX_VALUE;
    private int reads;

    FakeConnection(List<String> pieces) {
        pieces.forEach(piece -> this.pieces.add(ByteBuffer.wrap(piece.getBytes(ISO_8859_1))));
    }

    IOSession session(@Nullable IOEventHandler handler) {
        return proxy(IOSession.class, (method, arguments) -> switch (method) {
            case "read" -> read((ByteBuffer) arguments[0]);
            case "getHandler" -> handler;
            case "isOpen" -> reads < closedAfter;
            default -> null;
        });
    }

    boolean hasBytes() {
        return !pieces.isEmpty();
    }

    /** @param how it fails, once, behind the last byte; {@code null} if it is closed */
    void end(@Nullable IOException how) {
        ended = true;
        failure = how;
    }

    /** Closed by who reads it. */
    void closeAfter(int read) {
        closedAfter = read;
    }

    /** How often it was read. */
    int reads() {
        return reads;
    }

    private int read(ByteBuffer target) throws IOException {
        reads++;
        if (pieces.isEmpty()) {
            IOException thrown = failure;
            failure = null;
            if (thrown != null) {
                throw thrown;
            }
            return ended ? -1 : 0;
        }
        ByteBuffer piece = pieces.element();
        int length = Math.min(target.remaining(), piece.remaining());
        target.put(piece.slice(piece.position(), length));
        piece.position(piece.position() + length);
        if (!piece.hasRemaining()) {
            pieces.remove();
        }
        return length;
    }

    static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            Object result = call.of(method.getName(), arguments);
            return method.getReturnType() == void.class ? null : result;
        }));
    }
}
