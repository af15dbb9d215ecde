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

import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.camelsora.internal.http.WireServer.answering;
import static io.github.camelsora.internal.http.WireServer.event;
import static io.github.camelsora.internal.http.WireServer.running;
import static io.github.camelsora.internal.http.WireServer.whole;
import static org.assertj.core.api.Assertions.assertThat;

/** The name of a gateway is looked up by threads of its own, within the connect timeout. */
class GatewayNamesTest extends GatewayClientTestSupport {

    private static final URI SLOW = URI.create("http://slow.example/v1/chat/completions");

    private final FakeDnsResolver dns = new FakeDnsResolver().then("gateway.example", "127.0.0.1");

    @BeforeEach
    void holdSlow() {
        dns.hold("slow.example");
        using(null);
    }

    private void using(GatewayClientSettings.Proxy proxy) {
        client.close();
        client = new GatewayClient(new GatewayClientSettings(null, proxy), timer, dns);
    }

    @AfterEach
    void release() {
        dns.release();
    }

    private static URI at(String host, WireServer server) {
        return URI.create("http://" + host + ":" + server.port() + "/v1/chat/completions");
    }

    private static WireServer one() {
        return answering(whole("text/event-stream", event("one")));
    }

    @Test
    void aNameServerThatDoesNotAnswerHoldsNobodyUpAndEndsTheCallInTime() {
        long start = System.nanoTime();
        connectTimeout = SHORT;
        CallRecorder recorder = post(SLOW);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT);
        assertThat(recorder.endedAs(GatewayEnd.NotSent.class).cause()).isInstanceOf(SocketTimeoutException.class)
                .hasMessage("The name slow.example was not resolved in time");
        WireServer server = with(one());
        post(at("gateway.example", server)).endedAs(GatewayEnd.Closed.class);
    }

    @Test
    void aCallCanBeCancelledWhileItsNameIsLookedUp() {
        CallRecorder recorder = post(SLOW);
        recorder.call.cancel();
        recorder.endedAs(GatewayEnd.Cancelled.class);
    }

    @Test
    void whatThePostedCallOfAFallbackLooksUpDoesNotHoldTheTimer() throws Exception {
        connectTimeout = SHORT;
        CallRecorder fallback = new CallRecorder();
        CountDownLatch posted = new CountDownLatch(1);
        // The connect timeout ends the first call on the timer's thread, which posts the second one.
        post(request(SLOW, SHORT, LONG, LONG, 1000), new CallRecorder() {

            @Override
            public void ended(GatewayEnd end) {
                super.ended(end);
                post(request(URI.create("http://slow.example:81/"), LONG, LONG), fallback);
                posted.countDown();
            }
        });
        assertThat(posted.await(10, TimeUnit.SECONDS)).isTrue();
        timer.submit(() -> { }).get(10, TimeUnit.SECONDS);
        assertThat(fallback.hasEnded()).isFalse();
        fallback.call.cancel();
    }

    @Test
    void theNextAddressIsTriedAsLongAsNothingWasSent() {
        dns.then("two.example", "::1", "127.0.0.1");
        WireServer server = with(one());
        CallRecorder recorder = post(at("two.example", server));
        recorder.endedAs(GatewayEnd.Closed.class);
        assertThat(recorder.payloads).containsExactly("one");
        assertThat(server.requests()).singleElement().asString().contains("Host: two.example:" + server.port());
    }

    @Test
    void noAddressIsTriedAfterTheRequestWasSent() {
        dns.then("twice.example", "127.0.0.1", "127.0.0.1");
        WireServer server = with(running(connection -> {
            connection.readRequest();
            connection.reset();
        }));
        post(at("twice.example", server)).endedAs(GatewayEnd.Broken.class);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void noConnectionToAnyAddressIsNotSent() {
        dns.then("none.example", "::1", "127.0.0.1");
        post(URI.create("http://none.example:9/")).endedAs(GatewayEnd.NotSent.class);
        assertThat(post(URI.create("http://nowhere.example/")).endedAs(GatewayEnd.NotSent.class).cause())
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    void theNameOfAProxyIsLookedUpInTimeToo() {
        connectTimeout = SHORT;
        using(new GatewayClientSettings.Proxy("slow.example", 3128));
        assertThat(post(URI.create("http://gateway.example/")).endedAs(GatewayEnd.NotSent.class).cause())
                .isInstanceOf(SocketTimeoutException.class);
        dns.then("proxy.example", "127.0.0.1");
        WireServer proxy = with(one());
        using(new GatewayClientSettings.Proxy("proxy.example", proxy.port()));
        post(URI.create("http://gateway.example/")).endedAs(GatewayEnd.Closed.class);
        assertThat(dns.asked()).doesNotContain("gateway.example");
    }
}
