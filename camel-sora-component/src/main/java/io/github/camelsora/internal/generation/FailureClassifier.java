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
package io.github.camelsora.internal.generation;

import java.io.IOException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import javax.net.ssl.SSLPeerUnverifiedException;

import io.github.camelsora.event.SoraFailureCategory;
import org.jspecify.annotations.Nullable;

import static io.github.camelsora.event.SoraFailureCategory.AUTHENTICATION;
import static io.github.camelsora.event.SoraFailureCategory.CAPACITY;
import static io.github.camelsora.event.SoraFailureCategory.CONFIGURATION;
import static io.github.camelsora.event.SoraFailureCategory.MODEL_UNAVAILABLE;
import static io.github.camelsora.event.SoraFailureCategory.QUOTA;
import static io.github.camelsora.event.SoraFailureCategory.REJECTED;
import static io.github.camelsora.event.SoraFailureCategory.UNKNOWN;
import static io.github.camelsora.event.SoraFailureCategory.UPSTREAM;

/**
 * Tells why a generation ended without a video: by the gateway's words, the first row that matches; else by the HTTP status.
 * Gateways answer most failures with status 200, so the words come first.
 */
public final class FailureClassifier {

    private static final List<Map.Entry<Pattern, SoraFailureCategory>> WORDS = List.of(
            row("moderation|policy|violation|guardrail|sentinel_block|sensitive|blocked|违规|审核", REJECTED),
            row("quota|balance|credit|额度|余额", QUOTA),
            row("model_not_found|model\\b.{0,200}?\\b(?:not found|does not exist)", MODEL_UNAVAILABLE),
            row("overload|heavy load|saturated|no available|too many|rate.?limit|负载|可用渠道", CAPACITY),
            row("timeout|timed out|upstream", UPSTREAM));

    /** {@code host: Name or service not known}, or {@code No such host is known (host)} on Windows. */
    private static final Pattern SAYS_WHY = Pattern.compile(": |\\(");
    private static final Pattern TEMPORARY = Pattern.compile("tempor|try again", Pattern.CASE_INSENSITIVE);
    private static final int MAX_CAUSES = 8;

    private FailureClassifier() {
    }

    private static Map.Entry<Pattern, SoraFailureCategory> row(String words, SoraFailureCategory category) {
        return Map.entry(Pattern.compile(words, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), category);
    }

    /**
     * The category of a connection that could not be made. A host that does not exist and a certificate that is not trusted do
     * not get better by trying again; a name server that does not answer may.
     */
    static SoraFailureCategory classify(IOException cause) {
        Throwable next = cause;
        for (int level = 0; next != null && level < MAX_CAUSES; level++) {
            if (next instanceof GeneralSecurityException || next instanceof SSLPeerUnverifiedException
                    || next instanceof UnknownHostException unknown && isFinal(unknown)) {
                return CONFIGURATION;
            }
            next = next.getCause();
        }
        return UPSTREAM;
    }

    /**
     * Java says in words whether there is no such host or no name server has answered ("Temporary failure in name resolution";
     * "Try again" with musl). Where it gives the name alone, it repeats what it has remembered for ten seconds: that may be
     * either.
     */
    private static boolean isFinal(UnknownHostException unknown) {
        String said = unknown.getMessage();
        return said != null && SAYS_WHY.matcher(said).find() && !TEMPORARY.matcher(said).find();
    }

    /**
     * The category of a failure.
     *
     * @param words what the gateway said: reason, type and code, joined; may be {@code null}
     * @param status the HTTP status, or 0 where it says nothing
     */
    public static SoraFailureCategory classify(@Nullable String words, int status) {
        if (words != null) {
            for (Map.Entry<Pattern, SoraFailureCategory> row : WORDS) {
                if (row.getKey().matcher(words).find()) {
                    return row.getValue();
                }
            }
        }
        return switch (status) {
            case 402 -> QUOTA;
            case 429, 503 -> CAPACITY;
            case 401, 403 -> AUTHENTICATION;
            case 500, 502, 504 -> UPSTREAM;
            default -> status >= 520 && status <= 529 ? UPSTREAM : UNKNOWN;
        };
    }
}
