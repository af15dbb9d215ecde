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

import io.github.camelsora.internal.link.LinkTrust;
import org.jspecify.annotations.Nullable;

/**
 * Where the tasks of one gateway are looked up, and which of their links may be followed. Has no key: asking for the state of a
 * task needs none.
 *
 * @param gateway name of the gateway, for messages
 * @param trust which links may be followed
 * @param template the gateway's source link with {@code {taskId}} in it, or {@code null}
 */
public record TaskSource(String gateway, LinkTrust trust, @Nullable String template) {
}
