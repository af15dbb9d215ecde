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
 * <p>Text goes one way: {@code ReportScanner} splits it into words and other pieces and knows no language; {@code LineReader}
 * adds them to their {@code Line} and asks the rules, one class for each thing to be recognised; what a rule recognises
 * depends on the line alone; {@code ReportState} decides by the {@code Phase} of the report whether it counts. The words of
 * all languages are in {@code ReportWords}. {@code ReportReader} is the way in.
 */
@NullMarked
package io.github.camelsora.internal.report;

import org.jspecify.annotations.NullMarked;
