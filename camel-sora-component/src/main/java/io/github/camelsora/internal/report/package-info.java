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
 * Reads a gateway's report from its text, as it grows. Knows the report's shape; no HTTP, no threads, no time.
 *
 * <p>Two layers. {@code ReportScanner} splits the text into tokens, character by character, and knows no language;
 * {@code ReportRules} gives each token to the rules that it concerns, one class for each thing to be recognised. The words of
 * all languages are in {@code ReportWords}. {@code ReportReader} is the way in, {@code TaskRecord} reads a task that is told
 * as JSON.
 */
package io.github.camelsora.internal.report;
