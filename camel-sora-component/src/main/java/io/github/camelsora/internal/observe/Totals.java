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

/**
 * What became of all generations since the component was started.
 *
 * @param started all of them, those in flight included
 * @param completed there is a video
 * @param refused nothing was bought
 * @param failed the gateway says so
 * @param lost sent, and no answer decided
 * @param replayed answered from the task repository; they are in none of the others but {@code started}
 * @param recovered lost their stream, and were polled, whatever came of it
 * @param possiblyCharged have no video, and may have been paid for
 */
public record Totals(long started, long completed, long refused, long failed, long lost, long replayed, long recovered,
        long possiblyCharged) {

    /** Before the first. */
    public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, 0);
}
