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
package io.github.camelsora.benchmarks.client;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.camelsora.benchmarks.load.StreamShape;

/** The clients that are compared. */
public enum ClientKind {

    NIO("bare NIO + Jackson (the limit)"),
    HTTPCLIENT_KEEP_ALIVE("HttpClient 5 async, JSON only, keep-alive"),
    HTTPCLIENT("HttpClient 5 async, JSON only, fresh connections"),
    HTTPCLIENT_HTTP2("HttpClient 5 async, JSON only, HTTP/2 on one connection"),
    SORA_RESULT("sora:generate, result only"),
    SORA_REPLIES("sora:generate, streamRepliesTo, 8 exchanges"),
    SORA_SPLIT("sora:generate, streaming=true, split"),
    SORA_KEYS("sora:generate, streamRepliesTo, request keys in a database"),
    SORA_SLOW_ASYNC("sora:generate, nine of ten reply routes take 100 ms an event, asynchronously"),
    SORA_SLOW_BLOCKING("sora:generate, nine of ten reply routes block for 100 ms an event"),
    CAMEL_HTTP("camel-http, hand-written split"),
    OPENAI("openai-java, synchronous stream, split (camel-openai's way)");

    /** Of so many streams one has a fast reply route, when the others' is slow. */
    public static final int FAST_ONE_OF = 10;

    private final String label;

    ClientKind(String label) {
        this.label = label;
    }

    /** What are compared unless others are named: the rest are cases of their own. */
    public static List<ClientKind> compared() {
        return List.of(NIO, HTTPCLIENT_KEEP_ALIVE, HTTPCLIENT, SORA_RESULT, SORA_REPLIES, SORA_SPLIT, CAMEL_HTTP, OPENAI);
    }

    /** How it is named on a command line: {@code sora-replies}. */
    public static ClientKind named(String name) {
        return Arrays.stream(values()).filter(kind -> kind.id().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no client " + name + ", but "
                        + Arrays.stream(values()).map(ClientKind::id).collect(Collectors.joining(", "))));
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String label() {
        return label;
    }

    /** Whether it uses a connection again: the server closes the others' connections behind their stream. */
    public boolean keepsAlive() {
        return this == HTTPCLIENT_KEEP_ALIVE;
    }

    /** Whether it needs a server that speaks HTTP/2. */
    public boolean isHttp2() {
        return this == HTTPCLIENT_HTTP2;
    }

    /** How many events of a stream it tells its listener. */
    public int events() {
        return this == SORA_RESULT ? 1 : StreamShape.EVENTS;
    }

    /** Whether it is the component, of whose events none may be lost. */
    public boolean isSora() {
        return name().startsWith("SORA_");
    }

    public StreamClient create(ClientSettings settings, StreamListener listener) throws Exception {
        return switch (this) {
            case NIO -> new NioClient(settings, listener);
            case HTTPCLIENT, HTTPCLIENT_KEEP_ALIVE -> HttpAsyncJsonClient.http1(settings, listener, keepsAlive());
            case HTTPCLIENT_HTTP2 -> HttpAsyncJsonClient.http2(settings, listener);
            case SORA_RESULT -> new SoraClient(settings, listener, SoraRoutes.RESULT);
            case SORA_REPLIES, SORA_KEYS -> new SoraClient(settings, listener, SoraRoutes.REPLIES);
            case SORA_SPLIT -> new SoraClient(settings, listener, SoraRoutes.SPLIT);
            case SORA_SLOW_ASYNC -> new SoraClient(settings, listener, SoraRoutes.SLOW_ASYNC);
            case SORA_SLOW_BLOCKING -> new SoraClient(settings, listener, SoraRoutes.SLOW_BLOCKING);
            case CAMEL_HTTP -> new CamelHttpClient(settings, listener);
            case OPENAI -> new OpenAiClient(settings, listener);
        };
    }
}
