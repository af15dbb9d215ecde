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

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a connection, as they are or through TLS. Nothing in it waits. */
interface Transport {

    /** How many bytes of a request have come, -1 when none will. */
    int read(ByteBuffer target) throws IOException;

    /** Whether everything is written, what was left of earlier calls included. */
    boolean write(ByteBuffer bytes) throws IOException;

    /** Goes on with what is left. */
    boolean flush() throws IOException;

    void close();
}
