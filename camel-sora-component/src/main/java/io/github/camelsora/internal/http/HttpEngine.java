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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.internal.text.Secrets;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.auth.AuthExchange;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.reactor.ssl.SSLIOSession;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * HttpClient 5, set up for requests that cost money and for streams that are mostly quiet. Its defaults would send a POST
 * that was answered 429 or 503 twice, carry body and key to where a 307 points, and keep five connections per host.
 */
public final class HttpEngine implements AutoCloseable {

    /** Per connection there are three of these; a chunk of a report is smaller. */
    private static final int BUFFER_SIZE = 1024;
    /** A status line, a header, or the line before a chunk. HttpCore has no limit of its own, and collects the line first. */
    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 200;
    /** From the hand-over on: silence is watched by {@link ExchangeClock}, because HttpClient would count comments. */
    private static final RequestConfig STREAMING = config().setResponseTimeout(Timeout.INFINITE).build();

    private final CloseableHttpAsyncClient client;
    private final HeadLog headLog = new HeadLog();
    private final InputEvents input = new InputEvents();
    private final GatewayClientSettings.@Nullable Proxy proxy;
    private final @Nullable HttpHost proxyHost;

    /** @param names has resolved the hosts that are connected to: HttpClient looks nothing up */
    public HttpEngine(GatewayClientSettings settings, TargetResolver names) {
        HttpAsyncClientBuilder builder = HttpAsyncClientBuilder.create()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                // a tunnel is the one connection that outlives an exchange: with "never" it is closed before it is used
                .setConnectionReuseStrategy((request, response, context) -> Method.CONNECT.isSame(request.getMethod()))
                .setConnectionManager(connections(settings, names.forEngine()))
                .setHttp1Config(Http1Config.custom()
                        .setBufferSize(BUFFER_SIZE)
                        .setMaxLineLength(MAX_LINE)
                        .setMaxHeaderCount(MAX_HEADERS)
                        .build())
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(Math.min(2, Runtime.getRuntime().availableProcessors()))
                        .setSoKeepAlive(true)
                        .build())
                .setThreadFactory(new DefaultThreadFactory("sora-io", true))
                // also instead of the wire log, which would show key and prompt
                .setIoSessionDecorator(session -> input.decorate(headLog.decorate(session), session instanceof SSLIOSession))
                .setUserAgent("camel-sora")
                .addExecInterceptorLast("sora", HttpEngine::connected);
        proxy = settings.proxy();
        proxyHost = proxy == null ? null : new HttpHost(proxy.host(), proxy.port());
        if (proxy == null) {
            // All that this step would do is to authenticate, for which it takes the path of each request apart.
            builder.replaceExecInterceptor(ChainElement.PROTOCOL.name(),
                    (request, body, scope, chain, callback) -> chain.proceed(request, body, scope, callback));
        } else {
            builder.setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE) {

                @Override
                protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
                    return proxy.isFor(target.getHostName()) ? proxyHost : null;
                }
            });
        }
        client = builder.build();
        client.start();
    }

    /**
     * Sends a request to a host that was resolved. Waits for nothing.
     *
     * @param connectTimeout how long each step to a usable connection may take: the address, TLS, the proxy's answer
     */
    public void execute(HttpHost target, AsyncRequestProducer request, ResponseReader response, ConnectionListener listener,
            Duration connectTimeout) {
        ConnectionContext context = new ConnectionContext(listener);
        context.setRequestConfig(connecting(Timeout.of(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)));
        if (proxy != null && proxy.credentials() != null && proxyHost != null && proxy.isFor(target.getHostName())) {
            AuthExchange toProxy = new AuthExchange();
            toProxy.setState(AuthExchange.State.CHALLENGED);
            toProxy.setOptions(new ArrayDeque<>(List.of(proxy.credentials().scheme())));
            context.setAuthExchange(proxyHost, toProxy);
        }
        client.execute(target, request, response, null, context, response);
    }

    /** To be told before a request that has keys is executed: an answer may echo them. */
    void sending(Secrets secrets) {
        headLog.sending(secrets);
    }

    /** Tells readers when all has been read for now. */
    InputEvents input() {
        return input;
    }

    /** Closes every connection at once. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    private static PoolingAsyncClientConnectionManager connections(GatewayClientSettings settings, DnsResolver names) {
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnTotal(Integer.MAX_VALUE)
                .setMaxConnPerRoute(Integer.MAX_VALUE)
                .setDnsResolver(names)
                .setTlsStrategy(tls(settings))
                .setDefaultTlsConfig(TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1).build())
                .build();
    }

    private static TlsStrategy tls(GatewayClientSettings settings) {
        return ClientTlsStrategyBuilder.create()
                .setSslContext(settings.sslContext() != null ? settings.sslContext() : SSLContexts.createSystemDefault())
                // not the builder's default, BUILTIN: in 5.5.1 the async strategy sets it after the engine has its parameters
                .setHostVerificationPolicy(HostnameVerificationPolicy.BOTH)
                .setHostnameVerifier(HttpsSupport.getDefaultHostnameVerifier())
                // static buffers are some 50 KB per connection
                .setSslBufferMode(SSLBufferMode.DYNAMIC)
                .buildAsync();
    }

    /** HttpClient would have the timeout per client, and so a client, with its threads, per timeout. */
    @SuppressWarnings("deprecation")
    private static RequestConfig connecting(Timeout timeout) {
        // the response timeout is for the proxy's answer and the handshake behind it
        return config().setConnectTimeout(timeout).setResponseTimeout(timeout).build();
    }

    private static RequestConfig.Builder config() {
        return RequestConfig.custom()
                .setRedirectsEnabled(false)
                .setAuthenticationEnabled(false)
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setContentCompressionEnabled(false);
    }

    /**
     * Behind the proxy and TLS, before the request. Cancelling HttpClient's own future is not enough: it reaches only the
     * step it happens to remember, and leaves a connection open that is being made.
     */
    private static void connected(HttpRequest request, AsyncEntityProducer body, AsyncExecChain.Scope scope,
            AsyncExecChain chain, AsyncExecCallback callback) throws HttpException, IOException {
        ConnectionContext context = (ConnectionContext) scope.clientContext;
        context.setRequestConfig(STREAMING);
        if (!context.listener.connected(scope.execRuntime::discardEndpoint)) {
            throw new ConnectionClosedException("The call ended before it was sent");
        }
        chain.proceed(request, body, scope, callback);
    }

    /** Lets the interceptor find out for whom the connection is. */
    private static final class ConnectionContext extends HttpClientContext {

        private final ConnectionListener listener;

        ConnectionContext(ConnectionListener listener) {
            this.listener = listener;
        }
    }
}
