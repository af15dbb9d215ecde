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

import java.util.List;

import io.github.camelsora.internal.generation.GenerationStatus;
import io.github.camelsora.internal.generation.RunningGeneration;

/**
 * What operators see of a component at one moment, wherever they look. Has no prompt, no link and no key. Immutable.
 *
 * @param running what is in flight, the oldest first
 * @param failures the last ones, the newest first
 */
public record Snapshot(Totals totals, List<RunningGeneration> running, List<RecentFailure> failures) {

    /** Of a component that is not started. */
    public static final Snapshot NONE = new Snapshot(Totals.NONE, List.of(), List.of());

    /** How many of those in flight are polled, because they lost their stream. */
    public long recovering() {
        return running.stream().filter(each -> each.status().stage() == GenerationStatus.Stage.RECOVERING).count();
    }
}
