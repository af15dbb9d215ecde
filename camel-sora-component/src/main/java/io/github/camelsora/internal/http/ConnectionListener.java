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
package io.github.camelsora.internal.http;

/** Hears of the connection for a request. */
public interface ConnectionListener {

    /**
     * There is a connection, behind the proxy and TLS. On an I/O thread.
     *
     * @param close closes it; from any thread, and as often as one likes
     * @return false if it is no longer wanted: then nothing is sent over it
     */
    boolean connected(Runnable close);
}
