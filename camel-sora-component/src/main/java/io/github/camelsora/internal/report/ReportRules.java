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

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.internal.json.ForeignJson;
import io.github.camelsora.internal.report.ReportWords.Hit;
import io.github.camelsora.internal.report.ReportWords.Sense;
import io.github.camelsora.internal.text.LinkPath;
import io.github.camelsora.internal.text.SoraLink;

/** Gives each token to the rules that it concerns. One instance per text: the report, or what the model thinks. */
final class ReportRules implements ReportTokens {

    private static final Set<String> READ = Set.of("html", "xml", "markdown", "md");
    private static final Set<String> HARMLESS = Set.of("video", "/video", "source", "/source", "img", "br", "a", "/a");

    private final ReportWords words;
    private final FailureRule failure;
    private final ResultRule result;
    private final StageRule stage;
    private final TaskRule task;
    private final RecordRule record;
    private final PercentageRule percentage;
    private boolean thinking;
    private ReportLine line;

    ReportRules(ReportWords words, FailureRule failure, ResultRule result, StageRule stage, TaskRule task, RecordRule record,
            PercentageRule percentage, boolean thinking) {
        this.words = words;
        this.failure = failure;
        this.result = result;
        this.stage = stage;
        this.task = task;
        this.record = record;
        this.percentage = percentage;
        this.thinking = thinking;
    }

    @Override
    public void lineStarted(boolean quoted) {
        line = new ReportLine(quoted, thinking);
        percentage.lineStarted();
    }

    @Override
    public void text(CharSequence run, boolean dots) {
        List<Hit> hits = words.in(run);
        failure.text(line, run, hits);
        line.add(run, hits);
        if (line.isSilent()) {
            return;
        }
        percentage.text(line, run, hits);
        if (!thinking) {
            result.text(line, run, hits);
        }
        stage.text(line, run, hits, dots);
    }

    @Override
    public void number(int value, boolean decimals, Follow follow) {
        line.addNumber(follow == Follow.PERCENT && value < 100);
        if (!line.isSilent()) {
            percentage.number(line, value, decimals, follow);
        }
    }

    @Override
    public void dotsEnded(int count) {
        if (!line.isSilent()) {
            percentage.dotsEnded(line, count);
        }
    }

    @Override
    public boolean colon() {
        boolean first = !line.hasColon();
        line.addColon();
        return first && task.colon(line);
    }

    @Override
    public void value(String token) {
        task.value(token);
        // a gateway that glues its lines together goes on behind the id
        lineStarted(line.quoted);
    }

    @Override
    public void link(String label, String url, boolean image) {
        line.addLink();
        if (line.isSilent() || percentage.label(line, label) || thinking || failure.isPending() && !result.isExpected()) {
            return;
        }
        boolean video = LinkPath.isVideo(url);
        List<Hit> hits = label == null || label.startsWith("http") ? List.of() : words.in(label);
        boolean named = video || hits.stream().anyMatch(hit -> hit.is(Sense.PLAY));
        boolean ofTask = !video && task.isAddressOfTask(line, url) || !named && !image && !LinkPath.isPicture(url);
        if (!(ofTask && task.link(line, label, url)) && result.link(line, hits, url, image)) {
            failure.clear();
        }
    }

    @Override
    public void tag(String name) {
        if (name.equals("think") || name.equals("/think")) {
            thinking = name.equals("think");
            line = new ReportLine(line.quoted, thinking);
        } else if (!HARMLESS.contains(name) && !thinking) {
            result.otherText(null);
        }
    }

    @Override
    public void attribute(String tag, String name, String value) {
        if (thinking || line.isSilent() || !SoraLink.isLink(value)) {
            return;
        }
        boolean source = name.equals("src") && (tag.equals("video") || tag.equals("source"));
        if (source && result.video(line, value)) {
            failure.clear();
        } else if (tag.equals("video") && name.equals("poster")) {
            result.poster(value);
        } else if (tag.equals("img") && name.equals("src") || tag.equals("a") && name.equals("href")) {
            link(null, value, tag.equals("img"));
        }
    }

    @Override
    public boolean fence(String language) {
        return READ.contains(language) || language.isEmpty() && result.isExpected();
    }

    @Override
    public boolean json(String json, boolean fenced) {
        JsonNode tree = ForeignJson.object(json);
        if (tree != null && !thinking) {
            record.json(tree, fenced);
        }
        // braces, but no JSON: its reader knows what to make of it
        return tree != null;
    }

    @Override
    public void lineEnded(CharSequence text) {
        if (line == null) {
            failure.blankLine();
            return;
        }
        boolean failed = line.isFailing();
        failure.lineEnded(line, text);
        if (failed && failure.isPending()) {
            result.failed();
        } else if (!line.isSilent()) {
            percentage.lineEnded(line);
            stage.lineEnded(line, text);
            if (!thinking && !line.quoted && !line.hasLetters() && !line.hasLinks() && !line.hasDigits()) {
                result.otherText(line);
            }
        }
        line = null;
    }
}
