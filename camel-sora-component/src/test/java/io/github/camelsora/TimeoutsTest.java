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
package io.github.camelsora;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SourceAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Each timeout has a sentence of its own, with the option that sets it. */
class TimeoutsTest extends SoraRouteTest {

    private Exception generate(String options) throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?" + options));
        return send("direct:in", "x").getException();
    }

    @Test
    void connectTimeoutIsARefusal() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assumeThat(fill(full, waiting)).as("a backlog can be full on this system").isTrue();
            assertThat(generate("baseUrl=http://127.0.0.1:" + full.getLocalPort() + "&apiKey=k&connectTimeout=300"))
                    .isInstanceOf(GatewayRefusedException.class)
                    .hasMessageContaining("No connection to gateway goapi (127.0.0.1:" + full.getLocalPort()
                            + ") in time (connectTimeout)")
                    .hasMessageContaining("nothing was sent").hasNoCause();
        } finally {
            for (Socket each : waiting) {
                each.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "requestTimeout", "streamingReadTimeout" })
    void anotherTimeoutBeforeThereIsAConnectionIsNotBlamedOnConnectTimeout(String option) throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assumeThat(fill(full, waiting)).as("a backlog can be full on this system").isTrue();
            assertThat(generate("baseUrl=http://127.0.0.1:" + full.getLocalPort() + "&apiKey=k&" + option + "=300"))
                    .isInstanceOf(GatewayRefusedException.class).hasMessageContaining(") in time (" + option + ")")
                    .hasMessageNotContaining("connectTimeout").hasMessageContaining("nothing was sent");
        } finally {
            for (Socket each : waiting) {
                each.close();
            }
        }
    }

    /** Nobody accepts: when the backlog is full, the next connection is neither taken nor refused. */
    private static boolean fill(ServerSocket server, List<Socket> waiting) throws Exception {
        for (int i = 0; i < 10; i++) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 300);
            } catch (SocketTimeoutException e) {
                return true;
            }
        }
        return false;
    }

    @Test
    void silenceEndsAfterStreamingReadTimeout() throws Exception {
        simulator().answer(Answer.success().stallBeforeHeaders());
        assertThat(generate("streamingReadTimeout=300")).isInstanceOf(GenerationLostException.class)
                .hasMessage("Stream of gateway goapi was given up without a result for a generation of model sora-2-preview: "
                        + "nothing came for 300 ms (streamingReadTimeout); do not send it again before you have looked for its "
                        + "video");
    }

    @Test
    void aStreamEndsAfterRequestTimeout() throws Exception {
        simulator().answer(Answer.success().trickle(100));
        assertThat(generate("requestTimeout=300")).isInstanceOf(GenerationLostException.class)
                .hasMessage("Stream of gateway goapi was given up without a result for a generation of model sora-2-preview: "
                        + "it took longer than 300 ms (requestTimeout); do not send it again before you have looked for its "
                        + "video");
    }

    @Test
    void recoveryEndsAfterRecoveryTimeout() throws Exception {
        simulator().answer(Answer.success().progress(12).cutAfter(12).sourceAnswers(SourceAnswer.pending()));
        Exception lost = generate("recoveryEnabled=true&recoveryDelay=20&recoveryMaxDelay=50&recoveryTimeout=400");
        assertThat(lost).isInstanceOf(GenerationLostException.class)
                .hasMessageStartingWith("Stream of gateway goapi broke after 12 % without a result for task task_")
                .hasMessageEndingWith("; resume it with sora:resume; recovery: its link gave no result for 400 ms "
                        + "(recoveryTimeout), the last answer was a task that is PENDING");
    }
}
