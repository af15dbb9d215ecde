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
package io.github.camelsora.internal.observe;

import java.time.Instant;

import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.event.SoraOutcome;
import org.jspecify.annotations.Nullable;

/**
 * A generation that has ended without a video, for operators. Has no prompt, no link and no key.
 *
 * @param reason the gateway's words or ours, short, without links and without what they quote of the prompt
 */
public record RecentFailure(Instant time, String generationId, String gateway, @Nullable String model, @Nullable String taskId,
        @Nullable String routeId, SoraOutcome outcome, SoraFailureCategory category, boolean possiblyCharged, String reason) {
}
