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
package io.github.camelsora.springboot;

import io.github.camelsora.internal.http.ApiKeyException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets Spring Boot print a missing or impossible key as a description with an action, instead of a stack trace. */
final class ApiKeyAnalyzer extends AbstractFailureAnalyzer<ApiKeyException> {

    private static final String ACTION = """
            Set the key as the property camel.component.sora.api-key, or as the environment variable \
            CAMEL_COMPONENT_SORA_API_KEY; the key of another gateway is camel.component.sora.gateways.NAME.api-key. \
            The key stands there alone, without "Bearer ", quotes or white space. ${SORA_API_KEY} as its value needs an \
            environment variable of that name.

            To try without a key, and without paying, add camel-sora-test to the class path and set \
            camel.component.sora.gateway=simulator.""";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ApiKeyException cause) {
        return new FailureAnalysis(cause.getMessage(), ACTION, cause);
    }
}
