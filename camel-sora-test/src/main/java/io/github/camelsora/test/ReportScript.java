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

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.json.Json;

/** Writes the script of a generation: the report of the documented gateways, cut into deltas as they cut it. */
final class ReportScript {

    private static final Step ROLE = Step.wireOnly(ChunkEncoder::role);
    private static final Step DOT = Step.text(".").inPace();
    private static final int ECHO_PIECES = 48;

    private ReportScript() {
    }

    static Script completed(ChatRequest request, TaskLinks links, int[] percentages) {
        List<Step> steps = running(request, links, percentages);
        steps.add(Step.text("\n\n> Generation complete ✅\n> sid: " + links.videoId() + "\n\n").at(Point.COMPLETED).inPace());
        steps.add(Step.text("![" + links.thumbnail() + "](" + links.thumbnail() + ")\n[Play online▶️](" + links.video() + ")")
                .at(Point.LINK));
        steps.addAll(closing());
        return Script.of(steps);
    }

    static Script failed(ChatRequest request, TaskLinks links, int[] percentages, String reason) {
        List<Step> steps = running(request, links, percentages);
        steps.add(Step.text("\n\n> Generation failed ❌\n> Failure reason: " + reason + "\n").at(Point.FAILED).inPace());
        steps.addAll(closing());
        return Script.of(steps).failing();
    }

    static List<Step> closing() {
        return List.of(
                Step.wireOnly(ChunkEncoder::finish).at(Point.FINISH_REASON),
                Step.wireOnly(ChunkEncoder::usage).at(Point.USAGE),
                Step.wireOnly(ChunkEncoder::done).at(Point.DONE));
    }

    private static List<Step> running(ChatRequest request, TaskLinks links, int[] percentages) {
        List<Step> steps = new ArrayList<>();
        steps.add(Step.silent(Point.ACCEPTED));
        steps.add(Step.silent(Point.HEADERS));
        steps.add(ROLE);
        pieces(echo(request)).forEach(piece -> steps.add(Step.text(piece)));
        steps.add(Step.text(""));
        steps.add(Step.wireOnly(ChunkEncoder::nothing).at(Point.ECHO));
        steps.add(Step.text("\n\n> ID: `" + links.taskId() + "`\n>[Data Preview](" + links.web() + ") | [Source Data]("
                + links.source() + ")\n").at(Point.SUBMITTED));
        steps.add(Step.text("> Queuing"));
        steps.add(DOT.at(Point.QUEUED));
        steps.add(DOT);
        steps.add(DOT);
        steps.add(Step.text("\n> Generating"));
        steps.add(DOT.at(Point.GENERATING));
        for (int i = 0; i < percentages.length; i++) {
            String number = percentages[i] + "..";
            steps.add(Step.text(i == 0 ? "\n\n>🏃 Progress " + number : number).atPercent(percentages[i]).inPace());
        }
        return steps;
    }

    private static String echo(ChatRequest request) {
        String sid = request.sourceSid() == null ? "" : ",\n  \"sid\": " + Json.encode(request.sourceSid());
        return "```json\n{\n  \"prompt\": " + Json.encode(request.prompt()) + ",\n  \"orientation\": "
                + Json.encode(request.orientation()) + sid + "\n}\n```";
    }

    /** Splits text into small tokens, as models stream it; a long prompt into longer pieces. */
    private static List<String> pieces(String text) {
        int atLeast = text.length() / ECHO_PIECES;
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int i = 1; i < text.length(); i++) {
            char next = text.charAt(i);
            boolean boundary = next == ' ' && text.charAt(i - 1) != ' ' || next == '\n' || text.charAt(i - 1) == '\n'
                    || next == '"' || next == '`' && text.charAt(i - 1) != '`';
            boolean endless = i - start > 2 * atLeast + 32 && !Character.isLowSurrogate(next);
            if (boundary && i - start > atLeast || endless) {
                pieces.add(text.substring(start, i));
                start = i;
            }
        }
        pieces.add(text.substring(start));
        return pieces;
    }
}
