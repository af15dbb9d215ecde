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
package io.github.camelsora.event;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Why a generation ended without a video, for routes that decide by it. Read from the gateway's words first, in the order
 * of the constants, then from the HTTP status.
 */
public enum SoraFailureCategory {
    /** The prompt or the video was refused by moderation. Another prompt may pass; the same one will not. */
    REJECTED("moderation|policy|violation|guardrail|sentinel_block|sensitive|blocked|违规|审核"),
    /** The balance or quota of the key is used up. */
    QUOTA("quota|balance|credit|额度|余额", 402),
    /** The gateway does not have the model (any more). */
    MODEL_UNAVAILABLE("model_not_found|model\\b.{0,200}?\\b(?:not found|does not exist)"),
    /** The gateway is busy. */
    CAPACITY("overload|heavy load|saturated|no available|too many|rate.?limit|负载|可用渠道", 429, 503),
    /** The key is missing, wrong, or not allowed to do this. */
    AUTHENTICATION(null, 401, 403),
    /** Something between here and the video broke: a connection, a timeout, a limit, a page instead of an answer. */
    UPSTREAM("timeout|timed out|upstream", 500, 502, 504),
    /** None of the above. */
    UNKNOWN(null);

    private final @Nullable Pattern words;
    private final List<Integer> statuses;

    SoraFailureCategory(@Nullable String words, Integer... statuses) {
        this.words = words == null ? null : Pattern.compile(words, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
        this.statuses = List.of(statuses);
    }

    /**
     * The category that the gateway's words name, else the one of the HTTP status.
     *
     * @param words what the gateway said: reason, type and code, joined; may be {@code null}
     * @param status the HTTP status, or 0 where it says nothing
     */
    public static SoraFailureCategory of(@Nullable String words, int status) {
        if (words != null) {
            for (SoraFailureCategory category : values()) {
                if (category.words != null && category.words.matcher(words).find()) {
                    return category;
                }
            }
        }
        for (SoraFailureCategory category : values()) {
            if (category.statuses.contains(status)) {
                return category;
            }
        }
        return status >= 520 && status <= 529 ? UPSTREAM : UNKNOWN;
    }
}
