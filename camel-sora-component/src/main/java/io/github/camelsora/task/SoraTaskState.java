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
package io.github.camelsora.task;

/** How far a stored task has come. */
public enum SoraTaskState {

    /** Its request is about to be sent, or was sent and is not answered yet: it may have been paid for. */
    CLAIMED,

    /** The gateway has told what the task can be found by. */
    SUBMITTED,

    /** There is a video. */
    COMPLETED,

    /** The gateway says that it has failed. */
    FAILED,

    /** No answer decided. It can be followed if what it can be found by is known. */
    LOST;

    /** Whether its owner does nothing more for it. */
    public boolean isFinished() {
        return this != CLAIMED && this != SUBMITTED;
    }
}
