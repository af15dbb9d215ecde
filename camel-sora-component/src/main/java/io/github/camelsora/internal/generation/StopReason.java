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

import io.github.camelsora.event.SoraFailureCategory;

/**
 * Why the component itself ends a generation.
 *
 * @param why as a clause
 * @param ofTask what else is to be said if a task may exist, as the rest of the sentence
 * @param category of the failure
 */
record StopReason(String why, String ofTask, SoraFailureCategory category) {

    /** Somebody wants this one generation to end. */
    static final StopReason CANCELLED = new StopReason("it was cancelled", " here, which refunds nothing: the gateway may go "
            + "on making the video, and it is possibly charged", SoraFailureCategory.CANCELLED);

    /** The component, its context or its route stops, or nobody reads the events any more. */
    static StopReason of(String why) {
        return new StopReason(why, "", SoraFailureCategory.UNKNOWN);
    }
}
