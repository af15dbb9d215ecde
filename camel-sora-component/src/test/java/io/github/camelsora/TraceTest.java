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

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

import io.github.camelsora.internal.observe.SoraSpanDecorator;
import io.github.camelsora.test.Answer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.SpanContextPropagationExtractor;
import org.apache.camel.telemetry.SpanContextPropagationInjector;
import org.apache.camel.telemetry.SpanDecorator;
import org.apache.camel.telemetry.SpanLifecycleManager;
import org.apache.camel.telemetry.Tracer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a trace shows of a generation: camel-telemetry, with spans that are kept. */
class TraceTest extends SoraRouteTest {

    private static final String PROMPT = "A secret cat on a skateboard";

    private final List<KeptSpan> spans = new ArrayList<>();

    private static final class KeptSpan implements Span {

        private final Map<String, String> tags = new LinkedHashMap<>();
        private final List<Map<String, String>> events = new ArrayList<>();
        private boolean error;

        @Override
        public void log(Map<String, String> fields) {
            events.add(fields);
        }

        @Override
        public void setComponent(String component) {
            tags.put("component", component);
        }

        @Override
        public void setError(boolean isError) {
            error = isError;
        }

        @Override
        public void setTag(String key, String value) {
            tags.put(key, value);
        }

        @Override
        public String toString() {
            return tags.toString() + events;
        }
    }

    private final class KeepingTracer extends Tracer {

        @Override
        protected void initTracer() {
            setSpanLifecycleManager(new SpanLifecycleManager() {
                @Override
                public Span create(String name, Span parent, SpanContextPropagationExtractor extractor) {
                    KeptSpan span = new KeptSpan();
                    spans.add(span);
                    return span;
                }

                @Override
                public void activate(Span span) {
                }

                @Override
                public void deactivate(Span span) {
                }

                @Override
                public void close(Span span) {
                }

                @Override
                public void inject(Span span, SpanContextPropagationInjector injector, boolean includeTracing) {
                }
            });
        }
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        new KeepingTracer().init(context);
        return context;
    }

    private KeptSpan spanOf(Exchange exchange) {
        assertThat(exchange).isNotNull();
        Iterator<KeptSpan> ofSora = spans.stream().filter(span -> "camel-sora".equals(span.tags.get("component"))).iterator();
        KeptSpan span = ofSora.next();
        assertThat(ofSora.hasNext()).as("one span").isFalse();
        assertThat(span.toString()).doesNotContain("skateboard", "http://", "https://", KEY, "secret-of-a-header");
        return span;
    }

    @Test
    void oneSpanHasGatewayModelOutcomeAndTokensAndNoPrompt() throws Exception {
        routes(route -> route.from("direct:in")
                .to("sora:generate?model=sora-2&additionalHeader.X-Other=RAW(secret-of-a-header)"));
        simulator().answer(Answer.success().progress(12));
        KeptSpan span = spanOf(send("direct:in", PROMPT));
        assertThat(span.tags).containsEntry("gen_ai.operation.name", "generate_content")
                .containsEntry("gen_ai.provider.name", "goapi")
                .containsEntry("gen_ai.request.model", "sora-2")
                .containsEntry("camel.sora.outcome", "COMPLETED")
                .containsEntry("server.address", "127.0.0.1")
                .containsEntry("camel.uri", "sora:generate")
                .containsKeys("gen_ai.response.id", "gen_ai.response.model", "gen_ai.usage.input_tokens",
                        "gen_ai.usage.output_tokens", "camel.sora.task_id", "camel.sora.generation_id");
        assertThat(span.error).isFalse();
    }

    /** Camel's own spans around it show the message of the exception, which quotes the gateway. */
    @Test
    void aFailureIsAnErrorWithItsTypeAndNotItsWords() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate"));
        simulator().answer(Answer.failureText("Sorry, '" + PROMPT + "' violates our policy"));
        KeptSpan span = spanOf(send("direct:in", PROMPT, Map.of(SoraConstants.MODEL, "sora-2-pro")));
        assertThat(span.error).isTrue();
        assertThat(span.tags).containsEntry("error.type", "io.github.camelsora.event.GenerationFailedException")
                .containsEntry("camel.sora.outcome", "FAILED").containsEntry("camel.sora.category", "REJECTED")
                .containsEntry("gen_ai.request.model", "sora-2-pro");
    }

    @Test
    void theDecoratorIsFoundByItsServiceFile() {
        assertThat(ServiceLoader.load(SpanDecorator.class))
                .anyMatch(SoraSpanDecorator.class::isInstance);
    }
}
