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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import org.apache.camel.Exchange;
import org.apache.camel.spi.SendDynamicAware;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code toD} with a model that changes from message to message. */
class SendDynamicTest extends SoraRouteTest {

    private static final Pattern MODEL = Pattern.compile("\"model\":\"([^\"]*)\"");

    private final SoraSendDynamicAware dynamic = new SoraSendDynamicAware();

    @BeforeEach
    void connect() {
        dynamic.setCamelContext(context);
        dynamic.setScheme("sora");
        dynamic.init();
    }

    private List<String> endpoints() {
        return context.getEndpoints().stream().map(endpoint -> endpoint.getEndpointUri())
                .filter(uri -> uri.startsWith("sora")).toList();
    }

    /** The models that were asked for. */
    private Set<String> models() {
        return simulator().requests().stream().flatMap(request -> MODEL.matcher(request.body()).results())
                .map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aHundredModelsUseOneEndpoint() throws Exception {
        routes(route -> route.from("direct:in").toD("sora:generate?maxHistoryMessages=7&model=${header.which}"));
        List<String> names = IntStream.range(0, 100).mapToObj(i -> "sora-model-" + i).toList();
        for (String name : names) {
            Exchange done = send("direct:in", "a cow", Map.of("which", name));
            assertThat(done.getMessage().getBody(SoraVideo.class).model()).isEqualTo(name);
            assertThat(done.getMessage().getHeaders()).doesNotContainKey(SoraConstants.MODEL);
        }
        assertThat(endpoints()).containsExactly("sora://generate?maxHistoryMessages=7");
        assertThat(models()).containsExactlyElementsOf(new TreeSet<>(names));
    }

    @Test
    void aHeaderThatIsThereOverridesTheOptionAndStays() throws Exception {
        routes(route -> route.from("direct:in").toD("sora:generate?model=${header.which}"));
        Exchange done = send("direct:in", "a cow", Map.of("which", "of-the-uri", SoraConstants.MODEL, "of-the-header"));
        assertThat(done.getMessage().getBody(SoraVideo.class).model()).isEqualTo("of-the-header");
        assertThat(done.getMessage().getHeader(SoraConstants.MODEL)).isEqualTo("of-the-header");
    }

    @Test
    void aFailedStepLeavesNoHeaderAndTheNextModelIsNewlyPaid() throws Exception {
        simulator().answer(Answer.status(400), Answer.success());
        routes(route -> route.from("direct:in").doTry().toD("sora:generate?model=${header.first}")
                .doCatch(Exception.class).setProperty("seen", route.header(SoraConstants.MODEL))
                .setBody(route.constant("a cow"))
                .toD("sora:generate?model=${header.second}").end());
        Exchange done = send("direct:in", "a cow", Map.of("first", "one", "second", "two"));
        assertThat(done.getException()).isNull();
        assertThat(done.getProperty("seen")).isNull();
        assertThat(done.getMessage().getBody(SoraVideo.class).model()).isEqualTo("two");
        assertThat(models()).containsExactly("one", "two");
    }

    @Test
    void aRedeliveryOfTheStepPaysOnce() throws Exception {
        simulator().answer(Answer.status(429), Answer.success());
        routes(route -> {
            route.onException(Exception.class).maximumRedeliveries(2).redeliveryDelay(1);
            route.from("direct:in").toD("sora:generate?model=${header.which}");
        });
        Exchange done = send("direct:in", "a cow", Map.of("which", "one"));
        assertThat(done.getMessage().getBody(SoraVideo.class).model()).isEqualTo("one");
        assertThat(models()).containsExactly("one");
        assertThat(endpoints()).containsExactly("sora://generate");
    }

    /** An empty cell: the URI is used as it is. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "sora:generate?model=a, sora:generate, a",
        "sora:generate?model=a&streaming=true, sora:generate?streaming=true, a",
        "sora:remix?requestKey=x%26y%25&model=a/b:c&streaming=true, sora:remix?requestKey=x%26y%25&streaming=true, a/b:c",
        "sora:generate?model=a%2Fb, ,",
        "sora:generate?model=a+b, ,",
        "sora:generate?streaming=true, ,",
        "sora:generate, ,",
        "sora:generate?model=, ,",
        "sora:generate?model=a&model=b, ,",
        "sora:generate?model=RAW(a&b), ,",
        "sora:generate?additionalBodyProperty.x=RAW(a&model=b)&model=c, ," })
    void onlyTheModelIsTakenOutOfTheUri(String uri, String expected, String model) throws Exception {
        Exchange exchange = new DefaultExchange(context);
        SendDynamicAware.DynamicAwareEntry entry = dynamic.prepare(exchange, uri, uri);
        assertThat(dynamic.resolveStaticUri(exchange, entry)).isEqualTo(expected);
        assertThat(dynamic.createPreProcessor(exchange, entry) == null).isEqualTo(model == null);
        if (model != null) {
            dynamic.createPreProcessor(exchange, entry).process(exchange);
            assertThat(exchange.getMessage().getHeader(SoraConstants.MODEL)).isEqualTo(model);
        }
    }
}
