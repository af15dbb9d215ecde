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

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/** The HTTP server under the simulator: its event loops, its port, its open sockets. The threads are daemons. */
final class GatewayServer {

    private static final int BACKLOG = 16_384;
    private static final int WAIT_SECONDS = 20;

    private final Vertx vertx;
    private final List<PortListener> listeners;
    private final AtomicInteger connections = new AtomicInteger();
    private boolean open;
    private volatile int port;

    GatewayServer(int port, int eventLoops, HttpServerOptions tls, Handler<HttpServerRequest> handler) {
        this.port = port;
        // HTTP/1.1 only: the faults work on HTTP/1.1 bodies, and a client must not be offered an upgrade to HTTP/2.
        HttpServerOptions options = tls.setHost("127.0.0.1").setAcceptBacklog(BACKLOG)
                .setHttp2ClearTextEnabled(false).setUseAlpn(false);
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(eventLoops).setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1).setUseDaemonThread(true)
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
        this.listeners = Stream.generate(() -> new PortListener(options, this::count, handler)).limit(eventLoops).toList();
        listeners.forEach(listener -> await(vertx.deployVerticle(listener)));
    }

    int port() {
        return port;
    }

    int connections() {
        return connections.get();
    }

    synchronized void listen() {
        if (!open) {
            // A negative port is one free port that all listeners share; with 0 each would have its own.
            int wanted = port == 0 ? -1 : port;
            port = await(Future.all(listeners.stream().map(listener -> listener.open(wanted)).toList())).resultAt(0);
            open = true;
        }
    }

    /** Closes the port and all connections; tasks go on. */
    synchronized void refuse() {
        if (open) {
            await(Future.all(listeners.stream().map(PortListener::close).toList()));
            open = false;
            awaitSilence();
        }
    }

    void close() {
        await(vertx.close());
    }

    private void count(HttpConnection connection) {
        connections.incrementAndGet();
        connection.closeHandler(v -> connections.decrementAndGet());
    }

    /** Netty closes the port in the next round of the selector, shortly after Vert.x reports it closed. */
    private void awaitSilence() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (connections.get() > 0 || accepts()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Port " + port + " did not close within " + WAIT_SECONDS + " s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private boolean accepts() {
        try (Socket probe = new Socket("127.0.0.1", port)) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IllegalStateException("The simulator on 127.0.0.1:" + port + ": " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new IllegalStateException("The simulator's server did not answer within " + WAIT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
