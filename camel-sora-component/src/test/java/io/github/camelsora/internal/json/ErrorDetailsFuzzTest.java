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

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Any body of an answer says something of an error, or nothing. */
class ErrorDetailsFuzzTest {

    @MethodSource({"io.github.camelsora.fuzz.FuzzSeeds#errors", "io.github.camelsora.fuzz.FuzzSeeds#records"})
    @FuzzTest
    void anyBodyIsRead(byte[] body) {
        ErrorDetails error = ErrorDetails.ofBody(body);
        if (error != null) {
            ForeignWords.assertTold(error);
        }
        assertThat(ErrorDetails.isErrorBody(body) && error == null).isFalse();
    }
}
