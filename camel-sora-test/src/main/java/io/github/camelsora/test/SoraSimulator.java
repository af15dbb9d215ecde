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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;

/**
 * A video gateway that runs on this machine. It answers {@code POST /v1/chat/completions} with the stream of a generation,
 * serves the links in it, and counts what it would charge. By default every request succeeds; {@link #answer} scripts what the
 * next ones get, faults included. Listens on 127.0.0.1 only. Thread-safe; {@link #close} ends its threads and sockets.
 */
public final class SoraSimulator implements AutoCloseable {

    private final TaskStore tasks = new TaskStore();
    private final RequestLog log = new RequestLog();
    private final ChatEndpoint chat;
    private final GatewayServer server;
    private final boolean tls;

    private SoraSimulator(Builder builder) {
        chat = new ChatEndpoint(builder.keys, tasks, builder.chunkDelay, builder.duration, builder.stampChunks,
                builder.writes);
        tls = builder.options.isSsl();
        GatewayRoutes routes = new GatewayRoutes(chat, tasks, log);
        server = new GatewayServer(builder.port, builder.eventLoops, builder.options,
                request -> routes.handle(request, baseUrl()));
        try {
            server.listen();
        } catch (IllegalStateException e) {
            server.close();
            throw e;
        }
    }

    /** A simulator on a free port that takes 2 ms for each chunk and any key. */
    public static SoraSimulator start() {
        return builder().start();
    }

    /** A simulator with other settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** For example {@code http://127.0.0.1:8765}. */
    public String baseUrl() {
        return (tls ? "https" : "http") + "://127.0.0.1:" + port();
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /**
     * The next accepted requests get these, one each, in this order; later ones the default again. Adds to what is still
     * waiting.
     */
    public SoraSimulator answer(Answer... answers) {
        chat.answer(List.of(answers));
        return this;
    }

    /** Every accepted request gets this when no other answer waits, instead of a success. */
    public SoraSimulator answerAlways(Answer answer) {
        chat.answerAlways(Objects.requireNonNull(answer));
        return this;
    }

    /** While true the port is closed, and so are all its connections; a connection is refused. The tasks go on. */
    public SoraSimulator refuseConnections(boolean refuse) {
        if (refuse) {
            server.refuse();
        } else {
            server.listen();
        }
        return this;
    }

    /**
     * How many chat requests a gateway would charge for: all that were accepted, also when the stream then broke or never
     * came; none that was answered with a refusal (401, 402, 403, 404, 429, a redirect, a 500 or 503 with a JSON error).
     */
    public int paidRequests() {
        return chat.paidRequests();
    }

    /** How many chat requests came, refused ones included. */
    public int chatRequests() {
        return chat.requests();
    }

    /** All requests in the order in which they were read; of very many the last 20,000. */
    public List<RecordedRequest> requests() {
        return log.all();
    }

    /** How many chat requests are being answered, their sockets open. */
    public int openStreams() {
        return chat.openStreams();
    }

    /** How many sockets are open. */
    public int connections() {
        return server.connections();
    }

    /** The tasks of all paid requests, as they are now, the oldest first; of very many the last 20,000. */
    public List<SimulatedTask> tasks() {
        return tasks.all().stream().map(Task::snapshot).toList();
    }

    /**
     * Forgets answers, requests, counts and tasks, closes the sockets of open streams, and opens the port if it was closed.
     */
    public void reset() {
        chat.reset();
        tasks.clear();
        log.clear();
        server.listen();
    }

    /** Closes all sockets and ends all threads. */
    @Override
    public void close() {
        tasks.clear();
        server.close();
    }

    /** Settings of a simulator. */
    public static final class Builder {

        private final KeyCheck keys = new KeyCheck();
        private final HttpServerOptions options = new HttpServerOptions();
        private int port;
        private int eventLoops = 1;
        private Duration chunkDelay = Duration.ofMillis(2);
        private Duration duration;
        private boolean stampChunks;
        private WriteListener writes = (taskId, point, percent) -> { };

        private Builder() {
        }

        /** The port; 0, the default, takes a free one. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** The pause before each chunk, in whole milliseconds; 2 by default. */
        public Builder chunkDelay(Duration pause) {
            chunkDelay = pause;
            return this;
        }

        /**
         * How long a whole generation takes. Dots, percentages and completion are spread evenly over it, less the chunk delays
         * of the other chunks (about thirty). Default: one chunk delay before each chunk.
         */
        public Builder duration(Duration whole) {
            duration = whole;
            return this;
        }

        /**
         * Accepts this key only, in any header and form that gateways use. Several calls accept several keys; without any,
         * every key is right, and only a missing one is refused.
         */
        public Builder apiKey(String key) {
            keys.accept(key);
            return this;
        }

        /**
         * Accepts this key only as that gateway takes it: goapi, chainhub and 22codex {@code Authorization: Bearer KEY}, piapi
         * {@code X-API-Key: KEY}, any other name {@code Authorization: KEY}.
         */
        public Builder apiKey(String gateway, String key) {
            keys.accept(gateway, key);
            return this;
        }

        /** The number of threads that serve; 1 by default, which is enough for ten thousand streams. */
        public Builder eventLoops(int count) {
            eventLoops = count;
            return this;
        }

        /** Puts the time of writing into each chunk: {@code x_sent_at}, microseconds since 1970. */
        public Builder stampChunks(boolean stamp) {
            stampChunks = stamp;
            return this;
        }

        /** A listener that is told of each chunk before it is written. */
        public Builder onWrite(WriteListener listener) {
            writes = Objects.requireNonNull(listener);
            return this;
        }

        /** Speaks https with the key and certificate in this PKCS #12 file. */
        public Builder tls(Path keyStore, String password) {
            options.setSsl(true).setKeyCertOptions(new PfxOptions().setPath(keyStore.toString()).setPassword(password));
            return this;
        }

        /** @throws IllegalStateException when it cannot listen on the port */
        public SoraSimulator start() {
            return new SoraSimulator(this);
        }
    }
}
