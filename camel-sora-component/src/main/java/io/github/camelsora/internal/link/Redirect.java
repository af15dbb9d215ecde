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

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Where a redirect leads (RFC 9110, section 10.2.2). */
final class Redirect {

    private Redirect() {
    }

    static boolean isRedirect(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    /** The target, if the location is a URI. Resolved by hand where {@link URI#resolve} does not follow RFC 3986. */
    static Optional<URI> target(URI from, String location) {
        String text = location.strip();
        try {
            URI base = from.getRawPath().isEmpty() ? from.resolve("/") : from;
            URI target = text.startsWith("?")
                    ? new URI(base.getScheme() + "://" + base.getRawAuthority() + base.getRawPath() + text)
                    : base.resolve(new URI(text));
            // Parse the text again: a resolved URI can have other parts than its text says.
            return Optional.of(new URI(target.toString()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
