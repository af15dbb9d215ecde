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
package io.github.camelsora.internal.delivery;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camelsora.event.SoraEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the replies of one generation or download that failed: the first one as a warning, as all of them may fail. Thread-safe.
 */
public final class ReplyFailures {

    private static final Logger LOG = LoggerFactory.getLogger(ReplyFailures.class);

    private final AtomicBoolean warned = new AtomicBoolean();

    /** An event that its listener failed on. */
    public void log(SoraEvent event, Throwable failure) {
        if (!(failure instanceof NobodyListensException) && warned.compareAndSet(false, true)) {
            LOG.warn("The reply for event {} ({}) of task {} failed: {}; further ones of it are logged at DEBUG",
                    event.getSequence(), event.getType(), event.getTaskId(), failure.toString());
        }
        LOG.debug("The reply for event {} of task {} failed", event.getSequence(), event.getTaskId(), failure);
    }
}
