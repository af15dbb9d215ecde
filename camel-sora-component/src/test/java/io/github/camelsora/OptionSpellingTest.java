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

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.impl.DefaultCamelContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The component's key stays with its gateway, however an endpoint spells the option that names another one. */
class OptionSpellingTest {

    private static final String KEY = "sk-the-components-own";

    @Property(tries = 300)
    void anotherBaseUrlNeverGetsTheComponentsKey(@ForAll("baseUrl") String option) throws IOException {
        assertKeyStays(option + "=https://elsewhere.example");
    }

    @Property(tries = 300)
    void anotherGatewayNeverGetsTheComponentsKey(@ForAll("gateway") String option) throws IOException {
        assertKeyStays(option + "=acme");
    }

    @Property(tries = 100)
    void anotherBaseUrlWithAKeyOfItsOwnNeverGetsTheComponentsHeaders(@ForAll("baseUrl") String option) throws IOException {
        assertKeyStays(option + "=https://elsewhere.example&apiKey=own");
    }

    @Property(tries = 100)
    void theSameBaseUrlKeepsTheComponentsKey(@ForAll("baseUrl") String option) throws IOException {
        try (DefaultCamelContext context = context()) {
            SoraConfiguration bound = bind(context, option + "=https://home.example/v1/");
            assertThat(bound.getApiKey()).isEqualTo(KEY);
            assertThat(bound.getAdditionalHeader()).containsEntry("X-Account", KEY);
        }
    }

    private static void assertKeyStays(String parameter) throws IOException {
        try (DefaultCamelContext context = context()) {
            SoraConfiguration bound = bind(context, parameter);
            assertThat(bound.getGateway() + bound.getBaseUrl()).as("what was bound").containsAnyOf("elsewhere", "acme");
            assertThat(bound.getApiKey()).isNotEqualTo(KEY);
            assertThat(bound.getAdditionalHeader()).isEmpty();
        }
    }

    private static DefaultCamelContext context() {
        DefaultCamelContext context = new DefaultCamelContext();
        SoraComponent component = context.getComponent("sora", SoraComponent.class);
        component.getConfiguration().setBaseUrl("https://home.example");
        component.getConfiguration().setApiKey(KEY);
        component.getConfiguration().getAdditionalHeader().put("X-Account", KEY);
        Gateway acme = new Gateway();
        acme.setBaseUrl("https://acme.example");
        component.getGateways().put("acme", acme);
        return context;
    }

    /** A spelling that Camel refuses binds nothing, so there is nothing to check. */
    private static SoraConfiguration bind(DefaultCamelContext context, String parameter) {
        try {
            return ((SoraEndpoint) context.getEndpoint("sora:generate?" + parameter)).getConfiguration();
        } catch (ResolveEndpointFailedException e) {
            assumeThat(e).as("a spelling that Camel binds").isNull();
            throw e;
        }
    }

    @Provide
    Arbitrary<String> baseUrl() {
        return spellings("base", "url");
    }

    @Provide
    Arbitrary<String> gateway() {
        return spellings("gateway");
    }

    /** Any case, any separator between words, with and without the name of the nested object. */
    private static Arbitrary<String> spellings(String... words) {
        Arbitrary<String> name = Combinators.combine(Arbitraries.of("", "-", "_"), Arbitraries.longs())
                .as((separator, cases) -> mixCase(String.join(separator, words), cases));
        Arbitrary<String> prefix = Combinators.combine(Arbitraries.of("", "configuration."), Arbitraries.longs())
                .as(OptionSpellingTest::mixCase);
        return Combinators.combine(prefix, name).as(String::concat);
    }

    private static String mixCase(String text, long cases) {
        return IntStream.range(0, text.length())
                .mapToObj(i -> (cases >> i & 1) == 0 ? text.charAt(i) : Character.toUpperCase(text.charAt(i)))
                .map(String::valueOf).collect(Collectors.joining());
    }
}
