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

/** How a generation ended. */
public enum SoraOutcome {
    /** A whole video link was read. */
    COMPLETED,
    /** Nothing was bought: no connection, or an answer that proves it. */
    REFUSED,
    /** The gateway says that the job failed. It may have been charged. */
    FAILED,
    /** The request was sent, and no answer decided. It may have been charged, and the video may exist. */
    LOST,
    /** A video that there is was not fetched ({@code sora:download}). Nothing was bought by that, and nothing is lost. */
    NOT_DOWNLOADED
}
