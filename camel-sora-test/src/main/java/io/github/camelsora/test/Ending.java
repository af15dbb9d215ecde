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

/** What happens to the connection after the last byte of an answer was written. */
enum Ending {
    /** The body ends properly, as HTTP requires. */
    CLEAN,
    /** The socket is closed in the middle of the body. */
    CUT,
    /** The socket is reset (RST). */
    RESET,
    /** Nothing more happens; the client has to give up. */
    HOLD,
    /** Comments for ever, and nothing else. */
    COMMENTS
}
