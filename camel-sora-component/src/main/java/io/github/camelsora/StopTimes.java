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
package io.github.camelsora;

import org.apache.camel.CamelContext;

/** When generations that outlive a stop are ended: before Camel's own timeout, too late for their last events. */
final class StopTimes {

    private static final long MAX_MARGIN_MILLIS = 2000;

    private StopTimes() {
    }

    /** How long generations may go on once a stop has begun. */
    static long millisToEnd(CamelContext context) {
        return timeoutMillis(context) - marginMillis(context);
    }

    /** What is left of Camel's timeout then, for last events and error handlers. */
    static long marginMillis(CamelContext context) {
        return Math.min(MAX_MARGIN_MILLIS, timeoutMillis(context) / 4);
    }

    private static long timeoutMillis(CamelContext context) {
        return context.getShutdownStrategy().getTimeUnit().toMillis(context.getShutdownStrategy().getTimeout());
    }
}
