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

import io.github.camelsora.event.SoraVideo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** I/O threads are the component's, per TLS and proxy. */
class ConnectTimeoutThreadsTest extends SoraRouteTest {

    @Test
    void thirtyConnectTimeoutsShareTheirIoThreads() throws Exception {
        long before = ioThreads();
        routes(route -> route.from("direct:in").toD("sora:generate?recoveryEnabled=true&connectTimeout=${body}"));
        for (int seconds = 1; seconds <= 30; seconds++) {
            assertThat(send("direct:in", seconds + "s").getMessage().getBody()).isInstanceOf(SoraVideo.class);
        }
        assertThat(ioThreads() - before).as("one accepts work, two are for I/O; there are none for links, as no stream broke")
                .isLessThanOrEqualTo(3);
    }

    private static long ioThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("sora-io")).count();
    }
}
