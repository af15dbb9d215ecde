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
package io.github.camelsora.internal.record;

import io.github.camelsora.internal.json.ErrorDetails;
import io.github.camelsora.internal.text.ForeignText;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no video, as a report, a record or an error event tells it.
 *
 * @param reason the innermost message, else the code, else {@code null}; {@linkplain ForeignText#clean cleaned}
 * @param words all that was said about it, joined and cut at 4,096 characters: what the failure is classified by
 */
public record ReportFailure(@Nullable String reason, String words) {

    private static final int MAX_WORDS = 4096;

    /** Cleans the reason; a blank one is none. */
    public ReportFailure {
        reason = ForeignText.cleanOrNull(reason);
        words = words.length() > MAX_WORDS ? words.substring(0, MAX_WORDS) : words;
    }

    /** The failure that JSON tells of. */
    public static ReportFailure of(ErrorDetails error) {
        return new ReportFailure(error.reason(), error.words());
    }
}
