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
/**
 * The Camel component {@code sora}: endpoint, options, headers and one small producer per operation. Knows exchanges and
 * options; no JSON, no report, no HTTP.
 *
 * <p>The way in: {@code SoraGenerateProducer.process} builds a request and starts a {@code Generation} (package
 * {@code internal.generation}). A protocol ({@code StreamingChat}, and {@code TaskPoller} after a break) tells it what the
 * gateway (package {@code internal.http}) sends; {@code sse}, {@code chat} and {@code report} read that; what becomes known
 * goes out as events (package {@code event}). A {@code Completion} (package {@code internal.exchange}) continues the exchange,
 * with the result or with the events. {@code GatewayResolver} decides which gateway is asked, and with which key.
 */
@NullMarked
package io.github.camelsora;

import org.jspecify.annotations.NullMarked;
