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
package io.github.camelsora.internal.exchange;

import io.github.camelsora.event.SoraException;
import io.github.camelsora.internal.generation.GenerationResult;

/** An attempt that buys nothing, so that a redelivery may simply repeat it: it remembers nothing. */
public enum FreeAttempt implements Attempt {

    INSTANCE;

    @Override
    public void failed(SoraException exception) {
        // a redelivery may try again
    }

    @Override
    public void invalid() {
        // a redelivery may try again
    }

    @Override
    public void succeeded(GenerationResult.Completed result) {
        // it costs nothing to ask again
    }
}
