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

import java.util.concurrent.Executor;

import io.github.camelsora.internal.generation.Generation;
import io.github.camelsora.internal.generation.GenerationBuilder;
import io.github.camelsora.internal.generation.GenerationListener;

/** An exchange that waits for its generation: which events it wants, on which threads, and what its end changes. */
public interface WaitingExchange extends GenerationListener {

    /** Where events and the end are told. */
    Executor workers();

    /** Adds who listens to the events, and builds the generation. Comes once, before everything else. */
    Generation build(GenerationBuilder builder);
}
