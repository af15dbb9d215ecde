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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses of the public internet, by the IANA registries of special-purpose addresses. Links are followed to no others,
 * which prevents SSRF (server-side request forgery). An IPv6 address that carries an IPv4 address is judged by that one, where
 * a network may translate it, and otherwise not public.
 */
final class PublicAddresses {

    private static final List<Block> SPECIAL_V4 = blocks(
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
            // in the public range, but at Azure the host of the virtual machine answers there
            "168.63.129.16/32");
    private static final Block GLOBAL_V6 = block("2000::/3");
    /** IETF protocols (Teredo among them), documentation, 6to4. */
    private static final List<Block> SPECIAL_V6 = blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");
    private static final Block NAT64 = block("64:ff9b::/96");
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private PublicAddresses() {
    }

    static boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return isPublicV4(bytes);
        }
        // Java turns a mapped address into an IPv4 one nearly everywhere, but not for an address with a scope
        if (Arrays.equals(bytes, 0, MAPPED.length, MAPPED, 0, MAPPED.length) || NAT64.contains(bytes)) {
            return isPublicV4(Arrays.copyOfRange(bytes, 12, 16));
        }
        return GLOBAL_V6.contains(bytes) && SPECIAL_V6.stream().noneMatch(block -> block.contains(bytes));
    }

    private static boolean isPublicV4(byte[] bytes) {
        return SPECIAL_V4.stream().noneMatch(block -> block.contains(bytes));
    }

    private static List<Block> blocks(String... texts) {
        return Stream.of(texts).map(PublicAddresses::block).toList();
    }

    private static Block block(String text) {
        int slash = text.indexOf('/');
        try {
            return new Block(InetAddress.getByName(text.substring(0, slash)).getAddress(),
                    Integer.parseInt(text.substring(slash + 1)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private record Block(byte[] prefix, int bits) {

        boolean contains(byte[] address) {
            int whole = bits / 8;
            int mask = 0xFF00 >> bits % 8;
            return Arrays.equals(prefix, 0, whole, address, 0, whole)
                    && (bits % 8 == 0 || ((prefix[whole] ^ address[whole]) & mask & 0xFF) == 0);
        }
    }
}
