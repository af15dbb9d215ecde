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
package io.github.camelsora.internal.protocol;

import io.github.camelsora.event.SoraUsage;
import io.github.camelsora.internal.json.ErrorDetails;
import io.github.camelsora.internal.text.Link;

/** Fails a test in which something else is seen of a task than records: a poller reads no stream. */
abstract class OnlyRecords implements TaskListener {

    @Override
    public void report(String text) {
        throw unexpected();
    }

    @Override
    public void thinking(String text) {
        throw unexpected();
    }

    @Override
    public void video(Link link) {
        throw unexpected();
    }

    @Override
    public void completion(String id, String model, String finishReason, SoraUsage usage) {
        throw unexpected();
    }

    @Override
    public void failed(ErrorDetails error) {
        throw unexpected();
    }

    @Override
    public void malformed() {
        throw unexpected();
    }

    private static AssertionError unexpected() {
        return new AssertionError("A poller sees only records");
    }
}
