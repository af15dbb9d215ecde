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
package io.github.camelsora.internal.link;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.apache.hc.client5.http.DnsResolver;

/**
 * Takes the place of HttpClient's DNS resolver and resolves nothing. {@link LinkResolver} has looked up and checked the
 * addresses; a second look-up could give others, which is how DNS rebinding works.
 */
final class RefusingDnsResolver implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        throw notChecked(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        throw notChecked(host);
    }

    private static UnknownHostException notChecked(String host) {
        return new UnknownHostException("The address of " + host + " was not checked");
    }
}
