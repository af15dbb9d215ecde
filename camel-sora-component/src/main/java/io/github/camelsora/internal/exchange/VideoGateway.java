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
package io.github.camelsora.internal.exchange;

import io.github.camelsora.SoraConstants;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** The gateway that made a video: the one that can change it, or find its task. */
public final class VideoGateway {

    private VideoGateway() {
    }

    /**
     * The name of the gateway, as the video itself or the header {@link SoraConstants#GATEWAY} says it.
     *
     * @param named by the video or event; {@code null} if it does not say
     * @return {@code null} if nothing says it
     * @throws IllegalArgumentException if the header names another one
     */
    public static @Nullable String name(@Nullable String named, Message message) {
        String header = message.getHeader(SoraConstants.GATEWAY, String.class);
        if (header == null || header.isBlank()) {
            return named;
        }
        if (named != null && !named.equals(header)) {
            throw new IllegalArgumentException("The video is of gateway " + named + ", and the header " + SoraConstants.GATEWAY
                    + " names gateway " + header + "; nothing was sent. Remove the header, if an earlier step left it");
        }
        return header;
    }
}
