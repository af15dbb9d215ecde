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
package io.github.camelsora.internal.protocol;

import io.github.camelsora.event.SoraUsage;
import io.github.camelsora.internal.json.ErrorDetails;
import io.github.camelsora.internal.record.TaskRecord;
import io.github.camelsora.internal.text.Link;
import org.jspecify.annotations.Nullable;

/** Receives what a protocol observes of a task. */
public interface TaskListener {

    /** The next piece of the gateway's report. */
    void report(String text);

    /** The next piece of what the gateway tells beside the report. */
    void thinking(String text);

    /** A link to the video, outside the report. */
    void video(Link link);

    /** What a chat completion says of itself; {@code null} where this piece does not say it. */
    void completion(@Nullable String id, @Nullable String model, @Nullable String finishReason, @Nullable SoraUsage usage);

    /** The gateway says that the task has failed. */
    void failed(ErrorDetails error);

    /** The state of the task, as JSON. */
    void record(TaskRecord record);

    /** A malformed payload was skipped. */
    void malformed();
}
