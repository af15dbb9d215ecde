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
package io.github.camelsora.internal.generation;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;

import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

import io.github.camelsora.event.SoraFailureCategory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FailureClassifierTest {

    @ParameterizedTest
    @CsvSource({
        "input_moderation, 0, REJECTED", "This content may violate our guardrails, 0, REJECTED",
        "内容违规, 0, REJECTED", "sora_content_violation, 0, REJECTED", "sentinel_block, 400, REJECTED",
        "insufficient_user_quota, 403, QUOTA", "用户额度不足, 403, QUOTA", "'', 402, QUOTA",
        "model_not_found, 503, MODEL_UNAVAILABLE", "The model `sora-2` does not exist, 404, MODEL_UNAVAILABLE",
        "model sora-2 not found, 400, MODEL_UNAVAILABLE", "We're under heavy load, 0, CAPACITY",
        "Rate limit reached, 429, CAPACITY", "当前分组上游负载已饱和, 429, CAPACITY", "'', 429, CAPACITY", "'', 503, CAPACITY",
        "Invalid token, 401, AUTHENTICATION", "'', 403, AUTHENTICATION", "upstream error, 0, UPSTREAM",
        "'', 524, UPSTREAM", "'', 500, UPSTREAM", "'', 502, UPSTREAM", "'', 504, UPSTREAM", "'', 529, UPSTREAM",
        "'', 418, UNKNOWN", "'', 530, UNKNOWN", "something else, 0, UNKNOWN"
    })
    void wordsDecideBeforeTheStatus(String words, int status, SoraFailureCategory category) {
        assertThat(FailureClassifier.classify(words, status)).isEqualTo(category);
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere.example: Name or service not known, CONFIGURATION", "No such host is known (nowhere.example), CONFIGURATION",
        "nowhere.example: nodename nor servname provided or not known, CONFIGURATION",
        "api.example: Temporary failure in name resolution, UPSTREAM", "api.example: Try again, UPSTREAM",
        "api.example, UPSTREAM", ", UPSTREAM"
    })
    void aHostIsUnknownForGoodOnlyIfANameServerSaysSo(String message, SoraFailureCategory category) {
        assertThat(FailureClassifier.classify(new UnknownHostException(message))).isEqualTo(category);
    }

    @Test
    void aCertificateThatIsNotTrustedIsAWrongAddress() {
        IOException handshake = new SSLHandshakeException("PKIX path building failed");
        handshake.initCause(new IllegalStateException(new CertPathBuilderException("no path")));
        assertThat(FailureClassifier.classify(handshake)).isEqualTo(SoraFailureCategory.CONFIGURATION);
        assertThat(FailureClassifier.classify(new SSLPeerUnverifiedException("x")))
                .isEqualTo(SoraFailureCategory.CONFIGURATION);
        assertThat(FailureClassifier.classify(new SSLHandshakeException("Remote host terminated the handshake")))
                .isEqualTo(SoraFailureCategory.UPSTREAM);
        assertThat(FailureClassifier.classify(new ConnectException("refused"))).isEqualTo(SoraFailureCategory.UPSTREAM);
    }
}
