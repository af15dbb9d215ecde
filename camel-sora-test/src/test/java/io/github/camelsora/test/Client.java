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
package io.github.camelsora.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A minimal client of the simulator. */
final class Client {

    static final Duration LIMIT = Duration.ofSeconds(20);

    private final SoraSimulator simulator;
    private final HttpClient http;

    Client(SoraSimulator simulator) {
        this(simulator, HttpClient.newBuilder().connectTimeout(LIMIT).build());
    }

    Client(SoraSimulator simulator, HttpClient http) {
        this.simulator = simulator;
        this.http = http;
    }

    static JsonObject body(String prompt) {
        JsonObject message = new JsonObject().put("role", "user").put("content", prompt);
        return new JsonObject().put("model", "sora-2").put("stream", true).put("messages", new JsonArray().add(message));
    }

    HttpRequest.Builder post(JsonObject body) {
        return HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/v1/chat/completions")).timeout(LIMIT)
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()));
    }

    HttpRequest chat(String prompt) {
        return chat(prompt, LIMIT);
    }

    HttpRequest chat(String prompt, Duration limit) {
        return post(body(prompt)).header("Authorization", "Bearer key").timeout(limit).build();
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> generate(String prompt) throws IOException, InterruptedException {
        return send(chat(prompt));
    }

    CompletableFuture<HttpResponse<String>> generateAsync(String prompt) {
        return http.sendAsync(chat(prompt), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<InputStream> open(String prompt) throws IOException, InterruptedException {
        return http.send(chat(prompt), HttpResponse.BodyHandlers.ofInputStream());
    }

    /** The consumer gets what arrives, as it arrives. */
    void consume(String prompt, Consumer<byte[]> consumer) throws IOException, InterruptedException {
        http.send(chat(prompt), HttpResponse.BodyHandlers.ofByteArrayConsumer(part -> part.ifPresent(consumer)));
    }

    HttpResponse<byte[]> get(String link, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(link)).timeout(LIMIT);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> head(String link) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(link)).timeout(LIMIT)
                .method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    JsonObject json(String link) throws IOException, InterruptedException {
        return new JsonObject(new String(get(link).body(), StandardCharsets.UTF_8));
    }

    /**
     * What arrived of an answer.
     *
     * @param breach what broke it, or null when it ended as it should
     */
    record Received(HttpHeaders headers, byte[] bytes, Throwable breach) {

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    Received receive(String prompt) {
        return receiveAsync(prompt).join();
    }

    /** A push subscriber: the JDK's InputStream loses buffered bytes when the connection breaks. */
    CompletableFuture<Received> receiveAsync(String prompt) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        AtomicReference<HttpHeaders> headers = new AtomicReference<>();
        return http.sendAsync(chat(prompt), info -> {
            headers.set(info.headers());
            return HttpResponse.BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(read::writeBytes));
        }).handle((response, e) -> new Received(headers.get(), read.toByteArray(),
                e instanceof CompletionException ? e.getCause() : e));
    }

    /** Reads until the text has been read, and not a byte further. */
    static String readUntil(InputStream in, String end) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.UTF_8).endsWith(end)) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("The stream ended before " + end);
            }
            read.write(b);
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    static List<String> payloads(String stream) {
        return stream.lines().filter(line -> line.startsWith("data: ")).map(line -> line.substring(6)).toList();
    }

    /** The delta texts of a stream, joined; payloads that are not JSON are passed over. */
    static String report(String stream) {
        StringBuilder report = new StringBuilder();
        for (String payload : payloads(stream)) {
            if (payload.startsWith("{") && payload.endsWith("}")) {
                report.append(delta(new JsonObject(payload)).getString("content", ""));
            }
        }
        return report.toString();
    }

    private static JsonObject delta(JsonObject chunk) {
        JsonArray choices = chunk.getJsonArray("choices", new JsonArray());
        return choices.isEmpty() ? new JsonObject() : choices.getJsonObject(0).getJsonObject("delta");
    }
}
