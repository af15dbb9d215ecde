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
package io.github.camelsora.builder.endpoint;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.SoraConstants;
import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.builder.endpoint.dsl.SoraEndpointBuilderFactory;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.SoraSimulator;
import io.github.camelsora.test.SoraSimulatorExtension;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Routes with {@code sora(…)} beside the builders of Camel's own components. */
class EndpointDslTest extends CamelTestSupport {

    @RegisterExtension
    final SoraSimulatorExtension extension = new SoraSimulatorExtension();

    private static final class VideoRoutes extends EndpointRouteBuilder implements SoraEndpointBuilderFactory.SoraBuilders {

        private final SoraSimulator simulator;

        VideoRoutes(SoraSimulator simulator) {
            this.simulator = simulator;
        }

        @Override
        public void configure() {
            from(direct("in"))
                    .to(sora("generate").baseUrl(simulator.baseUrl()).apiKey("secret")
                            .streamRepliesTo("mock:progress").advanced().requestTimeout("30s").maxHistoryMessages(7))
                    .setProperty("link", header(sora().soraVideoUrl()));
        }
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new VideoRoutes(extension.simulator());
    }

    @Test
    void aRouteWithTheBuilderMakesAVideo() {
        Exchange done = template.request("direct:in", exchange -> exchange.getMessage().setBody("a cow"));
        SoraVideo video = done.getMessage().getBody(SoraVideo.class);
        assertThat(done.getProperty("link")).isEqualTo(video.videoUrl());
        assertThat(getMockEndpoint("mock:progress").getExchanges()).isNotEmpty()
                .allSatisfy(reply -> assertThat(reply.getMessage().getBody()).isInstanceOf(SoraEvent.class));
        SoraConfiguration options = context.getEndpoints().stream().filter(SoraEndpoint.class::isInstance)
                .map(SoraEndpoint.class::cast).findFirst().orElseThrow().getConfiguration();
        assertThat(options.getMaxHistoryMessages()).isEqualTo(7);
        assertThat(options.getRequestTimeout()).isEqualTo(30_000);
    }

    @Test
    void theBuilderHasEveryOptionAndEveryHeader() throws ReflectiveOperationException {
        Set<String> methods = Arrays.stream(SoraEndpointBuilderFactory.SoraEndpointBuilder.class.getMethods())
                .map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
        Arrays.stream(SoraEndpointBuilderFactory.AdvancedSoraEndpointBuilder.class.getMethods()).map(Method::getName)
                .forEach(methods::add);
        List<String> options = Arrays.stream(SoraConfiguration.class.getMethods()).map(Method::getName)
                .filter(name -> name.startsWith("set")).map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
                .distinct().toList();
        assertThat(methods).containsAll(options);

        List<String> headers = new ArrayList<>();
        for (Method header : SoraEndpointBuilderFactory.SoraHeaderNameBuilder.class.getDeclaredMethods()) {
            if (header.getReturnType() == String.class) {
                headers.add((String) header.invoke(new SoraEndpointBuilderFactory.SoraBuilders() { }.sora()));
            }
        }
        assertThat(headers).contains(SoraConstants.MODEL, SoraConstants.REQUEST_KEY, SoraConstants.VIDEO_URL,
                SoraConstants.PROGRESS, SoraConstants.GENERATION_ID);
    }

    @Test
    void theBuilderCanBeImportedStatically() {
        assertThat(StaticEndpointBuilders.sora("resume").recoveryTimeout("1h").getRawUri())
                .isEqualTo("sora://resume?recoveryTimeout=1h");
    }
}
