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

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelsora.internal.chat.ChatRequest;
import io.github.camelsora.internal.protocol.ResolvedGateway;
import io.github.camelsora.internal.text.ForeignText;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Generate videos with gateways that speak OpenAI's chat-completions protocol.
 */
@UriEndpoint(firstVersion = "0.1.0", scheme = "sora", title = "Sora", syntax = "sora:operation", category = { Category.AI },
        producerOnly = true, headersClass = SoraConstants.class)
public class SoraEndpoint extends DefaultEndpoint implements EndpointServiceLocation {

    @UriPath(description = "What to do: `generate` a video from a prompt, `remix` (change) an earlier "
            + "one, `resume` a task that exists, without buying anything, `cancel` a generation that runs in this process, "
            + "or `download` the file of a video.")
    @Metadata(required = true)
    private final SoraOperation operation;
    @UriParam
    private final SoraConfiguration configuration;

    private static final Logger LOG = LoggerFactory.getLogger(SoraEndpoint.class);

    /** What this endpoint's own parameters say. */
    private SoraConfiguration own;
    private @Nullable ResolvedGateway gateway;
    private boolean announced;

    SoraEndpoint(String uri, SoraComponent component, SoraOperation operation, SoraConfiguration configuration) {
        super(uri, component);
        this.operation = operation;
        this.configuration = configuration;
        this.own = configuration;
    }

    /** Fills in what the component's options say, after this endpoint's own parameters were bound. */
    void inherit(SoraConfiguration defaults) {
        own = configuration.copy();
        GatewayInheritance.inherit(configuration, defaults, resolver()::isOnClassPath);
    }

    @Override
    public Producer createProducer() throws Exception {
        return switch (operation) {
            case generate -> new SoraGenerateProducer(this);
            case remix -> new SoraRemixProducer(this);
            case resume -> new SoraResumeProducer(this);
            case cancel -> new SoraCancelProducer(this);
            case download -> new SoraDownloadProducer(this);
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        throw new UnsupportedOperationException("sora:" + operation
                + " is no source of messages: use it with to(), not from()");
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        checkOptions();
        forgetGateway();
    }

    // Options and named gateways may have changed since they were asked for, or since the last start.
    private synchronized void forgetGateway() {
        gateway = null;
        announced = false;
    }

    /** Says once for each start where this endpoint sends, and whose key it uses. */
    synchronized void announce() {
        if (!announced) {
            announced = true;
            ResolvedGateway of = gateway();
            LOG.info("sora:{} uses gateway {} at {}, model {}, key: {}", operation, of.name(), of.chat().uri().getAuthority(),
                    of.chat().model(), resolver().keySource(of, own, configuration));
        }
    }

    /**
     * The gateway of this endpoint, resolved once, and without a key if there is none.
     *
     * @throws IllegalArgumentException if there is no such gateway, or it cannot be used
     */
    synchronized ResolvedGateway gateway() {
        if (gateway == null) {
            gateway = resolver().resolve(configuration);
        }
        return gateway;
    }

    /**
     * The gateway that made a video, to which this endpoint goes for it unless its own options name another one.
     *
     * @param name {@code null} for this endpoint's own
     * @throws IllegalArgumentException if this endpoint names another one, or there is no such gateway
     */
    ResolvedGateway gateway(@Nullable String name) {
        if (name == null || name.equals(configuration.getGateway())) {
            return gateway();
        }
        if (GatewayInheritance.namesGateway(own)) {
            throw new IllegalArgumentException("The video is of gateway " + ForeignText.clean(name) + ", and " + this
                    + " names gateway " + gateway().name() + " at " + gateway().baseUrl() + "; nothing was sent. Use an "
                    + "endpoint that names its gateway, or one without gateway, baseUrl and apiKey, which goes to the "
                    + "gateway of the video");
        }
        return resolver().resolve(GatewayInheritance.forGateway(name, own));
    }

    /** @throws IllegalArgumentException if the gateway has no key */
    void requireKey(ResolvedGateway of) {
        resolver().requireKey(of, getComponent().getConfiguration());
    }

    private GatewayResolver resolver() {
        return new GatewayResolver(getComponent().getGateways(), getCamelContext());
    }

    private void checkOptions() {
        SoraConfiguration options = configuration;
        check(!options.isStreaming() || options.getStreamRepliesTo() == null,
                "streaming=true and streamRepliesTo exclude each other");
        check(operation != SoraOperation.download || !options.isStreaming(),
                "sora:download has no streaming: use streamRepliesTo to see its progress");
        check(operation != SoraOperation.download || options.getFileName() == null || options.getDirectory() != null,
                "fileName needs directory: without it the video is a stream that is gone with its exchange");
        check(options.getMaxHistoryMessages() >= 3, "maxHistoryMessages=" + options.getMaxHistoryMessages()
                + " is too small: a change needs 3, the first prompt, the report and the change");
        checkSize("maxPromptSize", options.getMaxPromptSize());
        checkDuration("promptTimeout", options.getPromptTimeout());
        checkSize("maxPayloadSize", options.getMaxPayloadSize());
        checkSize("maxDownloadSize", options.getMaxDownloadSize());
        checkDuration("connectTimeout", options.getConnectTimeout());
        checkDuration("streamingReadTimeout", options.getStreamingReadTimeout());
        checkDuration("requestTimeout", options.getRequestTimeout());
        checkDuration("recoveryDelay", options.getRecoveryDelay());
        checkDuration("recoveryTimeout", options.getRecoveryTimeout());
        check(options.getRecoveryMaxDelay() >= options.getRecoveryDelay(), "recoveryMaxDelay=" + options.getRecoveryMaxDelay()
                + " is shorter than recoveryDelay=" + options.getRecoveryDelay());
        check((options.getProxyHost() == null) == (options.getProxyPort() == null),
                "proxyHost and proxyPort go together: set both or none");
        check((options.getProxyAuthUsername() == null) == (options.getProxyAuthPassword() == null),
                "proxyAuthUsername and proxyAuthPassword go together: set both or none");
        check(options.getProxyHost() != null || options.getProxyAuthUsername() == null,
                "proxyAuthUsername and proxyAuthPassword need proxyHost and proxyPort");
        ChatRequest.checkAdditional(options.getAdditionalBodyProperty());
    }

    private static void checkDuration(String name, long millis) {
        if (millis <= 0) {
            throw OptionValue.noDuration(name, millis);
        }
    }

    private static void checkSize(String name, long bytes) {
        if (bytes <= 0) {
            throw OptionValue.noSize(name, bytes);
        }
    }

    private static void check(boolean fits, String otherwise) {
        if (!fits) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    @Override
    public SoraComponent getComponent() {
        return (SoraComponent) super.getComponent();
    }

    public SoraOperation getOperation() {
        return operation;
    }

    public SoraConfiguration getConfiguration() {
        return configuration;
    }

    @Override
    public String getServiceUrl() {
        return gateway().baseUrl();
    }

    /** Gateway, host and model, for traces. */
    @Override
    public Map<String, String> getServiceMetadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (operation != SoraOperation.cancel) {
            metadata.put("gateway", gateway().name());
            metadata.put("host", gateway().chat().uri().getHost());
            if (gateway().chat().model() != null) {
                metadata.put("model", gateway().chat().model());
            }
        }
        return metadata;
    }

    @Override
    public String getServiceProtocol() {
        return "http";
    }
}
