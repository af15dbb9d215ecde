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

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

import io.github.camelsora.internal.http.FakeDnsResolver;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds of every address, whatever the table says of some. */
class PublicAddressesPropertyTest {

    @Property
    void anEmbeddedIpv4AddressDecides(@ForAll @Size(4) byte[] v4, @ForAll boolean nat64) throws UnknownHostException {
        byte[] prefix = nat64 ? FakeDnsResolver.address("64:ff9b::").getAddress() : new byte[16];
        byte[] v6 = Arrays.copyOf(prefix, 16);
        if (!nat64) {
            v6[10] = -1;
            v6[11] = -1;
        }
        System.arraycopy(v4, 0, v6, 12, 4);
        // not by InetAddress, which would make an IPv4 address of it
        Inet6Address address = Inet6Address.getByAddress(null, v6, 0);
        assertThat(PublicAddresses.contains(address)).isEqualTo(PublicAddresses.contains(InetAddress.getByAddress(v4)));
    }

    @Property
    void addressesThatJavaCallsSpecialAreNotPublic(@ForAll @Size(4) byte[] v4, @ForAll @Size(16) byte[] v6)
            throws UnknownHostException {
        for (InetAddress address : new InetAddress[] {InetAddress.getByAddress(v4), InetAddress.getByAddress(v6)}) {
            if (address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress()
                    || address.isSiteLocalAddress() || address.isMulticastAddress()) {
                assertThat(PublicAddresses.contains(address)).isFalse();
            }
        }
    }

    @Property
    void ipv6OutsideGlobalUnicastIsNotPublicUnlessItEmbedsAnIpv4Address(@ForAll @Size(16) byte[] v6)
            throws UnknownHostException {
        if ((v6[0] & 0xE0) != 0x20 && v6[0] != 0) {
            assertThat(PublicAddresses.contains(InetAddress.getByAddress(v6))).isFalse();
        }
    }
}
