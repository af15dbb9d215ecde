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
            description = "The gateway: a built-in one (goapi, piapi, chainhub, 22codex), one of the component's `gateways`, "
            + "the name of a `Gateway` bean in the registry, or `simulator`, which runs in this process, needs no key and "
            + "costs nothing, if camel-sora-test is on the class path.")
    private String gateway = "goapi";
    @UriParam(description = "The base URL of the gateway, with or without `/v1`; the gateway's own if not set. Plain http is "
            + "meant for tests: the key travels in clear.")
    private @Nullable String baseUrl;
    @UriParam(label = "security", secret = true,
            description = "The key of the gateway. The component's own key serves only the component's own gateway and base "
            + "URL: any other needs its own.")
    private @Nullable String apiKey;
    @UriParam(label = "security",
            description = "The header that carries the key; the gateway's own if not set. In `Authorization` the key is sent "
            + "as `Bearer KEY`, in any other header as it is.")
    private @Nullable String apiKeyHeader;
    @UriParam(description = "The model, as the gateway names it; the gateway's default if not set.")
    private @Nullable String model;
    @UriParam(label = "advanced", secret = true, prefix = "additionalHeader.", multiValue = true,
            description = "More headers of the request. Sent as they are; kept out of logs like a key.")
    private Map<String, Object> additionalHeader = new LinkedHashMap<>();
    @UriParam(label = "advanced", prefix = "additionalBodyProperty.", multiValue = true,
            description = "More top-level fields of the request, such as `duration` or `orientation`. A JSON literal keeps "
            + "its type (`15`, `true`, `{\"a\":1}`); `RAW(\"8\")` with the quotes forces a string.")
    private Map<String, Object> additionalBodyProperty = new LinkedHashMap<>();
    @UriParam(description = "An endpoint that gets a new exchange for each event of the generation, in order, the last one "
            + "included, before the original exchange goes on.")
    private @Nullable String streamRepliesTo;
    @UriParam(defaultValue = "false",
            description = "Whether the body becomes an `Iterator<SoraEvent>` as soon as the gateway has taken the request, "
            + "for `split(body()).streaming()`. Excludes `streamRepliesTo`.")
    private boolean streaming;
    @UriParam(label = "advanced", defaultValue = "false",
            description = "Whether the exchanges sent to `streamRepliesTo` get the properties of the original exchange.")
    private boolean inheritExchangePropertiesForReplies;
    @UriParam(label = "advanced", defaultValue = "false",
            description = "Whether a failing reply exchange ends the generation. If not, it is logged, and the paid "
            + "generation goes on.")
    private boolean stopOnException;
    @UriParam(defaultValue = "false",
            description = "Whether successive generations of one exchange continue one conversation.")
    private boolean conversationMemory;
    @UriParam(label = "advanced", defaultValue = "CamelSoraConversationHistory",
            description = "The exchange property that holds the conversation.")
    private String conversationHistoryProperty = SoraConstants.CONVERSATION_HISTORY;
    @UriParam(label = "advanced", defaultValue = "20",
            description = "The messages that a conversation holds at most when it is sent, at least 3. The oldest go first; "
            + "the first prompt stays.")
    private int maxHistoryMessages = 20;
    @UriParam(label = "advanced", defaultValue = "true",
            description = "Whether requests go to the gateway's fallback host for ten minutes after its first host was not "
            + "reached or answered 504 or 524. Key and prompts go to that host then. Of the built-in gateways only goapi "
            + "has one.")
    private boolean fallbackEnabled = true;
    @UriParam(label = "advanced", defaultValue = "1048576", javaType = "java.lang.String",
            description = "The largest prompt, as `512KB`, `1 MiB` or a number, in bytes of a file or stream or in characters "
            + "of a text. A larger one is an error before anything is bought. Images may have 20 MiB.")
    private int maxPromptSize = 1024 * 1024;
    @UriParam(label = "advanced", defaultValue = "30s", javaType = "java.time.Duration",
            description = "How long reading a prompt from a stream may take. A stream that has not ended by then is an error "
            + "before anything is bought.")
    private long promptTimeout = 30_000;
    @UriParam(label = "advanced",
            description = "Where generations are remembered, so that each is paid for once: a `SoraTaskRepository`. Processes "
            + "that share one, such as a `JdbcTaskRepository` on one database, see each other's generations. If not set, the "
            + "component remembers them in memory, for this process alone.")
    private @Nullable SoraTaskRepository taskRepository;
    @UriParam(description = "Which order a message is, as a Simple expression such as `${header.JMSMessageID}`: the same key "
            + "is paid for once, whoever delivers it again, in whatever process that shares the `taskRepository`. The header "
            + "`CamelSoraRequestKey` overrides it.")
    private @Nullable String requestKey;
    @UriParam(label = "advanced", defaultValue = "false",
            description = "Whether to buy again what was sent by a process that died before the gateway named a task. It may "
            + "have been paid for; nobody can know.")
    private boolean resubmitLost;
    @UriParam(label = "recovery", defaultValue = "true",
            description = "Whether a generation whose stream is lost goes on by polling the source link of its task.")
    private boolean recoveryEnabled = true;
    @UriParam(label = "recovery", defaultValue = "5s", javaType = "java.time.Duration",
            description = "The pause before the first poll of a task whose stream is lost. Each further pause is half longer.")
    private long recoveryDelay = 5_000;
    @UriParam(label = "recovery", defaultValue = "30s", javaType = "java.time.Duration",
            description = "The longest pause between two polls.")
    private long recoveryMaxDelay = 30_000;
    @UriParam(label = "recovery", defaultValue = "20m", javaType = "java.time.Duration",
            description = "How long a task is polled before it is given up as lost.")
    private long recoveryTimeout = 1_200_000;
    @UriParam(label = "security",
            description = "Hosts to which links of reports are followed, besides asyncdata.net, pro.asyncdata.net, "
            + "filesystem.site, pro.filesystem.site and the gateway's own: a comma-separated list of names, "
            + "`*.example.com`, or `host:port`, which also permits plain http and private addresses there.")
    private @Nullable String trustedHosts;
    @UriParam(label = "advanced", defaultValue = "30s", javaType = "java.time.Duration",
            description = "How long each step to a connection may take: the name, an address, TLS, the proxy.")
    private long connectTimeout = 30_000;
    @UriParam(label = "advanced", defaultValue = "5m", javaType = "java.time.Duration",
            description = "How long the gateway may be silent, from the request on. Comments in the stream do not count. Ends "
            + "the stream.")
    private long streamingReadTimeout = 300_000;
    @UriParam(label = "advanced", defaultValue = "60m", javaType = "java.time.Duration",
            description = "How long the whole stream may take. Ends the stream. When the generation has ended, also how long a "
            + "reply may take.")
    private long requestTimeout = 3_600_000;
    @UriParam(label = "advanced", defaultValue = "1048576", javaType = "java.lang.String",
            description = "The largest event and the largest report, as `512KB`, `1 MiB` or a number of bytes. Beyond it the "
            + "stream ends, and beyond 16 times as much in all (at least 16 MiB).")
    private int maxPayloadSize = 1024 * 1024;
    @UriParam(label = "advanced", defaultValue = "1073741824", javaType = "java.lang.String",
            description = "The largest video that `sora:download` fetches, as `512MB`, `1 GiB` or a number of bytes.")
    private long maxDownloadSize = 1L << 30;
    @UriParam(description = "Where `sora:download` puts the files of videos; the directory is made if it is missing. A file "
            + "has its name when it is whole, and replaces one that was there. If not set, the video is a stream cache, on "
            + "disk, that is gone with its exchange.")
    private @Nullable String directory;
    @UriParam(description = "The name of the file in the `directory`, as a Simple expression such as "
            + "`${header.orderId}.mp4`. If not set, it is the header `CamelFileName`, else it is made of the id of the "
            + "generation, of the task, or of the link.")
    private @Nullable String fileName;
    @UriParam(label = "security",
            description = "TLS to the gateway.")
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
            description = "Hosts that are reached without the proxy: a comma-separated list of names, with `*` for any "
            + "characters, such as `localhost,*.example.com,192.168.*`.")
    private @Nullable String nonProxyHosts;
    @UriParam(label = "advanced",
            description = "The thread pool that continues your routes, for events and results. A pool with a CallerRunsPolicy "
            + "or a DiscardPolicy is refused at start; what the pool rejects runs on the component's own threads. With "
            + "`streaming=true` each generation holds one of its threads. If not set, the component uses threads of its own.")
    private @Nullable ExecutorService workerPool;
    @UriParam(label = "advanced", defaultValue = "2",
            description = "How many of the component's own threads stay for a minute when there is nothing to do.")
    private int workerPoolCoreSize = 2;
    @UriParam(label = "advanced", defaultValue = "8",
            description = "How many of the component's own threads run routes at the same time. A thread that waits in a step "
            + "does not count: another one takes its place.")
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
