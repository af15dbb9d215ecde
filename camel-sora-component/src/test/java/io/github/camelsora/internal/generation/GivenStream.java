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
package io.github.camelsora.internal.generation;

import java.util.function.Consumer;

import io.github.camelsora.internal.protocol.GenerationProtocol;

/** A protocol whose stream a test gives: it is started and accepted, and then tells what the test says. */
class GivenStream implements GenerationProtocol {

    private final Consumer<GenerationProtocol.Listener> stream;

    GivenStream(Consumer<GenerationProtocol.Listener> stream) {
        this.stream = stream;
    }

    @Override
    public boolean isPaid() {
        return true;
    }

    @Override
    public void start(Listener listener) {
        listener.started(() -> { });
        listener.accepted();
        stream.accept(listener);
    }
}
