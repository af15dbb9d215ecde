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
 * HttpClient 5, set up for requests that cost money and for long quiet streams: TLS, proxy, timeouts, cancellation. Knows no
 * report and no policy.
 *
 * <p>Paid calls are {@link io.github.camelsora.internal.http.GatewayClient}'s. {@code internal.link} builds on what is
 * underneath: {@link io.github.camelsora.internal.http.HttpEngine} connects,
 * {@link io.github.camelsora.internal.http.ResponseReader} reads,
 * {@link io.github.camelsora.internal.http.ExchangeLifecycle} and
 * {@link io.github.camelsora.internal.http.ExchangeClock} end each exchange once.
 */
@NullMarked
package io.github.camelsora.internal.http;

import org.jspecify.annotations.NullMarked;
