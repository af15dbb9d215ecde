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

import org.jspecify.annotations.Nullable;

/**
 * What a client must know of a run.
 *
 * @param port of the server on this machine
 * @param keyStore with the server's certificate, if it speaks TLS
 * @param repository the JDBC URL of the task repository, for {@link ClientKind#SORA_KEYS}
 */
public record ClientSettings(int port, @Nullable String keyStore, @Nullable String repository) {

    /** From the words of a command line, where nothing is an empty word. */
    public static ClientSettings of(String port, String keyStore, String repository) {
        return new ClientSettings(Integer.parseInt(port), keyStore.isEmpty() ? null : keyStore,
                repository.isEmpty() ? null : repository);
    }

    boolean tls() {
        return keyStore != null;
    }

    /** For a client that is only compared without TLS. */
    void refuseTls() {
        if (tls()) {
            throw new IllegalArgumentException("This client is not compared with TLS: name others with speed.clients");
        }
    }

    String baseUrl() {
        return scheme() + "://127.0.0.1:" + port;
    }

    String scheme() {
        return tls() ? "https" : "http";
    }
}
