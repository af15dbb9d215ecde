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
package io.github.camelsora.internal.link;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelsora.internal.http.FakeDnsResolver;
import io.github.camelsora.internal.http.GatewayClientSettings;
import io.github.camelsora.internal.http.GatewayClientTestSupport;
import io.github.camelsora.internal.http.WireServer;
import io.github.camelsora.internal.text.Link;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static org.assertj.core.api.Assertions.assertThat;

/** As its parent, for links: {@code cdn.example} is this machine, and all other names are what a test says. */
abstract class LinkClientTestSupport extends GatewayClientTestSupport {

    static final int LIMIT = 1 << 20;

    final FakeDnsResolver dns = new FakeDnsResolver().then("cdn.example", "127.0.0.1");
    private final List<AnswerRecorder> answers = new ArrayList<>();
    LinkClient links;

    @BeforeEach
    void startLinks() {
        using(settings(), PublicAddresses::contains);
    }

    void using(GatewayClientSettings settings, Predicate<InetAddress> isPublic) {
        if (links != null) {
            links.close();
        }
        links = new LinkClient(settings, timer, dns, isPublic);
    }

    @Override
    @AfterEach
    public void nothingIsLeft() throws Exception {
        try {
            answers.forEach(AnswerRecorder::assertExhausted);
            super.nothingIsLeft();
            answers.forEach(AnswerRecorder::assertExhausted);
        } finally {
            dns.release();
            links.close();
        }
    }

    static String head(int status, String... headers) {
        return Stream.of(headers).map(header -> header + "\r\n")
                .collect(Collectors.joining("", "HTTP/1.1 " + status + " Status\r\n", "\r\n"));
    }

    static String empty(int status, String... headers) {
        return head(status, Stream.concat(Stream.of("Content-Length: 0"), Stream.of(headers)).toArray(String[]::new));
    }

    static String redirect(String location) {
        return empty(302, "Location: " + location);
    }

    static URI link(WireServer server, String path) {
        return URI.create("http://cdn.example:" + server.port() + path);
    }

    /** The user named these servers, as cdn.example. */
    static LinkTrust named(WireServer... servers) {
        return LinkTrust.of(Stream.of(servers).map(server -> "cdn.example:" + server.port()).toList(), List.of());
    }

    AnswerRecorder get(WireServer server) {
        return get(link(server, "/source/task_1"), named(server));
    }

    AnswerRecorder get(URI link, LinkTrust trust) {
        return get(link, trust, Duration.ofMinutes(5), LIMIT);
    }

    AnswerRecorder get(URI link, LinkTrust trust, Duration timeout, int maxSize) {
        AnswerRecorder recorder = new AnswerRecorder();
        answers.add(recorder);
        recorder.call = links.get(Link.of(link.toString()), trust, new LinkClient.Limits(CONNECT, timeout, maxSize), recorder);
        assertThat(recorder.call).isNotNull();
        return recorder;
    }
}
