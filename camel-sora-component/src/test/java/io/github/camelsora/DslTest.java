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

import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import org.apache.camel.Exchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** The same job, generate and then remix, as a Java, a YAML and an XML route. */
class DslTest extends SoraRouteTest {

    static Stream<Arguments> languages() {
        return Stream.of(arguments("java", ""), arguments("yaml", """
                - route:
                    from:
                      uri: direct:in
                      steps:
                        - to:
                            uri: sora:generate
                            parameters:
                              streamRepliesTo: mock:replies
                              requestTimeout: 30s
                        - setHeader:
                            name: CamelSoraRemixOf
                            simple: ${body}
                        - setBody:
                            constant: with a halo
                        - to: sora:remix
                """), arguments("xml", """
                <routes>
                  <route>
                    <from uri="direct:in"/>
                    <to uri="sora:generate?streamRepliesTo=mock:replies&amp;requestTimeout=30s"/>
                    <setHeader name="CamelSoraRemixOf"><simple>${body}</simple></setHeader>
                    <setBody><constant>with a halo</constant></setBody>
                    <to uri="sora:remix"/>
                  </route>
                </routes>
                """));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("languages")
    void routesInEveryLanguageAreEquivalent(String language, String source) throws Exception {
        if (source.isEmpty()) {
            routes(route -> route.from("direct:in").to("sora:generate?streamRepliesTo=mock:replies&requestTimeout=30s")
                    .setHeader(SoraConstants.REMIX_OF, route.body()).setBody(route.constant("with a halo")).to("sora:remix"));
        } else {
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("route." + language, source));
        }
        simulator().answer(Answer.success().progress(12, 61));
        Exchange exchange = send("direct:in", "a cow");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(SoraVideo.class).messages()).hasSize(4);
        assertThat(names(events(getMockEndpoint("mock:replies")))).containsExactly("SUBMITTED", "QUEUED", "GENERATING",
                "PROGRESS 12", "PROGRESS 61", "COMPLETED");
        assertThat(simulator().paidRequests()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void expressionsReadAnyEvent(String expression, String value) throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies");
            route.from("direct:replies").setHeader("said", route.simple(expression)).to("mock:replies");
        });
        simulator().answer(Answer.success().progress(44));
        send("direct:in", "x");
        assertThat(getMockEndpoint("mock:replies").getExchanges())
                .allSatisfy(reply -> assertThat(reply.getException()).isNull());
        assertThat(getMockEndpoint("mock:replies").getExchanges().get(3).getMessage().getHeader("said", String.class))
                .isEqualTo(value);
    }

    static Stream<Arguments> expressions() {
        return Stream.of(arguments("${body.progress}", "44"), arguments("${body.type}", "PROGRESS"),
                arguments("${body.sequence}", "4"), arguments("${body.videoUrl}", null), arguments("${body.category}", null),
                arguments("${body.gateway}", "goapi"));
    }
}
