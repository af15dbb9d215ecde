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

/** A JSON object that stands for itself, as the whole content or on lines of its own. */
final class JsonPart extends ReportPart {

    private final ReportTokens tokens;
    private final JsonShape shape = new JsonShape();

    JsonPart(ReportTokens tokens) {
        super(Kind.JSON);
        this.tokens = tokens;
    }

    @Override
    Step accept(char c) {
        return switch (shape.accept(c)) {
            case MORE -> take(c);
            case DONE -> {
                take(c);
                boolean valid = tokens.json(taken.toString(), false);
                taken.setLength(valid ? taken.length() : taken.length() - 1);
                yield valid ? Step.DONE : Step.BROKEN;
            }
            case BROKEN_STRING, FOREIGN -> Step.BROKEN;
        };
    }

    /** What is cut within JSON is not text: a prompt in it would be read as the report. */
    @Override
    Step end() {
        return Step.DONE;
    }
}
