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

/** Why a generation ended without a video, for routes that decide by it. */
public enum SoraFailureCategory {
    /** The prompt or the video was refused by moderation. Another prompt may pass; the same one will not. */
    REJECTED,
    /** The balance or quota of the key is used up. */
    QUOTA,
    /** The gateway does not have the model (any more). */
    MODEL_UNAVAILABLE,
    /** The gateway is busy. */
    CAPACITY,
    /** The key is missing, wrong, or not allowed to do this. */
    AUTHENTICATION,
    /** The address of the gateway is wrong: its host does not exist, or its certificate is not trusted. */
    CONFIGURATION,
    /** Something between here and the video broke: a connection, a timeout, a limit, a page instead of an answer. */
    UPSTREAM,
    /** Somebody has cancelled the generation, with {@code sora:cancel} or by JMX. */
    CANCELLED,
    /** None of the above. */
    UNKNOWN
}
