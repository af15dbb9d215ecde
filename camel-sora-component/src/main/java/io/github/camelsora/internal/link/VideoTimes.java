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
package io.github.camelsora.internal.link;

import java.time.Duration;

/**
 * When a video that is fetched is given up.
 *
 * @param connectTimeout how long each step to a usable connection may take
 * @param readTimeout how long the server may be silent
 * @param timeout for everything: names, connections, redirects, the body
 */
public record VideoTimes(Duration connectTimeout, Duration readTimeout, Duration timeout) {
}
