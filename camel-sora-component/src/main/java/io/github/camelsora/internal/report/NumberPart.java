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
package io.github.camelsora.internal.report;

import io.github.camelsora.internal.report.ReportTokens.Follow;

/**
 * A number and what directly follows it. {@code 44..} is 44 and two dots; {@code 98.7%} is 98 and a percent sign;
 * {@code 24fps}, {@code 9:16}, {@code 1280x720}, {@code 2026-10-19} and {@code 1.2.3} are words.
 */
final class NumberPart extends ReportPart {

    private static final int MAX_DIGITS = 3;
    private static final int MAX_BETWEEN = 3;

    private final ReportTokens tokens;
    private int value;
    private int digits;
    private int decimals;
    private boolean point;
    private int behind = -1;
    private Follow follow;

    NumberPart(ReportTokens tokens) {
        super(Kind.NUMBER);
        this.tokens = tokens;
    }

    boolean twoDots() {
        return follow == Follow.TWO_DOTS;
    }

    @Override
    Step accept(char c) {
        boolean pending = behind >= 0;
        char before = taken.isEmpty() ? ' ' : taken.charAt(taken.length() - 1);
        if (c >= '0' && c <= '9') {
            return pending && before != '.' ? ended() : digit(c, pending);
        }
        if (c == '%' || c == '％') {
            return before == '.' ? ended() : found(Follow.PERCENT, c);
        }
        if (c == '.') {
            if (before == '.') {
                return found(Follow.TWO_DOTS, c);
            }
            return pending ? ended() : behind(c);
        }
        if (pending) {
            return (c == ' ' || c == '*') && before != '.' && taken.length() - behind < MAX_BETWEEN ? take(c) : ended();
        }
        if (c == ' ' || c == '*') {
            return behind(c);
        }
        boolean word = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || "_-/:,×".indexOf(c) >= 0;
        return word ? Step.BROKEN : ended();
    }

    @Override
    Step end() {
        tell(Follow.OTHER);
        return Step.DONE;
    }

    @Override
    CharSequence rest() {
        if (behind < 0) {
            return "";
        }
        String rest = taken.substring(behind);
        taken.setLength(behind);
        return rest;
    }

    private Step digit(char c, boolean afterPoint) {
        if (afterPoint) {
            if (point) {
                return Step.BROKEN;
            }
            point = true;
            behind = -1;
        }
        if (point) {
            decimals++;
        } else if (++digits <= MAX_DIGITS) {
            value = value * 10 + c - '0';
        }
        return decimals > MAX_DIGITS * 2 || digits > MAX_DIGITS * 4 ? Step.BROKEN : take(c);
    }

    private Step behind(char c) {
        behind = taken.length();
        return take(c);
    }

    private Step found(Follow what, char c) {
        take(c);
        tell(what);
        return Step.DONE;
    }

    private Step ended() {
        tell(Follow.OTHER);
        return Step.BEFORE;
    }

    private void tell(Follow what) {
        follow = what;
        if (digits <= MAX_DIGITS) {
            tokens.number(value, point, what);
        }
    }
}
