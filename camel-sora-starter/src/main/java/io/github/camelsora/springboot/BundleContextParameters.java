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

import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;

import io.github.camelsora.internal.http.ReloadableSslContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.springframework.boot.ssl.SslBundles;

/**
 * Adapts a Spring SSL bundle to Camel's {@code SSLContextParameters}. When the bundle is updated, new connections use its new
 * certificates; open ones keep theirs.
 */
final class BundleContextParameters extends SSLContextParameters {

    private final AtomicReference<SSLContext> current = new AtomicReference<>();

    /** @throws org.springframework.boot.ssl.NoSuchSslBundleException if there is no bundle of this name */
    BundleContextParameters(SslBundles bundles, String name) {
        current.set(bundles.getBundle(name).createSslContext());
        bundles.addBundleUpdateHandler(name, bundle -> current.set(bundle.createSslContext()));
    }

    @Override
    public SSLContext createSSLContext(CamelContext camel) {
        return new ReloadableSslContext(current::get);
    }
}
