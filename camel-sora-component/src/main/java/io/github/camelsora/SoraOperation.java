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
package io.github.camelsora;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelsora.internal.text.Spelling;
import org.jspecify.annotations.Nullable;

/** What an endpoint does. */
public enum SoraOperation {
    /** Makes a video from a prompt. */
    generate,
    /** Makes a video that changes an earlier one. */
    remix,
    /** Goes on with a task that exists, without buying anything. */
    resume,
    /** Ends a generation that runs in this process. */
    cancel,
    /** Fetches the file of a video. */
    download;

    /** @throws IllegalArgumentException if there is none of that name, with those that there are */
    static SoraOperation named(@Nullable String name) {
        for (SoraOperation operation : values()) {
            if (operation.name().equals(name)) {
                return operation;
            }
        }
        throw unknown(name == null ? "" : name);
    }

    private static IllegalArgumentException unknown(String name) {
        List<String> names = Stream.of(values()).map(Enum::name).toList();
        String near = Spelling.nearest(name, names);
        return new IllegalArgumentException((name.isEmpty() ? "sora names no operation" : "sora:" + name + " is no operation")
                + "; " + (near == null ? "" : "did you mean sora:" + near + "? ") + "use "
                + names.stream().map(each -> "sora:" + each).collect(Collectors.joining(", ")));
    }
}
