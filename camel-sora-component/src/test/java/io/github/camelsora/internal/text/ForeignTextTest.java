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
package io.github.camelsora.internal.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ForeignTextTest {

    @ParameterizedTest
    @CsvSource({"'a\r\nSet-Cookie: b', 'a Set-Cookie: b'", "'a\u0000b\u001B[31mc', 'ab[31mc'", "'\n a \n b\t', ' a  b'",
        "'a\u2028b\u0085c\u007Fd', 'a b cd'", "'\n', ''"})
    void controlCharactersGoAndWordsStayApart(String text, String clean) {
        assertThat(ForeignText.clean(text)).isEqualTo(clean);
    }

    @Test
    void cleanTextIsReturnedAsItIs() {
        String text = "进度 🏃 61 %";
        assertThat(ForeignText.clean(text)).isSameAs(text);
        assertThat(ForeignText.clean("")).isEmpty();
        assertThat(ForeignText.clean(null)).isNull();
    }

    @Test
    void bidirectionalControlsAreCut() {
        // "Trojan Source": shown, the text would end with an extension that it does not have.
        assertThat(ForeignText.clean("report\u202Egnp.exe")).isEqualTo("reportgnp.exe");
        assertThat(ForeignText.clean("\u061C\u200Ea\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069b"))
                .isEqualTo("ab");
        assertThat(ForeignText.clean("\u0634\u0643\u0631\u0627 👨\u200D👩")).as("letters, and joined emoji").hasSize(10);
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        assertThat(ForeignText.clean("x".repeat(500))).hasSize(500);
        assertThat(ForeignText.clean("x".repeat(501))).isEqualTo("x".repeat(500));
        assertThat(ForeignText.clean("x".repeat(499) + "🏃")).isEqualTo("x".repeat(499));
        assertThat(ForeignText.clean("\n".repeat(10_000) + "a" + "\n".repeat(10_000))).isEqualTo("a");
    }
}
