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

import java.util.stream.Stream;

import io.github.camelsora.event.DownloadFailedException;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** From which links a video is fetched. A report is foreign text: it must not make us ask this machine or its network. */
class DownloadLinksTest {

    @ParameterizedTest
    @ValueSource(strings = { "", "http://127.0.0.1:8080" })
    void onlyTheHostsOfGatewaysAndThePortOfTheBaseUrlAreAsked(String baseUrl) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            SoraComponent sora = context.getComponent("sora", SoraComponent.class);
            sora.getConfiguration().setBaseUrl(baseUrl.isEmpty() ? null : baseUrl);
            context.start();
            Stream.of("http://localhost:8080/v.mp4", "https://localhost/v.mp4", "http://[::1]:8080/v.mp4",
                    "http://169.254.169.254/", "http://filesystem.site/v.mp4", "https://filesystem.site.evil.example/v.mp4",
                    "https://filesystemxsite/v.mp4", "http://127.0.0.1:8081/v.mp4", "http://127.0.0.1/v.mp4",
                    "http://127.0.0.1:80/v.mp4", baseUrl.isEmpty() ? "http://127.0.0.1:8080/v.mp4" : "https://10.0.0.1/v.mp4")
                    .forEach(link -> assertThat(fetch(context, link)).as(link)
                            .isInstanceOfSatisfying(DownloadFailedException.class, failure -> assertThat(failure.getReason())
                                    .isEqualTo(DownloadFailedException.Reason.UNTRUSTED)));
            Stream.of("https://filesystem.site@127.0.0.1/v.mp4", "http://127.0.0.1:80801/v.mp4",
                    "x https://filesystem.site/v.mp4", "{{sys:user.home}}")
                    .forEach(text -> assertThat(fetch(context, text)).as(text).isNotNull()
                            .isNotInstanceOf(DownloadFailedException.class));
        }
    }

    private static Exception fetch(DefaultCamelContext context, String link) {
        Exchange exchange = context.createProducerTemplate().request("sora:download",
                sent -> sent.getMessage().setBody(link));
        return exchange.getException();
    }
}
