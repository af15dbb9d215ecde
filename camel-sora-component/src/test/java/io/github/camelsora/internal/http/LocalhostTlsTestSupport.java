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

import java.nio.file.Path;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A client that trusts servers of this machine, over TLS and without. */
abstract class LocalhostTlsTestSupport extends GatewayClientTestSupport {

    static SSLContext localhost;

    @BeforeAll
    static void certificate(@TempDir Path directory) throws Exception {
        localhost = TestCertificate.contextFor("localhost", directory);
    }

    @Override
    public GatewayClientSettings settings() {
        return new GatewayClientSettings(localhost, null);
    }
}
