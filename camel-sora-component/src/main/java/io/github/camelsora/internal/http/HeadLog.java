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

import io.github.camelsora.internal.text.Secrets;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ssl.SSLIOSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps keys out of HttpClient's own log. It logs the heads of answers as they come, so while it does, the keys that were sent
 * are cut out of what new connections read. When it does not, connections are left as they are.
 */
final class HeadLog {

    /** HttpClient's, of requests and answers. */
    private static final Logger HEADS = LoggerFactory.getLogger("org.apache.hc.client5.http.headers");
    /** The latest that were sent. Looking for more would cost too much. */
    private static final int MAX_KEYS = 64;

    private volatile Secrets sent = Secrets.NONE;

    /** These are about to be sent over a connection that is made behind this call. */
    synchronized void sending(Secrets secrets) {
        if (HEADS.isDebugEnabled()) {
            sent = secrets.with(sent, MAX_KEYS);
        }
    }

    IOSession decorate(IOSession session) {
        Secrets keys = sent;
        // A session with TLS has the handler of the one below it.
        return keys.isEmpty() || session instanceof SSLIOSession || !HEADS.isDebugEnabled() ? session
                : new MaskedSession(session, keys);
    }
}
