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

import java.io.IOException;

import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;

/** Passes every event but input on to another handler. */
interface ForwardingEventHandler extends IOEventHandler {

    /** Gets the events. */
    IOEventHandler handler();

    @Override
    default void connected(IOSession session) throws IOException {
        handler().connected(session);
    }

    @Override
    default void outputReady(IOSession session) throws IOException {
        handler().outputReady(session);
    }

    @Override
    default void timeout(IOSession session, Timeout timeout) throws IOException {
        handler().timeout(session, timeout);
    }

    @Override
    default void exception(IOSession session, Exception cause) {
        handler().exception(session, cause);
    }

    @Override
    default void disconnected(IOSession session) {
        handler().disconnected(session);
    }
}
