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
package io.github.camelsora.test;

/**
 * A place in the answer to a chat request, in the order in which a generation passes them. "After" a point means: what stands
 * for it has been written, nothing of what follows has. A percentage is a point too; methods take it as a number.
 */
public enum Point {
    /** The request was accepted and counts as paid; nothing of the answer has been written. */
    ACCEPTED,
    /** Status line and headers. */
    HEADERS,
    /** The JSON block that echoes the request. */
    ECHO,
    /** The line with the task id and the one with its links. */
    SUBMITTED,
    /** "Queuing" and its first dot. */
    QUEUED,
    /** "Generating" and its first dot. */
    GENERATING,
    /** The first percentage. */
    PROGRESS,
    /** "Generation complete" and the sid, without a link. */
    COMPLETED,
    /** "Generation failed" and the reason; only in {@link Answer#failureText(String)}. */
    FAILED,
    /** The thumbnail and the video link. */
    LINK,
    /** The chunk with the finish reason. */
    FINISH_REASON,
    /** The chunk with the usage. */
    USAGE,
    /** {@code data: [DONE]}. */
    DONE
}
