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

/**
 * The rest of a video of which the beginning is there (RFC 9110, section 14.2). The server sends the whole again if the video
 * is not the same any more.
 *
 * @param from the first byte that is missing
 * @param validator a strong ETag, or the date of the last change: what identifies the video
 */
public record VideoPart(long from, String validator) {
}
