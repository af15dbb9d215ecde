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
package io.github.camelsora.internal.json;

import io.github.camelsora.internal.generation.FailureClassifier;
import io.github.camelsora.internal.text.ForeignText;

import static org.assertj.core.api.Assertions.assertThat;

/** What is promised of a gateway's words, whatever it says. */
public final class ForeignWords {

    private ForeignWords() {
    }

    public static void assertClean(String... texts) {
        for (String text : texts) {
            if (text != null) {
                assertThat(text).isNotEmpty().isSameAs(ForeignText.clean(text)).hasSizeLessThanOrEqualTo(500);
            }
        }
    }

    /** An error that is one has a reason, and what is made of it is short. */
    public static void assertTold(ErrorDetails error) {
        assertClean(error.message(), error.type(), error.code(), error.reason());
        assertThat(error.reason()).isNotBlank();
        assertThat(error.describe()).startsWith(error.reason()).hasSizeLessThanOrEqualTo(1003);
        assertThat(error.words()).contains(error.reason()).hasSizeLessThanOrEqualTo(4096);
        assertThat(FailureClassifier.classify(error.words(), 0)).isNotNull();
    }
}
