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
package io.github.camelsora;

import java.util.function.Consumer;

import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SoraSimulator;

/**
 * A row of the fault matrix: one fault of the simulator, and what a route sees of it.
 *
 * @param name the fault, as a test that uses it writes it
 * @param options of the endpoint, beside those that make recovery quick; may be empty
 * @param recovered what the route sees with recovery
 * @param unrecovered what it sees without; {@code null} for the same
 * @param paid how many videos the gateway charges for
 */
record Fault(String name, Consumer<SoraSimulator> arrange, String options, Sight recovered, Sight unrecovered, int paid) {

    /**
     * What a route sees.
     *
     * @param category {@code null} for a video
     * @param story the names of the events, the last one included
     * @param sentence what the exception says, in part; {@code null} for a video
     */
    record Sight(SoraOutcome outcome, SoraFailureCategory category, boolean retryable, String story, String sentence) {

        static Sight video(String story) {
            return new Sight(SoraOutcome.COMPLETED, null, false, story + " COMPLETED", null);
        }

        static Sight refused(SoraFailureCategory category, boolean retryable, String sentence) {
            return new Sight(SoraOutcome.REFUSED, category, retryable, "FAILED", sentence);
        }

        static Sight failed(SoraFailureCategory category, String story, String sentence) {
            return new Sight(SoraOutcome.FAILED, category, false, (story + " FAILED").strip(), sentence);
        }

        static Sight lost(SoraFailureCategory category, String story, String sentence) {
            return new Sight(SoraOutcome.LOST, category, false, (story + " FAILED").strip(), sentence);
        }

        /** A cell of the documentation. */
        String cell() {
            String after = story.contains("RECOVERING") ? ", after RECOVERING" : "";
            if (outcome == SoraOutcome.COMPLETED) {
                return "the video" + after;
            }
            boolean resumable = outcome == SoraOutcome.LOST && story.contains("SUBMITTED");
            return outcome + ", " + category + (retryable ? ", retryable" : "") + (resumable ? ", with its task id" : "")
                    + after;
        }
    }

    static Fault of(String name, Answer answer, Sight both) {
        return of(name, answer, both, null);
    }

    static Fault of(String name, Answer answer, Sight recovered, Sight unrecovered) {
        return new Fault(name, simulator -> simulator.answer(answer), "", recovered, unrecovered, 1);
    }

    /** The same fault against an endpoint with these options. */
    Fault with(String more) {
        return new Fault(name, arrange, more, recovered, unrecovered, paid);
    }

    Fault unpaid() {
        return new Fault(name, arrange, options, recovered, unrecovered, 0);
    }

    /** A line of the documentation's table. */
    String row() {
        String condition = options.isEmpty() ? "" : " with `" + options.replace("&", "`, `") + "`";
        return "| `" + name + "`" + condition + " | " + recovered.cell() + " | "
                + (unrecovered == null ? "the same" : unrecovered.cell()) + " | " + (paid == 0 ? "nothing" : "one video")
                + " |";
    }

    @Override
    public String toString() {
        return options.isEmpty() ? name : name + " with " + options;
    }
}
