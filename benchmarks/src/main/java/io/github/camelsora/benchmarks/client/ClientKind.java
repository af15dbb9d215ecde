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

import java.util.Locale;

import io.github.camelsora.benchmarks.load.StreamShape;

/** The clients that are compared. */
public enum ClientKind {

    NIO("bare NIO + Jackson (the limit)"),
    HTTPCLIENT_KEEP_ALIVE("HttpClient 5 async, JSON only, keep-alive"),
    HTTPCLIENT("HttpClient 5 async, JSON only, fresh connections"),
    SORA_RESULT("sora:generate, result only"),
    SORA_REPLIES("sora:generate, streamRepliesTo, 8 exchanges"),
    SORA_SPLIT("sora:generate, streaming=true, split"),
    CAMEL_HTTP("camel-http, hand-written split"),
    OPENAI("openai-java, synchronous stream, split (camel-openai's way)");

    private final String label;

    ClientKind(String label) {
        this.label = label;
    }

    /** How it is named on a command line: {@code sora-replies}. */
    public static ClientKind named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
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

    /** How many events of a stream it tells its listener. */
    public int events() {
        return this == SORA_RESULT ? 1 : StreamShape.EVENTS;
    }

    /** @param port of the server on this machine */
    public StreamClient create(int port, StreamListener listener) throws Exception {
        return switch (this) {
            case NIO -> new NioClient(port, listener);
            case HTTPCLIENT, HTTPCLIENT_KEEP_ALIVE -> new HttpAsyncJsonClient(port, listener, keepsAlive());
            case SORA_RESULT -> new SoraClient(port, listener, SoraClient.Mode.RESULT);
            case SORA_REPLIES -> new SoraClient(port, listener, SoraClient.Mode.REPLIES);
            case SORA_SPLIT -> new SoraClient(port, listener, SoraClient.Mode.SPLIT);
            case CAMEL_HTTP -> new CamelHttpClient(port, listener);
            case OPENAI -> new OpenAiClient(port, listener);
        };
    }
}
