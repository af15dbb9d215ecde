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
package io.github.camelsora.benchmarks.client;

import java.util.List;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.github.camelsora.benchmarks.load.LoadStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** OpenAI's SDK as camel-openai uses it: the synchronous stream is the body, and a split iterates over its chunks. */
final class OpenAiClient implements StreamClient {

    private final ExchangeReaders readers;
    private final OpenAIClient client;
    private final CamelRoute route;

    OpenAiClient(ClientSettings settings, StreamListener listener) throws Exception {
        settings.refuseTls();
        this.readers = new ExchangeReaders(listener);
        client = OpenAIOkHttpClient.builder().baseUrl(settings.baseUrl() + "/v1").apiKey("key").build();
        route = CamelRoute.blocking(routes(), this::ended);
    }

    private RouteBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(CamelRoute.START).process(OpenAiClient.this::request)
                        .split(body()).streaming().process(OpenAiClient.this::arrived);
            }
        };
    }

    private void request(Exchange exchange) {
        readers.begin(exchange);
        StreamResponse<ChatCompletionChunk> response = client.chat().completions().createStreaming(
                ChatCompletionCreateParams.builder().model("sora-2")
                        .addUserMessage(exchange.getMessage().getBody(String.class)).build());
        exchange.getExchangeExtension().addOnCompletion(new Closing(response));
        exchange.getMessage().setBody(response.stream().iterator());
    }

    private void arrived(Exchange exchange) {
        List<ChatCompletionChunk.Choice> choices = exchange.getMessage().getBody(ChatCompletionChunk.class).choices();
        readers.of(exchange)
                .chunk(choices.isEmpty() ? null : choices.get(0).delta().content().orElse(null));
    }

    private void ended(LoadStream stream, Exchange exchange) {
        if (exchange.getException() == null) {
            // the SDK ends the iteration at [DONE]
            readers.of(exchange).done();
        }
        readers.ended(stream, exchange);
    }

    @Override
    public void start(LoadStream stream) {
        route.start(stream);
    }

    @Override
    public void close() {
        route.close();
        client.close();
    }
}
