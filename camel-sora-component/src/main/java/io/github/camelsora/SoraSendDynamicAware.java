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

import java.util.List;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.annotations.SendDynamic;
import org.apache.camel.support.component.SendDynamicAwareSupport;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@code toD("sora:generate?model=${header.model}")} use one endpoint for all models: the option {@code model} goes into
 * the header {@link SoraConstants#MODEL} for this step. All other options stay in the URI, as it was written. A header that the
 * message has already overrides the option, as it does with {@code to}.
 */
@SendDynamic("sora")
public class SoraSendDynamicAware extends SendDynamicAwareSupport {

    private static final String MODEL = "model";

    @Override
    public boolean isLenientProperties() {
        return false;
    }

    @Override
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String originalUri) throws Exception {
        return new DynamicAwareEntry(uri, originalUri, endpointProperties(exchange, uri), null);
    }

    @Override
    public @Nullable String resolveStaticUri(Exchange exchange, DynamicAwareEntry entry) {
        return model(entry) == null ? null : withoutModel(entry.getUri());
    }

    @Override
    public @Nullable Processor createPreProcessor(Exchange exchange, DynamicAwareEntry entry) {
        String model = model(entry);
        return model == null || hasHeader(exchange) ? null
                : target -> target.getMessage().setHeader(SoraConstants.MODEL, model);
    }

    @Override
    public @Nullable Processor createPostProcessor(Exchange exchange, DynamicAwareEntry entry) {
        return model(entry) == null || hasHeader(exchange) ? null
                : target -> target.getMessage().removeHeader(SoraConstants.MODEL);
    }

    private static boolean hasHeader(Exchange exchange) {
        return exchange.getMessage().getHeader(SoraConstants.MODEL) != null;
    }

    /** The model that the URI says once; {@code null} if this is not to be optimised. */
    private static @Nullable String model(DynamicAwareEntry entry) {
        String uri = entry.getUri();
        // Raw text may hold what looks like an option, and what is encoded is left to Camel.
        return entry.getProperties() != null && entry.getProperties().get(MODEL) instanceof String model && !model.isBlank()
                && options(uri).contains(MODEL + "=" + model) && model.indexOf('%') < 0 && URISupport.scanRaw(uri).isEmpty()
                        ? model : null;
    }

    /** The text of the URI without this one option: values are not decoded and encoded again. */
    private static String withoutModel(String uri) {
        List<String> kept = options(uri).stream().filter(option -> !option.startsWith(MODEL + "=")).toList();
        return uri.substring(0, uri.indexOf('?')) + (kept.isEmpty() ? "" : "?" + String.join("&", kept));
    }

    private static List<String> options(String uri) {
        return List.of(uri.substring(uri.indexOf('?') + 1).split("&"));
    }
}
