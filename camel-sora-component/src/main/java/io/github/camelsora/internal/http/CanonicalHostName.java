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

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Host names in the one spelling in which they are compared and connected to: ASCII in lower case without a trailing dot, IP
 * addresses as {@link InetAddress} writes them. Never looks a name up.
 */
public final class CanonicalHostName {

    private static final int MAX_LENGTH = 253;
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final String BYTE = "(0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

    private CanonicalHostName() {
    }

    /** The canonical spelling, or null if that is no host name. An IPv6 address stands in brackets, before and after. */
    public static @Nullable String of(@Nullable String host) {
        if (host == null || host.isEmpty()) {
            return null;
        }
        return host.startsWith("[") ? canonicalIpv6(host) : canonicalName(host);
    }

    private static @Nullable String canonicalName(String host) {
        String ascii;
        try {
            String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
            ascii = IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (ascii.isEmpty() || ascii.length() > MAX_LENGTH || ascii.endsWith(".")) {
            return null;
        }
        // Resolvers disagree on what 127.1, 0x7f000001 and 0177.0.0.1 are: which address, or a name.
        boolean number = NUMBER.matcher(ascii.substring(ascii.lastIndexOf('.') + 1)).matches();
        return number && !IPV4.matcher(ascii).matches() ? null : ascii;
    }

    private static @Nullable String canonicalIpv6(String host) {
        if (!host.endsWith("]") || host.indexOf('%') >= 0) {
            return null;
        }
        try {
            String address = InetAddress.getByName(host).getHostAddress();
            return address.indexOf(':') < 0 ? address : "[" + address + "]";
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** The address that a canonical host name is, if it is not a name. */
    public static Optional<InetAddress> literalAddress(String canonical) {
        if (!canonical.startsWith("[") && !IPV4.matcher(canonical).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(canonical));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(canonical + " is no address", e);
        }
    }

    /** Whether a host is this machine by its name: {@code localhost} or a loopback address, not {@code 127.example.com}. */
    public static boolean isLoopback(@Nullable String host) {
        String canonical = of(host);
        return canonical != null && (canonical.equals("localhost")
                || literalAddress(canonical).filter(InetAddress::isLoopbackAddress).isPresent());
    }
}
