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
package io.github.camelsora.benchmarks.client;

import io.github.camelsora.benchmarks.load.LoadStream;

/** One way to ask a gateway for streams and to read them. It parses the JSON of every chunk. */
public interface StreamClient extends AutoCloseable {

    /** Asks for a stream and returns at once. */
    void start(LoadStream stream);

    /** How many statements its task repository has sent to a database. */
    default long statements() {
        return 0;
    }

    @Override
    void close();
}
