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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.camelsora.internal.text.ForeignText;
import io.github.camelsora.internal.text.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a paid request, the key among them. Users may put secrets into any of them, so {@code toString} shows the
 * names only. Immutable.
 */
public final class RequestHeaders {

    /** No headers. */
    public static final RequestHeaders NONE = builder().build();

    private final List<SecretHeader> headers;
    private final @Nullable String keyHeader;
    private final Secrets secrets;

    private RequestHeaders(List<SecretHeader> headers, @Nullable String keyHeader) {
        this.headers = List.copyOf(headers);
        this.keyHeader = keyHeader;
        this.secrets = findSecrets();
    }

    public static Builder builder() {
        return new Builder();
    }

    List<SecretHeader> list() {
        return headers;
    }

    /** What of them is to be cut out of foreign text. */
    public Secrets secrets() {
        return secrets;
    }

    private Secrets findSecrets() {
        Map<Boolean, List<String>> values = headers.stream().collect(Collectors.partitioningBy(
                header -> header.getName().equalsIgnoreCase(keyHeader) || header.getName().equalsIgnoreCase("Authorization"),
                Collectors.mapping(SecretHeader::getValue, Collectors.toList())));
        return Secrets.of(values.getOrDefault(true, List.of()), values.getOrDefault(false, List.of()));
    }

    /** Whether there is a header of this name, in whatever case. */
    public boolean contains(String name) {
        return headers.stream().anyMatch(header -> header.getName().equalsIgnoreCase(name));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RequestHeaders those && values().equals(those.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    private Map<String, String> values() {
        return headers.stream().collect(Collectors.toMap(header -> header.getName().toLowerCase(Locale.ROOT),
                SecretHeader::getValue));
    }

    @Override
    public String toString() {
        return headers.stream().map(SecretHeader::getName).collect(Collectors.joining(", ", "RequestHeaders[", "]"));
    }

    /** Collects headers; the last one of a name holds, whatever its case. */
    public static final class Builder {

        /** A token as RFC 9110, section 5.6.2 defines it. */
        private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]++");

        private final List<SecretHeader> headers = new ArrayList<>();
        private @Nullable String keyHeader;

        private Builder() {
        }

        /** Adds the key in the form that this header wants. */
        public Builder key(String name, ApiKey key) {
            keyHeader = name;
            return header(name, key.headerValue(name));
        }

        /**
         * Adds any header. This is the one place where names and values are checked: a line end in one would add headers of
         * its own (header injection).
         *
         * @throws IllegalArgumentException if a name or a value cannot be sent; the message does not show the value
         */
        public Builder header(String name, String value) {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, name);
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("Not the name of a header: " + ForeignText.clean(name)
                        + "; letters, digits and hyphens are permitted, such as X-API-Key");
            }
            if (value.chars().anyMatch(character -> character < ' ' && character != '\t' || character == 0x7F)) {
                throw new IllegalArgumentException("The value of the header " + name
                        + " holds a line end or another control character: give it on one line");
            }
            headers.removeIf(header -> header.getName().equalsIgnoreCase(name));
            headers.add(new SecretHeader(name, value));
            return this;
        }

        public RequestHeaders build() {
            return new RequestHeaders(headers, keyHeader);
        }
    }
}
