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
package io.github.camelsora.internal.observe;

import java.util.Map;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraVideo;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.TagConstants;
import org.apache.camel.telemetry.decorators.AbstractSpanDecorator;
import org.jspecify.annotations.Nullable;

/**
 * What a trace shows of a generation, in the words of OpenTelemetry's conventions for generative AI: gateway, model, outcome
 * and tokens, and no prompt, no link and no option of the endpoint, which may be a secret header. Found by camel-telemetry,
 * where it is on the class path.
 */
public final class SoraSpanDecorator extends AbstractSpanDecorator {

    private static final String SCHEME = "sora";
    private static final String MODEL = "gen_ai.request.model";
    private static final String PROVIDER = "gen_ai.provider.name";

    @Override
    public String getComponent() {
        return SCHEME;
    }

    @Override
    public String getComponentClassName() {
        return "io.github.camelsora.SoraComponent";
    }

    @Override
    public String getOperationName(Exchange exchange, Endpoint endpoint) {
        return SCHEME + " " + stripSchemeAndOptions(endpoint);
    }

    @Override
    public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
        String operation = stripSchemeAndOptions(endpoint);
        span.setComponent("camel-" + SCHEME);
        span.setTag(TagConstants.URL_SCHEME, SCHEME);
        span.setTag(TagConstants.URL_PATH, operation);
        span.setTag(TagConstants.EXCHANGE_ID, exchange.getExchangeId());
        span.setTag("camel.uri", SCHEME + ":" + operation);
        if (operation.equals("generate") || operation.equals("remix")) {
            span.setTag("gen_ai.operation.name", "generate_content");
            span.setTag("gen_ai.output.type", "video");
        }
        if (endpoint instanceof EndpointServiceLocation location && location.getServiceMetadata() != null) {
            Map<String, String> known = location.getServiceMetadata();
            tag(span, PROVIDER, known.get("gateway"));
            tag(span, MODEL, exchange.getMessage().getHeader(SoraConstants.MODEL, known.get("model"), String.class));
            tag(span, TagConstants.SERVER_ADDRESS, known.get("host"));
        }
    }

    @Override
    public void afterTracingEvent(Span span, Exchange exchange) {
        Message message = exchange.getMessage();
        header(span, PROVIDER, message, SoraConstants.GATEWAY);
        header(span, "gen_ai.response.model", message, SoraConstants.RESPONSE_MODEL);
        header(span, "gen_ai.response.id", message, SoraConstants.RESPONSE_ID);
        header(span, "gen_ai.response.finish_reasons", message, SoraConstants.FINISH_REASON);
        header(span, "gen_ai.usage.input_tokens", message, SoraConstants.PROMPT_TOKENS);
        header(span, "gen_ai.usage.output_tokens", message, SoraConstants.COMPLETION_TOKENS);
        header(span, "camel.sora.outcome", message, SoraConstants.OUTCOME);
        header(span, "camel.sora.generation_id", message, SoraConstants.GENERATION_ID);
        header(span, "camel.sora.task_id", message, SoraConstants.TASK_ID);
        header(span, "camel.sora.replayed", message, SoraConstants.REPLAYED);
        if (message.getBody() instanceof SoraVideo video) {
            tag(span, MODEL, video.model());
        }
        Exception exception = exchange.getException();
        if (exception != null) {
            span.setError(true);
            tag(span, "error.type", exception.getClass().getName());
            // Not its message, which may quote the prompt.
            if (exception instanceof SoraException failure) {
                tag(span, "camel.sora.category", failure.getCategory().name());
            }
        }
    }

    private static void header(Span span, String name, Message message, String header) {
        tag(span, name, message.getHeader(header, String.class));
    }

    private static void tag(Span span, String name, @Nullable String value) {
        if (value != null) {
            span.setTag(name, value);
        }
    }
}
