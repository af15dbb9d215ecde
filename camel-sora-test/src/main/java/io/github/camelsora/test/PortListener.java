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

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/**
 * The listener of one event loop on the shared port; can be opened and closed repeatedly. Stays deployed: Vert.x would stop the
 * timers of its tasks when the verticle is undeployed, but tasks go on while the port is closed.
 */
final class PortListener extends AbstractVerticle {

    private final HttpServerOptions options;
    private final Handler<HttpConnection> onConnection;
    private final Handler<HttpServerRequest> onRequest;
    private HttpServer server;

    PortListener(HttpServerOptions options, Handler<HttpConnection> onConnection, Handler<HttpServerRequest> onRequest) {
        this.options = options;
        this.onConnection = onConnection;
        this.onRequest = onRequest;
    }

    /** Returns the port. A negative number stands for a free port, the same for all listeners with that number. */
    Future<Integer> open(int port) {
        Promise<Integer> opened = Promise.promise();
        context.runOnContext(v -> {
            server = vertx.createHttpServer(options).connectionHandler(onConnection).requestHandler(onRequest);
            server.listen(port).map(HttpServer::actualPort).onComplete(opened);
        });
        return opened.future();
    }

    Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        context.runOnContext(v -> server.close().onComplete(closed));
        return closed.future();
    }
}
