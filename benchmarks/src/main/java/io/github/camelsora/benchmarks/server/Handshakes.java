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
package io.github.camelsora.benchmarks.server;

/** Counts TLS handshakes, and how many of them resumed the session of an earlier connection. */
final class Handshakes {

    private int all;
    private int resumed;

    void finished(boolean resumedSession) {
        all++;
        resumed += resumedSession ? 1 : 0;
    }

    int all() {
        return all;
    }

    int resumed() {
        return resumed;
    }
}
