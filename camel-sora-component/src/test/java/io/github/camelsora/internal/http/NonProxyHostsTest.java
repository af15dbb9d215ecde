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
package io.github.camelsora.internal.http;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NonProxyHostsTest {

    private static final String HOSTS = "localhost, *.Example.com,192.168.*,,[::1]";

    @ParameterizedTest
    @CsvSource({ "localhost, true", "LOCALHOST, true", "a.example.com, true", "a.b.EXAMPLE.com, true", "example.com, false",
            "a.example.com.evil, false", "192.168.1.1, true", "192x168.1.1, false", "10.0.0.1, false", "[::1], true" })
    void hostsAreComparedAsInCamelHttp(String host, boolean direct) {
        assertThat(NonProxyHosts.of(HOSTS).contains(host)).isEqualTo(direct);
    }

    @Test
    void withoutAListEveryHostIsReachedThroughTheProxy() {
        assertThat(NonProxyHosts.of(null).contains("localhost")).isFalse();
        assertThat(NonProxyHosts.of(" , ").contains("")).isFalse();
    }

    @Property
    void anAsteriskStandsForAnyCharacters(@ForAll("patterns") String pattern, @ForAll("names") String name) {
        String expression = Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        assertThat(NonProxyHosts.of(pattern).contains(name)).isEqualTo(name.matches(expression));
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars('a', 'b', '.', '*').ofMinLength(1).ofMaxLength(6);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(List.of("a", "b", ".", "ab", "aab", "a.b", "abab", "b.a.b", "aabbaa", "ab.ab.ab"));
    }
}
