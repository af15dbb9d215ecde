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
import java.util.concurrent.ExecutorService;

import io.github.camelsora.task.SoraTaskRepository;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/** The options of the component and its endpoints. Durations are in milliseconds; in URIs and properties also {@code 30s}. */
@Configurer
@UriParams
public class SoraConfiguration implements Cloneable {

    @UriParam(defaultValue = "goapi",
            description = "The gateway: a built-in one (goapi, piapi, chainhub, 22codex), one of the component's "
            + "`gateways`, the name of a `Gateway` bean in the registry, or `simulator`. The simulator is in "
            + "camel-sora-test; it runs in this process, needs no key and costs nothing.")
    private String gateway = "goapi";
    @UriParam(description = "The base URL of the gateway, with or without /v1. The default is the gateway's own. Use plain "
            + "http only for tests: it sends the key unencrypted.")
    private @Nullable String baseUrl;
    @UriParam(label = "security", secret = true,
            description = "The key of the gateway. The component's own key is used only for the component's own gateway "
            + "and base URL; any other needs its own key.")
    private @Nullable String apiKey;
    @UriParam(label = "security",
            description = "The header that carries the key. The default is the gateway's own. In `Authorization` the key "
            + "is sent as `Bearer KEY`, in any other header as it is.")
    private @Nullable String apiKeyHeader;
    @UriParam(description = "The model, as the gateway names it. The default is the gateway's own.")
    private @Nullable String model;
    @UriParam(label = "advanced", secret = true, prefix = "additionalHeader.", multiValue = true,
            description = "More headers of the request. They are sent as they are, and masked in logs like a key.")
    private Map<String, Object> additionalHeader = new LinkedHashMap<>();
    @UriParam(label = "advanced", prefix = "additionalBodyProperty.", multiValue = true,
            description = "More top-level fields of the request, such as `duration` or `orientation`. Numbers, true, "
            + "false and JSON objects keep their type; anything else is text. To send a number as text, put "
            + "it in double quotes inside RAW().")
    private Map<String, Object> additionalBodyProperty = new LinkedHashMap<>();
    @UriParam(description = "An endpoint that gets a new exchange for each event of the generation, in order. The last one "
            + "arrives before the original exchange continues.")
    private @Nullable String streamRepliesTo;
    @UriParam(defaultValue = "false",
            description = "Whether the body becomes an iterator of events as soon as the gateway has accepted the "
            + "request, for `split(body()).streaming()`. Cannot be combined with `streamRepliesTo`.")
    private boolean streaming;
    @UriParam(label = "advanced", defaultValue = "false",
            description = "Whether the exchanges sent to `streamRepliesTo` get the properties of the original exchange.")
    private boolean inheritExchangePropertiesForReplies;
    @UriParam(label = "advanced", defaultValue = "false",
            description = "Whether a reply exchange that fails ends the generation. If not, the failure is logged and the "
            + "generation continues, because it is paid for.")
    private boolean stopOnException;
    @UriParam(defaultValue = "false",
            description = "Whether each generation of an exchange continues the conversation of the ones before.")
    private boolean conversationMemory;
    @UriParam(label = "advanced", defaultValue = "CamelSoraConversationHistory",
            description = "The exchange property that holds the conversation.")
    private String conversationHistoryProperty = SoraConstants.CONVERSATION_HISTORY;
    @UriParam(label = "advanced", defaultValue = "20",
            description = "How many messages of a conversation are sent at most, at least 3. The oldest are dropped, but "
            + "the first prompt stays.")
    private int maxHistoryMessages = 20;
    @UriParam(label = "advanced", defaultValue = "true",
            description = "Whether requests go to the gateway's fallback host for ten minutes after its first host could "
            + "not be reached or answered 504 or 524. Your key and your prompts go to that host then. Of the "
            + "built-in gateways only goapi has one.")
    private boolean fallbackEnabled = true;
    @UriParam(label = "advanced", defaultValue = "1048576", javaType = "java.lang.String",
            description = "The largest prompt, such as `512KB`, `1 MiB` or a number: bytes of a file or stream, "
            + "characters of a text. A larger prompt is an error, and nothing is bought. Images may have 20 "
            + "MiB.")
    private int maxPromptSize = 1024 * 1024;
    @UriParam(label = "advanced", defaultValue = "30s", javaType = "java.time.Duration",
            description = "How long reading a prompt from a stream may take. If it takes longer, that is an error, and "
            + "nothing is bought.")
    private long promptTimeout = 30_000;
    @UriParam(label = "advanced",
            description = "A `SoraTaskRepository`: where generations are stored, so that each is paid for once. Processes "
            + "that share a database through a `JdbcTaskRepository` know of each other's generations. The "
            + "default is in memory, for this process only.")
    private @Nullable SoraTaskRepository taskRepository;
    @UriParam(description = "Which order a message is, as a Simple expression such as `${header.orderId}`. The same key is "
            + "paid for once, also across processes that share the `taskRepository`. The header "
            + "`CamelSoraRequestKey` overrides it.")
    private @Nullable String requestKey;
    @UriParam(label = "advanced", defaultValue = "false",
            description = "Whether to buy again if the process that had claimed the request key died before the gateway "
            + "named a task. The first request may have been paid for; nobody can know.")
    private boolean resubmitLost;
    @UriParam(label = "recovery", defaultValue = "true",
            description = "Whether a generation whose connection breaks continues by polling the source link of its task.")
    private boolean recoveryEnabled = true;
    @UriParam(label = "recovery", defaultValue = "5s", javaType = "java.time.Duration",
            description = "The pause before the first poll of a task whose connection broke. Each further pause is one "
            + "and a half times as long as the one before.")
    private long recoveryDelay = 5_000;
    @UriParam(label = "recovery", defaultValue = "30s", javaType = "java.time.Duration",
            description = "The longest pause between two polls.")
    private long recoveryMaxDelay = 30_000;
    @UriParam(label = "recovery", defaultValue = "20m", javaType = "java.time.Duration",
            description = "How long a task is polled. After that the generation ends as lost.")
    private long recoveryTimeout = 1_200_000;
    @UriParam(label = "security",
            description = "More hosts to which links from gateways may lead, as a comma-separated list. An asterisk and a "
            + "dot before a name stand for all hosts below it. An entry with a port, such as "
            + "example.com:8080, also permits plain http and private addresses there. Always trusted are the "
            + "gateway's own host, asyncdata.net, pro.asyncdata.net, filesystem.site and pro.filesystem.site.")
    private @Nullable String trustedHosts;
    @UriParam(label = "advanced", defaultValue = "30s", javaType = "java.time.Duration",
            description = "How long each step to a connection may take: looking up the name, connecting to an address, "
            + "TLS, the proxy.")
    private long connectTimeout = 30_000;
    @UriParam(label = "advanced", defaultValue = "5m", javaType = "java.time.Duration",
            description = "How long the gateway may be silent. Comments in the stream do not count as a sign of life. "
            + "After that the connection is closed. Also applies to downloads.")
    private long streamingReadTimeout = 300_000;
    @UriParam(label = "advanced", defaultValue = "60m", javaType = "java.time.Duration",
            description = "How long the whole stream may take. After that the connection is closed. Also the longest time "
            + "for a download, and for a reply exchange after the generation has ended.")
    private long requestTimeout = 3_600_000;
    @UriParam(label = "advanced", defaultValue = "1048576", javaType = "java.lang.String",
            description = "The largest event and the largest report, such as `512KB`, `1 MiB` or a number of bytes. The "
            + "stream as a whole may have 16 times as much, but at least 16 MiB. What is larger ends the "
            + "stream.")
    private int maxPayloadSize = 1024 * 1024;
    @UriParam(label = "advanced", defaultValue = "1073741824", javaType = "java.lang.String",
            description = "The largest video that `sora:download` fetches, such as `512MB`, `1 GiB` or a number of bytes.")
    private long maxDownloadSize = 1L << 30;
    @UriParam(description = "The directory into which `sora:download` writes the file. It is created if it is missing. The "
            + "file gets its name when it is complete, and replaces an earlier one. Without a directory the "
            + "body becomes a stream cache on disk, which is deleted when the exchange ends.")
    private @Nullable String directory;
    @UriParam(description = "The name of the file in the `directory`, as a Simple expression such as "
            + "`${header.orderId}.mp4`. The default is the header `CamelFileName`; without it, a name is made "
            + "from the generation id, the task id or the link.")
    private @Nullable String fileName;
    @UriParam(label = "security",
            description = "The TLS parameters for connections to the gateway and to the hosts of links.")
    private @Nullable SSLContextParameters sslContextParameters;
    @UriParam(label = "proxy",
            description = "The host of an HTTP proxy.")
    private @Nullable String proxyHost;
    @UriParam(label = "proxy",
            description = "The port of the HTTP proxy.")
    private @Nullable Integer proxyPort;
    @UriParam(label = "proxy,security", secret = true,
            description = "The user name for the proxy, sent with Basic authentication. Needs `proxyAuthPassword`.")
    private @Nullable String proxyAuthUsername;
    @UriParam(label = "proxy,security", secret = true,
            description = "The password for the proxy. It is sent to the proxy only.")
    private @Nullable String proxyAuthPassword;
    @UriParam(label = "proxy",
            description = "Hosts that are reached without the proxy: a comma-separated list of names, in which an "
            + "asterisk stands for any characters.")
    private @Nullable String nonProxyHosts;
    @UriParam(label = "advanced",
            description = "The thread pool on which your routes continue. Do not use a pool with a CallerRunsPolicy or a "
            + "DiscardPolicy: it is refused at start. What the pool rejects runs on the component's own "
            + "threads. With `streaming=true` each generation holds one of its threads. The default is the "
            + "component's own threads.")
    private @Nullable ExecutorService workerPool;
    @UriParam(label = "advanced", defaultValue = "2",
            description = "How many of the component's own worker threads stay for a minute when there is nothing to do.")
    private int workerPoolCoreSize = 2;
    @UriParam(label = "advanced", defaultValue = "8",
            description = "How many of the component's own worker threads run routes at the same time. A thread that "
            + "waits in a step does not count: another one takes its place.")
    private int workerPoolMaxSize = 8;

    /** A copy that shares nothing mutable with this one. */
    public SoraConfiguration copy() {
        try {
            SoraConfiguration copy = (SoraConfiguration) super.clone();
            copy.additionalHeader = new LinkedHashMap<>(additionalHeader);
            copy.additionalBodyProperty = new LinkedHashMap<>(additionalBodyProperty);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getGateway() {
        return gateway;
    }

    public void setGateway(String gateway) {
        this.gateway = gateway;
    }

    public @Nullable String getBaseUrl() {
        return baseUrl;
    }

    public void setBaseUrl(@Nullable String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public @Nullable String getApiKey() {
        return apiKey;
    }

    public void setApiKey(@Nullable String apiKey) {
        this.apiKey = apiKey;
    }

    public @Nullable String getApiKeyHeader() {
        return apiKeyHeader;
    }

    public void setApiKeyHeader(@Nullable String apiKeyHeader) {
        this.apiKeyHeader = apiKeyHeader;
    }

    public @Nullable String getModel() {
        return model;
    }

    public void setModel(@Nullable String model) {
        this.model = model;
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

    public @Nullable String getStreamRepliesTo() {
        return streamRepliesTo;
    }

    public void setStreamRepliesTo(@Nullable String streamRepliesTo) {
        this.streamRepliesTo = streamRepliesTo;
    }

    public boolean isStreaming() {
        return streaming;
    }

    public void setStreaming(boolean streaming) {
        this.streaming = streaming;
    }

    public boolean isInheritExchangePropertiesForReplies() {
        return inheritExchangePropertiesForReplies;
    }

    public void setInheritExchangePropertiesForReplies(boolean inheritExchangePropertiesForReplies) {
        this.inheritExchangePropertiesForReplies = inheritExchangePropertiesForReplies;
    }

    public boolean isStopOnException() {
        return stopOnException;
    }

    public void setStopOnException(boolean stopOnException) {
        this.stopOnException = stopOnException;
    }

    public boolean isConversationMemory() {
        return conversationMemory;
    }

    public void setConversationMemory(boolean conversationMemory) {
        this.conversationMemory = conversationMemory;
    }

    public String getConversationHistoryProperty() {
        return conversationHistoryProperty;
    }

    public void setConversationHistoryProperty(String conversationHistoryProperty) {
        this.conversationHistoryProperty = conversationHistoryProperty;
    }

    public int getMaxPromptSize() {
        return maxPromptSize;
    }

    public void setMaxPromptSize(int maxPromptSize) {
        this.maxPromptSize = maxPromptSize;
    }

    /** @param maxPromptSize such as {@code 512KB}, {@code 1 MiB}, or a number */
    public void setMaxPromptSize(String maxPromptSize) {
        this.maxPromptSize = OptionValue.size("maxPromptSize", maxPromptSize);
    }

    public long getPromptTimeout() {
        return promptTimeout;
    }

    public void setPromptTimeout(long promptTimeout) {
        this.promptTimeout = promptTimeout;
    }

    public @Nullable SoraTaskRepository getTaskRepository() {
        return taskRepository;
    }

    public void setTaskRepository(@Nullable SoraTaskRepository taskRepository) {
        this.taskRepository = taskRepository;
    }

    public long getMaxDownloadSize() {
        return maxDownloadSize;
    }

    public void setMaxDownloadSize(long maxDownloadSize) {
        this.maxDownloadSize = maxDownloadSize;
    }

    /** @param maxDownloadSize such as {@code 512MB}, {@code 1 GiB}, or a number */
    public void setMaxDownloadSize(String maxDownloadSize) {
        this.maxDownloadSize = OptionValue.longSize("maxDownloadSize", maxDownloadSize);
    }

    public @Nullable String getDirectory() {
        return directory;
    }

    public void setDirectory(@Nullable String directory) {
        this.directory = directory;
    }

    public @Nullable String getFileName() {
        return fileName;
    }

    public void setFileName(@Nullable String fileName) {
        this.fileName = fileName;
    }

    public int getMaxHistoryMessages() {
        return maxHistoryMessages;
    }

    public void setMaxHistoryMessages(int maxHistoryMessages) {
        this.maxHistoryMessages = maxHistoryMessages;
    }

    public boolean isFallbackEnabled() {
        return fallbackEnabled;
    }

    public void setFallbackEnabled(boolean fallbackEnabled) {
        this.fallbackEnabled = fallbackEnabled;
    }

    public @Nullable String getRequestKey() {
        return requestKey;
    }

    public void setRequestKey(@Nullable String requestKey) {
        this.requestKey = requestKey;
    }

    public boolean isResubmitLost() {
        return resubmitLost;
    }

    public void setResubmitLost(boolean resubmitLost) {
        this.resubmitLost = resubmitLost;
    }

    public boolean isRecoveryEnabled() {
        return recoveryEnabled;
    }

    public void setRecoveryEnabled(boolean recoveryEnabled) {
        this.recoveryEnabled = recoveryEnabled;
    }

    public long getRecoveryDelay() {
        return recoveryDelay;
    }

    public void setRecoveryDelay(long recoveryDelay) {
        this.recoveryDelay = recoveryDelay;
    }

    public long getRecoveryMaxDelay() {
        return recoveryMaxDelay;
    }

    public void setRecoveryMaxDelay(long recoveryMaxDelay) {
        this.recoveryMaxDelay = recoveryMaxDelay;
    }

    public long getRecoveryTimeout() {
        return recoveryTimeout;
    }

    public void setRecoveryTimeout(long recoveryTimeout) {
        this.recoveryTimeout = recoveryTimeout;
    }

    public @Nullable String getTrustedHosts() {
        return trustedHosts;
    }

    public void setTrustedHosts(@Nullable String trustedHosts) {
        this.trustedHosts = trustedHosts;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getStreamingReadTimeout() {
        return streamingReadTimeout;
    }

    public void setStreamingReadTimeout(long streamingReadTimeout) {
        this.streamingReadTimeout = streamingReadTimeout;
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public int getMaxPayloadSize() {
        return maxPayloadSize;
    }

    public void setMaxPayloadSize(int maxPayloadSize) {
        this.maxPayloadSize = maxPayloadSize;
    }

    /** @param maxPayloadSize such as {@code 512KB}, {@code 1 MiB}, or a number of bytes */
    public void setMaxPayloadSize(String maxPayloadSize) {
        this.maxPayloadSize = OptionValue.size("maxPayloadSize", maxPayloadSize);
    }

    public @Nullable SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(@Nullable SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public @Nullable String getProxyHost() {
        return proxyHost;
    }

    public void setProxyHost(@Nullable String proxyHost) {
        this.proxyHost = proxyHost;
    }

    public @Nullable Integer getProxyPort() {
        return proxyPort;
    }

    public void setProxyPort(@Nullable Integer proxyPort) {
        this.proxyPort = proxyPort;
    }

    public @Nullable String getProxyAuthUsername() {
        return proxyAuthUsername;
    }

    public void setProxyAuthUsername(@Nullable String proxyAuthUsername) {
        this.proxyAuthUsername = proxyAuthUsername;
    }

    public @Nullable String getProxyAuthPassword() {
        return proxyAuthPassword;
    }

    public void setProxyAuthPassword(@Nullable String proxyAuthPassword) {
        this.proxyAuthPassword = proxyAuthPassword;
    }

    public @Nullable String getNonProxyHosts() {
        return nonProxyHosts;
    }

    public void setNonProxyHosts(@Nullable String nonProxyHosts) {
        this.nonProxyHosts = nonProxyHosts;
    }

    public @Nullable ExecutorService getWorkerPool() {
        return workerPool;
    }

    public void setWorkerPool(@Nullable ExecutorService workerPool) {
        this.workerPool = workerPool;
    }

    public int getWorkerPoolCoreSize() {
        return workerPoolCoreSize;
    }

    public void setWorkerPoolCoreSize(int workerPoolCoreSize) {
        this.workerPoolCoreSize = workerPoolCoreSize;
    }

    public int getWorkerPoolMaxSize() {
        return workerPoolMaxSize;
    }

    public void setWorkerPoolMaxSize(int workerPoolMaxSize) {
        this.workerPoolMaxSize = workerPoolMaxSize;
    }
}
