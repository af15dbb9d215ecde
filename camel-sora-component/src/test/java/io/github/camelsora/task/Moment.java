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

/** When a worker is killed. */
enum Moment {
    BEFORE_CLAIM("before the key is claimed"),
    CLAIMED("the key is claimed, nothing was sent"),
    ACCEPTED("the request was taken, nothing was answered"),
    STORING_ID("the task id is known, and not yet stored"),
    ID_STORED("the task id is stored"),
    MID_STREAM("in mid-stream"),
    STORING_RESULT("the video is known, and not yet stored"),
    RESULT_STORED("the video is stored, and not yet in the route"),
    BEFORE_ACKNOWLEDGEMENT("the route has the video, the order is not acknowledged"),
    OWNER("in mid-stream, while another worker waits for the video"),
    WAITING("waiting for the video of another worker"),
    ANY("any moment at all");

    private final String text;

    Moment(String text) {
        this.text = text;
    }

    /** As it stands in the table. */
    String text() {
        return text;
    }

    /** Whether the worker itself says when it is there. */
    boolean isReported() {
        return this != ACCEPTED && this != MID_STREAM && this != OWNER && this != ANY;
    }
}
