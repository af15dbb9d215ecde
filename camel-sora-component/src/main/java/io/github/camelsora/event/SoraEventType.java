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

/** The kinds of {@link SoraEvent}, in the order in which a generation sends them. */
public enum SoraEventType {
    /** The gateway has named the task. Gateways without task ids send none. */
    SUBMITTED,
    /** The task waits for its turn. */
    QUEUED,
    /** The video is being made. */
    GENERATING,
    /** A new, higher percentage. */
    PROGRESS,
    /** The stream is lost; the generation goes on by polling the task's source link. */
    RECOVERING,
    /** The end: there is a video. */
    COMPLETED,
    /** The end: there is none. */
    FAILED
}
