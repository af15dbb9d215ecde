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
package io.github.camelsora.test;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words in a prompt that make the default answer another one, for demonstrations: {@code simulate: moderation} fails with
 * {@code input_moderation}, {@code simulate: cut} breaks the stream at 61 % while the task goes on, {@code simulate: slow}
 * takes a minute. There are no others, and none where a test has scripted the answer.
 */
final class Directive {

    private static final Pattern DIRECTIVE = Pattern.compile("simulate:\\s*(moderation|cut|slow)\\b", Pattern.CASE_INSENSITIVE);
    private static final Duration SLOW = Duration.ofMinutes(1);

    private Directive() {
    }

    static Answer answerTo(String prompt) {
        Matcher matcher = DIRECTIVE.matcher(prompt);
        return switch (matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : "") {
            case "moderation" -> Answer.failureText("input_moderation");
            case "cut" -> Answer.success().cutAfter(61);
            case "slow" -> Answer.success().duration(SLOW);
            default -> Answer.success();
        };
    }
}
