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


import io.github.camelsora.internal.link.LinkTrust;
import io.github.camelsora.internal.text.Link;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** To which hosts links are followed. */
class GatewayTrustTest {

    @Test
    void theHostsOfTheKnownGatewaysAreTrustedOverHttps() {
        for (String name : Gateway.builtInNames()) {
            LinkTrust trust = GatewayTrust.of(Gateway.builtIn(name), null);
            assertFollowed(trust, "https://asyncdata.net/source/task_1", "https://pro.asyncdata.net/source/task_1",
                    "https://filesystem.site/cdn/v.mp4", "https://pro.filesystem.site/cdn/v.mp4",
                    Gateway.builtIn(name).getBaseUrl() + "/v.mp4");
            assertRefused(trust, "http://asyncdata.net/source/task_1", "https://evil.example/source/task_1",
                    "https://asyncdata.net.evil.example/source/task_1", "https://127.0.0.1/source/task_1");
        }
    }

    @Test
    void hostsNamedByTheUserMayBePlainHttpAndLoopback() {
        Gateway gateway = Gateway.builtIn("goapi");
        gateway.setBaseUrl("http://127.0.0.1:8765/v1");
        gateway.setSourceUrl("http://tasks.local:81/{taskId}");
        LinkTrust trust = GatewayTrust.of(gateway, null);
        assertFollowed(trust, "http://127.0.0.1:8765/source/task_1", "http://tasks.local:81/task_1");
        assertRefused(trust, "http://127.0.0.1:8766/source/task_1", "http://127.0.0.1/source/task_1",
                "http://tasks.local/task_1");
    }

    @Test
    void trustedHostsAreAdded() {
        LinkTrust trust = GatewayTrust.of(Gateway.builtIn("piapi"),
                "cdn.example, *.videos.example ,media.local:8080");
        assertFollowed(trust, "https://asyncdata.net/source/task_1", "https://cdn.example/v.mp4",
                "https://eu.videos.example/v.mp4", "http://media.local:8080/v.mp4");
        assertRefused(trust, "http://cdn.example/v.mp4", "https://videos.example/v.mp4", "https://x.cdn.example/v.mp4");
    }

    @Test
    void anInvalidEntryIsNamedInTheError() {
        assertThatThrownBy(() -> GatewayTrust.of(Gateway.builtIn("goapi"), "https://cdn.example/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://cdn.example/").hasMessageContaining("trustedHosts");
    }

    private static void assertFollowed(LinkTrust trust, String... links) {
        for (String link : links) {
            assertThat(trust.allows(Link.of(link))).as(link).isTrue();
        }
    }

    private static void assertRefused(LinkTrust trust, String... links) {
        for (String link : links) {
            assertThat(trust.allows(Link.of(link))).as(link).isFalse();
        }
    }
}
