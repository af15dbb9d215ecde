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

/** Is told of each chunk before it is written. Tests and measurements of delivery times use it. */
@FunctionalInterface
public interface WriteListener {

    /**
     * A chunk is about to be given to its socket. On the event loop that serves the stream: only to note it down.
     *
     * @param taskId the task that the stream shows
     * @param point the point that is reached with the chunk, or {@code null}
     * @param percent the percentage that is reached with it, or -1
     */
    void writing(String taskId, Point point, int percent);
}
