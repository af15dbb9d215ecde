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
package io.github.camelsora.springboot;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;

import io.github.camelsora.Gateway;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.task.SoraTaskRepository;
import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The options of the component {@code sora} as properties of Spring Boot. A test holds them against the component's own;
 * {@code ssl-bundle} and {@code jdbc-task-repository} are the starter's, and so are {@code enabled} and
 * {@code customizer.enabled}, which every starter has.
 */
@ConfigurationProperties("camel.component.sora")
public class SoraComponentConfiguration extends ComponentConfigurationPropertiesCommon {

    /**
     * The gateway: a built-in one (goapi, piapi, chainhub, 22codex), one of those under gateways, the name of a Gateway
     * bean, or simulator. The simulator is in camel-sora-test; it runs in this process, needs no key and costs nothing.
     */
    private String gateway = "goapi";
    /**
     * The base URL of the gateway, with or without /v1. The default is the gateway's own. Use plain http only for tests: it
     * sends the key unencrypted.
     */
    private String baseUrl;
    /**
     * The key of the gateway. The component's own key is used only for the component's own gateway and base URL; any other
     * needs its own key.
     */
    private String apiKey;
    /**
     * The header that carries the key. The default is the gateway's own. In Authorization the key is sent as Bearer KEY, in
     * any other header as it is.
     */
    private String apiKeyHeader;
    /**
     * The model, as the gateway names it. The default is the gateway's own.
     */
    private String model;
    /**
     * More gateways by name, each with base-url, api-key, api-key-header, model, fallback-url and source-url. With the name
     * of a built-in gateway, these replace its values.
     */
    private Map<String, Gateway> gateways = new LinkedHashMap<>();
    /**
     * More headers of the request, as additional-header.NAME. They are sent as they are, and masked in logs like a key.
     */
    private Map<String, Object> additionalHeader = new LinkedHashMap<>();
    /**
     * More top-level fields of the request, as additional-body-property.NAME. A name with an underscore needs brackets:
     * additional-body-property.[aspect_ratio]. Numbers, true, false and JSON objects keep their type; anything else is text.
     * To send a number as text, put it in double quotes.
     */
    private Map<String, Object> additionalBodyProperty = new LinkedHashMap<>();
    /**
     * An endpoint that gets a new exchange for each event of the generation, in order. The last one arrives before the
     * original exchange continues.
     */
    private String streamRepliesTo;
    /**
     * Whether the body becomes an iterator of events as soon as the gateway has accepted the request, for
     * split(body()).streaming(). Cannot be combined with stream-replies-to.
     */
    private Boolean streaming = false;
    /**
     * Whether the exchanges sent to stream-replies-to get the properties of the original exchange.
     */
    private Boolean inheritExchangePropertiesForReplies = false;
    /**
     * Whether a reply exchange that fails ends the generation. If not, the failure is logged and the generation continues,
     * because it is paid for.
     */
    private Boolean stopOnException = false;
    /**
     * Whether each generation of an exchange continues the conversation of the ones before.
     */
    private Boolean conversationMemory = false;
    /**
     * The exchange property that holds the conversation.
     */
    private String conversationHistoryProperty = "CamelSoraConversationHistory";
    /**
     * How many messages of a conversation are sent at most, at least 3. The oldest are dropped, but the first prompt stays.
     */
    private Integer maxHistoryMessages = 20;
    /**
     * Whether requests go to the gateway's fallback host for ten minutes after its first host could not be reached or
     * answered 504 or 524. Your key and your prompts go to that host then. Of the built-in gateways only goapi has one.
     */
    private Boolean fallbackEnabled = true;
    /**
     * The largest prompt, such as 512KB, 1 MiB or a number: bytes of a file or stream, characters of a text. A larger prompt
     * is an error, and nothing is bought. Images may have 20 MiB.
     */
    private String maxPromptSize = "1048576";
    /**
     * How long reading a prompt from a stream may take. If it takes longer, that is an error, and nothing is bought.
     */
    private Duration promptTimeout = Duration.ofSeconds(30);
    /**
     * A SoraTaskRepository: where generations are stored, so that each is paid for once. Processes that share a database
     * through a JdbcTaskRepository know of each other's generations. The default is in memory, for this process only. Given
     * as #name of a bean.
     */
    private SoraTaskRepository taskRepository;
    /**
     * Which order a message is, as a Simple expression such as $simple{header.orderId}. The same key is paid for once, also
     * across processes that share the task-repository. The header CamelSoraRequestKey overrides it.
     */
    private String requestKey;
    /**
     * Whether to buy again if the process that had claimed the request key died before the gateway named a task. The first
     * request may have been paid for; nobody can know.
     */
    private Boolean resubmitLost = false;
    /**
     * Whether generations are stored in the application's DataSource, in tables that are created if they are missing.
     * Excludes task-repository.
     */
    private Boolean jdbcTaskRepository;
    /**
     * Whether a generation whose connection breaks continues by polling the source link of its task.
     */
    private Boolean recoveryEnabled = true;
    /**
     * The pause before the first poll of a task whose connection broke. Each further pause is one and a half times as long
     * as the one before.
     */
    private Duration recoveryDelay = Duration.ofSeconds(5);
    /**
     * The longest pause between two polls.
     */
    private Duration recoveryMaxDelay = Duration.ofSeconds(30);
    /**
     * How long a task is polled. After that the generation ends as lost.
     */
    private Duration recoveryTimeout = Duration.ofMinutes(20);
    /**
     * How long each step to a connection may take: looking up the name, connecting to an address, TLS, the proxy.
     */
    private Duration connectTimeout = Duration.ofSeconds(30);
    /**
     * How long the gateway may be silent. Comments in the stream do not count as a sign of life. After that the connection
     * is closed. Also applies to downloads.
     */
    private Duration streamingReadTimeout = Duration.ofMinutes(5);
    /**
     * How long the whole stream may take. After that the connection is closed. Also the longest time for a download, and for
     * a reply exchange after the generation has ended.
     */
    private Duration requestTimeout = Duration.ofMinutes(60);
    /**
     * The largest event and the largest report, such as 512KB, 1 MiB or a number of bytes. The stream as a whole may have 16
     * times as much, but at least 16 MiB. What is larger ends the stream.
     */
    private String maxPayloadSize = "1048576";
    /**
     * The largest video that sora:download fetches, such as 512MB, 1 GiB or a number of bytes.
     */
    private String maxDownloadSize = "1073741824";
    /**
     * The directory into which sora:download writes the file. It is created if it is missing. The file gets its name when it
     * is complete, and replaces an earlier one. Without a directory the body becomes a stream cache on disk, which is
     * deleted when the exchange ends.
     */
    private String directory;
    /**
     * The name of the file in the directory, as a Simple expression such as $simple{header.orderId}.mp4. The default is the
     * header CamelFileName; without it, a name is made from the generation id, the task id or the link.
     */
    private String fileName;
    /**
     * The name of a Spring SSL bundle (spring.ssl.bundle.*) for TLS to the gateway. Excludes ssl-context-parameters.
     */
    private String sslBundle;
    /**
     * More hosts to which links from gateways may lead, as a comma-separated list. *.example.com stands for all hosts below
     * example.com. An entry with a port, such as example.com:8080, also permits plain http and private addresses there.
     * Always trusted are the gateway's own host, asyncdata.net, pro.asyncdata.net, filesystem.site and pro.filesystem.site.
     */
    private String trustedHosts;
    /**
     * The TLS parameters for connections to the gateway and to the hosts of links, as #name of a bean. Excludes ssl-bundle.
     */
    private SSLContextParameters sslContextParameters;
    /**
     * Whether to use the global TLS parameters of the context.
     */
    private Boolean useGlobalSslContextParameters = false;
    /**
     * Used for enabling or disabling all consumer based health checks from this component. It has none.
     */
    private Boolean healthCheckConsumerEnabled = true;
    /**
     * Whether the gateways that endpoints use have health checks, by what was last seen of them; no gateway is called. Camel
     * asks them only with camel.health.producers-enabled=true.
     */
    private Boolean healthCheckProducerEnabled = true;
    /**
     * The host of an HTTP proxy.
     */
    private String proxyHost;
    /**
     * The port of the HTTP proxy.
     */
    private Integer proxyPort;
    /**
     * The user name for the proxy, sent with Basic authentication. Needs proxy-auth-password.
     */
    private String proxyAuthUsername;
    /**
     * The password for the proxy. It is sent to the proxy only.
     */
    private String proxyAuthPassword;
    /**
     * Hosts that are reached without the proxy: a comma-separated list of names, in which * stands for any characters, such
     * as localhost,*.example.com,192.168.*.
     */
    private String nonProxyHosts;
    /**
     * The thread pool on which your routes continue, as #name of a bean. Do not use a pool with a CallerRunsPolicy or a
     * DiscardPolicy: it is refused at start. What the pool rejects runs on the component's own threads. With streaming=true
     * each generation holds one of its threads. The default is the component's own threads.
     */
    private ExecutorService workerPool;
    /**
     * How many of the component's own worker threads stay for a minute when there is nothing to do.
     */
    private Integer workerPoolCoreSize = 2;
    /**
     * How many of the component's own worker threads run routes at the same time. A thread that waits in a step does not
     * count: another one takes its place.
     */
    private Integer workerPoolMaxSize = 8;
    /**
     * The defaults of all endpoints, as #name of a bean. Properties that are set beside it win.
     */
    private SoraConfiguration configuration;
    /**
     * Whether producers start with their first message instead of with their route. A gateway that is not configured
     * is then a failure of the message, not of the start.
     */
    private Boolean lazyStartProducer = false;
    /**
     * Whether options that are marked as autowired are looked up in the registry by type. The component has none.
     */
    private Boolean autowiredEnabled = true;

    public String getGateway() {
        return gateway;
    }

    public void setGateway(String gateway) {
        this.gateway = gateway;
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public String getApiKey() {
        return apiKey;
    }

    public void setApiKey(String apiKey) {
        this.apiKey = apiKey;
    }

    public String getApiKeyHeader() {
        return apiKeyHeader;
    }

    public void setApiKeyHeader(String apiKeyHeader) {
        this.apiKeyHeader = apiKeyHeader;
    }

    public String getModel() {
        return model;
    }

    public void setModel(String model) {
        this.model = model;
    }

    public Map<String, Gateway> getGateways() {
        return gateways;
    }

    public void setGateways(Map<String, Gateway> gateways) {
        this.gateways = gateways;
    }

    public Map<String, Object> getAdditionalHeader() {
        return additionalHeader;
    }

    public void setAdditionalHeader(Map<String, Object> additionalHeader) {
        this.additionalHeader = additionalHeader;
    }

    public Map<String, Object> getAdditionalBodyProperty() {
        return additionalBodyProperty;
    }

    public void setAdditionalBodyProperty(Map<String, Object> additionalBodyProperty) {
        this.additionalBodyProperty = additionalBodyProperty;
    }

    public String getStreamRepliesTo() {
        return streamRepliesTo;
    }

    public void setStreamRepliesTo(String streamRepliesTo) {
        this.streamRepliesTo = streamRepliesTo;
    }

    public Boolean getStreaming() {
        return streaming;
    }

    public void setStreaming(Boolean streaming) {
        this.streaming = streaming;
    }

    public Boolean getInheritExchangePropertiesForReplies() {
        return inheritExchangePropertiesForReplies;
    }

    public void setInheritExchangePropertiesForReplies(Boolean inheritExchangePropertiesForReplies) {
        this.inheritExchangePropertiesForReplies = inheritExchangePropertiesForReplies;
    }

    public Boolean getStopOnException() {
        return stopOnException;
    }

    public void setStopOnException(Boolean stopOnException) {
        this.stopOnException = stopOnException;
    }

    public Boolean getConversationMemory() {
        return conversationMemory;
    }

    public void setConversationMemory(Boolean conversationMemory) {
        this.conversationMemory = conversationMemory;
    }

    public String getConversationHistoryProperty() {
        return conversationHistoryProperty;
    }

    public void setConversationHistoryProperty(String conversationHistoryProperty) {
        this.conversationHistoryProperty = conversationHistoryProperty;
    }

    public String getMaxPromptSize() {
        return maxPromptSize;
    }

    public void setMaxPromptSize(String maxPromptSize) {
        this.maxPromptSize = maxPromptSize;
    }

    public Duration getPromptTimeout() {
        return promptTimeout;
    }

    public void setPromptTimeout(Duration promptTimeout) {
        this.promptTimeout = promptTimeout;
    }

    public Integer getMaxHistoryMessages() {
        return maxHistoryMessages;
    }

    public void setMaxHistoryMessages(Integer maxHistoryMessages) {
        this.maxHistoryMessages = maxHistoryMessages;
    }

    public Duration getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public Duration getStreamingReadTimeout() {
        return streamingReadTimeout;
    }

    public void setStreamingReadTimeout(Duration streamingReadTimeout) {
        this.streamingReadTimeout = streamingReadTimeout;
    }

    public Duration getRequestTimeout() {
        return requestTimeout;
    }

    public void setRequestTimeout(Duration requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public String getMaxDownloadSize() {
        return maxDownloadSize;
    }

    public void setMaxDownloadSize(String maxDownloadSize) {
        this.maxDownloadSize = maxDownloadSize;
    }

    public String getDirectory() {
        return directory;
    }

    public void setDirectory(String directory) {
        this.directory = directory;
    }

    public String getFileName() {
        return fileName;
    }

    public void setFileName(String fileName) {
        this.fileName = fileName;
    }

    public String getMaxPayloadSize() {
        return maxPayloadSize;
    }

    public void setMaxPayloadSize(String maxPayloadSize) {
        this.maxPayloadSize = maxPayloadSize;
    }

    public String getSslBundle() {
        return sslBundle;
    }

    public void setSslBundle(String sslBundle) {
        this.sslBundle = sslBundle;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public Boolean getUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    public void setUseGlobalSslContextParameters(Boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public Boolean getHealthCheckConsumerEnabled() {
        return healthCheckConsumerEnabled;
    }

    public void setHealthCheckConsumerEnabled(Boolean healthCheckConsumerEnabled) {
        this.healthCheckConsumerEnabled = healthCheckConsumerEnabled;
    }

    public Boolean getHealthCheckProducerEnabled() {
        return healthCheckProducerEnabled;
    }

    public void setHealthCheckProducerEnabled(Boolean healthCheckProducerEnabled) {
        this.healthCheckProducerEnabled = healthCheckProducerEnabled;
    }

    public String getProxyHost() {
        return proxyHost;
    }

    public void setProxyHost(String proxyHost) {
        this.proxyHost = proxyHost;
    }

    public Integer getProxyPort() {
        return proxyPort;
    }

    public void setProxyPort(Integer proxyPort) {
        this.proxyPort = proxyPort;
    }

    public String getProxyAuthUsername() {
        return proxyAuthUsername;
    }

    public void setProxyAuthUsername(String proxyAuthUsername) {
        this.proxyAuthUsername = proxyAuthUsername;
    }

    public String getProxyAuthPassword() {
        return proxyAuthPassword;
    }

    public void setProxyAuthPassword(String proxyAuthPassword) {
        this.proxyAuthPassword = proxyAuthPassword;
    }

    public String getNonProxyHosts() {
        return nonProxyHosts;
    }

    public void setNonProxyHosts(String nonProxyHosts) {
        this.nonProxyHosts = nonProxyHosts;
    }

    public ExecutorService getWorkerPool() {
        return workerPool;
    }

    public void setWorkerPool(ExecutorService workerPool) {
        this.workerPool = workerPool;
    }

    public Integer getWorkerPoolCoreSize() {
        return workerPoolCoreSize;
    }

    public void setWorkerPoolCoreSize(Integer workerPoolCoreSize) {
        this.workerPoolCoreSize = workerPoolCoreSize;
    }

    public Integer getWorkerPoolMaxSize() {
        return workerPoolMaxSize;
    }

    public void setWorkerPoolMaxSize(Integer workerPoolMaxSize) {
        this.workerPoolMaxSize = workerPoolMaxSize;
    }

    public SoraConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(SoraConfiguration configuration) {
        this.configuration = configuration;
    }

    public Boolean getLazyStartProducer() {
        return lazyStartProducer;
    }

    public void setLazyStartProducer(Boolean lazyStartProducer) {
        this.lazyStartProducer = lazyStartProducer;
    }

    public Boolean getAutowiredEnabled() {
        return autowiredEnabled;
    }

    public void setAutowiredEnabled(Boolean autowiredEnabled) {
        this.autowiredEnabled = autowiredEnabled;
    }

    public Boolean getFallbackEnabled() {
        return fallbackEnabled;
    }

    public void setFallbackEnabled(Boolean fallbackEnabled) {
        this.fallbackEnabled = fallbackEnabled;
    }

    public SoraTaskRepository getTaskRepository() {
        return taskRepository;
    }

    public void setTaskRepository(SoraTaskRepository taskRepository) {
        this.taskRepository = taskRepository;
    }

    public String getRequestKey() {
        return requestKey;
    }

    public void setRequestKey(String requestKey) {
        this.requestKey = requestKey;
    }

    public Boolean getResubmitLost() {
        return resubmitLost;
    }

    public void setResubmitLost(Boolean resubmitLost) {
        this.resubmitLost = resubmitLost;
    }

    public Boolean getJdbcTaskRepository() {
        return jdbcTaskRepository;
    }

    public void setJdbcTaskRepository(Boolean jdbcTaskRepository) {
        this.jdbcTaskRepository = jdbcTaskRepository;
    }

    public Boolean getRecoveryEnabled() {
        return recoveryEnabled;
    }

    public void setRecoveryEnabled(Boolean recoveryEnabled) {
        this.recoveryEnabled = recoveryEnabled;
    }

    public Duration getRecoveryDelay() {
        return recoveryDelay;
    }

    public void setRecoveryDelay(Duration recoveryDelay) {
        this.recoveryDelay = recoveryDelay;
    }

    public Duration getRecoveryMaxDelay() {
        return recoveryMaxDelay;
    }

    public void setRecoveryMaxDelay(Duration recoveryMaxDelay) {
        this.recoveryMaxDelay = recoveryMaxDelay;
    }

    public Duration getRecoveryTimeout() {
        return recoveryTimeout;
    }

    public void setRecoveryTimeout(Duration recoveryTimeout) {
        this.recoveryTimeout = recoveryTimeout;
    }

    public String getTrustedHosts() {
        return trustedHosts;
    }

    public void setTrustedHosts(String trustedHosts) {
        this.trustedHosts = trustedHosts;
    }
}
