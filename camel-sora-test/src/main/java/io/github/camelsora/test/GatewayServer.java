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

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/** The HTTP server under the simulator: its event loops, its port, its open sockets. The threads are daemons. */
final class GatewayServer {

    private static final int BACKLOG = 16_384;
    private static final int WAIT_SECONDS = 20;

    private final Vertx vertx;
    private final int eventLoops;
    private final HttpServerOptions options;
    private final Handler<HttpServerRequest> handler;
    private final AtomicInteger connections = new AtomicInteger();
    private String deployment;
    private volatile int port;

    GatewayServer(int port, int eventLoops, HttpServerOptions tls, Handler<HttpServerRequest> handler) {
        this.port = port;
        this.eventLoops = eventLoops;
        this.handler = handler;
        // Without HTTP/2 every client speaks the protocol that the answers are made for, and no upgrade is offered.
        this.options = tls.setHost("127.0.0.1").setAcceptBacklog(BACKLOG).setHttp2ClearTextEnabled(false).setUseAlpn(false);
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(eventLoops).setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1).setUseDaemonThread(true)
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    int port() {
        return port;
    }

    int connections() {
        return connections.get();
    }

    synchronized void listen() {
        if (deployment == null) {
            // A negative port is one free port that all instances share; with 0 each would have its own.
            int wanted = port == 0 ? -1 : port;
            DeploymentOptions instances = new DeploymentOptions().setInstances(eventLoops);
            deployment = await(vertx.deployVerticle(() -> listener(wanted), instances));
        }
    }

    /** Closes the port and all connections. */
    synchronized void refuse() {
        if (deployment != null) {
            await(vertx.undeploy(deployment));
            deployment = null;
        }
    }

    void close() {
        await(vertx.close());
    }

    private Verticle listener(int wanted) {
        return new AbstractVerticle() {
            @Override
            public void start(Promise<Void> started) {
                HttpServer server = vertx.createHttpServer(options).connectionHandler(GatewayServer.this::count);
                server.requestHandler(handler).listen(wanted).onSuccess(listening -> port = listening.actualPort())
                        .<Void>mapEmpty().onComplete(started);
            }
        };
    }

    private void count(HttpConnection connection) {
        connections.incrementAndGet();
        connection.closeHandler(v -> connections.decrementAndGet());
    }

    private <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The simulator on 127.0.0.1:" + port + ": " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("The simulator's server did not answer within " + WAIT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
