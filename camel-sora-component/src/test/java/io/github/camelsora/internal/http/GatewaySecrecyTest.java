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


import io.github.camelsora.LogRecorder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.github.camelsora.internal.http.WireServer.answering;
import static io.github.camelsora.internal.http.WireServer.event;
import static io.github.camelsora.internal.http.WireServer.whole;
import static org.assertj.core.api.Assertions.assertThat;

/** With every log on, HttpClient's included, there is no key, prompt or link in it. */
class GatewaySecrecyTest extends GatewayClientTestSupport {

    private final LogRecorder log = new LogRecorder("io.github.camelsora", "org.apache.hc");

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void nothingSecretIsLogged() {
        WireServer server = with(answering(whole("text/event-stream", event("http://link"))));
        CallRecorder recorder = post(server);
        recorder.endedAs(GatewayEnd.Closed.class);
        eventually("the end logged", () -> log.lines().stream().anyMatch(line -> line.contains("localhost ended: Closed")));
        assertThat(log.lines()).anyMatch(line -> line.contains("org.apache.hc.client5.http.headers")
                && line.contains("Authorization: ***"));
        assertThat(log.lines()).noneMatch(line -> line.contains(KEY) || line.contains("a cat") || line.contains("http://link"));
        assertThat(request(server.uri(), LONG, LONG).toString()).contains("Authorization").doesNotContain(KEY, "a cat");
    }
}
