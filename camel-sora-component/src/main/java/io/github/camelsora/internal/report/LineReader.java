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

import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.internal.json.ForeignJson;
import io.github.camelsora.internal.report.Line.Mark;
import io.github.camelsora.internal.report.ReportWords.Hit;
import io.github.camelsora.internal.report.ReportWords.Phrase;
import io.github.camelsora.internal.report.ReportWords.Sense;
import io.github.camelsora.internal.text.Link;
import io.github.camelsora.internal.text.TaskReference;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a {@link ReportScanner} finds, in the order of the text, adds it to its {@link Line}, and gives both to the
 * rules. What they recognise goes to the {@link ReportState}. Each call is made as soon as the characters that decide it
 * have been read, so it does not depend on how the text was cut. One instance per text: the report, or the thinking.
 */
final class LineReader {

    /** What stands directly behind a number. */
    enum Follow {
        PERCENT, TWO_DOTS, OTHER
    }

    /**
     * A markdown link, a bare link, an image, or a tag for one of these.
     *
     * @param line where it stands; the link is counted in it
     * @param label what the words in its label say, one bit each
     */
    record FoundLink(Line line, Link link, int label, boolean image) {

        /** Whether its label has a word of this sense. */
        boolean says(Sense sense) {
            return (label & sense.bit) != 0;
        }
    }

    private static final Set<String> READ = Set.of("html", "xml", "markdown", "md");
    private static final Set<String> HARMLESS = Set.of("video", "/video", "source", "/source", "img", "br", "a", "/a");
    private static final Line BLANK = new Line(0, false, false);

    private final ReportWords words;
    private final ReportState report;
    private boolean thinking;
    private boolean inFence;
    private int lines;
    private Line line = BLANK;
    private final PercentageRule percentages;
    private @Nullable Sense announcedId;

    LineReader(ReportWords words, ReportState report, boolean thinking) {
        this.words = words;
        this.report = report;
        this.thinking = thinking;
        this.percentages = new PercentageRule(report);
    }

    /** A line with something on it begins; {@code quoted} if it begins with {@code >}. */
    void lineStarted(boolean quoted) {
        line = new Line(++lines, quoted, thinking);
        percentages.lineStarted();
    }

    /** Words and icons, without numbers that stand alone. {@code dots}: a dot follows, and there may be more of them. */
    void words(String text, boolean dots) {
        Phrase phrase = words.in(text);
        line = line.with(phrase);
        if (line.isSilent()) {
            return;
        }
        percentages.words(line, phrase);
        Hit completion = StageRule.completion(line, phrase);
        if (completion != null && !line.thinking()) {
            report.completion(line, phrase, completion.icon());
        } else if (phrase.hasLetters() && !line.thinking()) {
            report.otherText(line);
        }
        Hit stage = StageRule.stage(line, phrase);
        if (stage != null) {
            line = line.with(Mark.STAGE);
            report.stage(line, text, stage.is(Sense.QUEUED), StageRule.isAlone(line, phrase, dots));
        } else if (dots && StageRule.hasShape(line)) {
            line = line.with(Mark.STAGE);
            report.unknownStage(text, false);
        }
    }

    /** A number that stands alone, at most 999, rounded down. */
    void number(int value, boolean decimals, Follow follow) {
        line = line.with(Mark.DIGITS);
        if (follow == Follow.PERCENT && value < 100) {
            line = line.with(Mark.PARTIAL);
        }
        if (!line.isSilent()) {
            percentages.number(line, value, decimals, follow);
        }
    }

    /** A run of dots is over. */
    void dotsEnded(int count) {
        if (!line.isSilent()) {
            percentages.dotsEnded(line, count);
        }
    }

    /** A colon behind a word. Answers whether what follows is one token, to be given to {@link #value}. */
    boolean colon() {
        boolean first = !line.has(Mark.COLON);
        line = line.with(Mark.COLON);
        announcedId = first ? TaskRule.announcedId(line, words) : null;
        return announcedId != null;
    }

    /** The token behind a colon. */
    void value(String token) {
        if (TaskReference.isTaskId(token)) {
            if (announcedId == Sense.VIDEO_ID) {
                report.videoId(token);
            } else {
                report.taskId(token);
            }
        }
        // a gateway that glues its lines together goes on behind the id
        lineStarted(line.quoted());
    }

    /** A markdown link, an image, or (without label) a bare link. */
    void link(@Nullable String label, Link link, boolean image) {
        line = line.withLink();
        if (line.isSilent() || label != null && percentages.label(line, label) || line.thinking()) {
            return;
        }
        int senses = label == null || label.startsWith("http") ? 0 : words.in(label).senses();
        report.link(new FoundLink(line, link, senses, image));
    }

    /** A tag's name is complete; that of a closing tag begins with {@code /}. */
    void tag(String name) {
        if (name.equals("think") || name.equals("/think")) {
            thinking = name.equals("think");
            line = new Line(++lines, line.quoted(), thinking);
        } else if (!HARMLESS.contains(name) && !line.thinking()) {
            report.otherText(null);
        }
    }

    /** An attribute is complete; its value is unescaped. */
    void attribute(String tag, String name, String value) {
        Link link = line.thinking() || line.isSilent() ? null : Link.of(value);
        if (link == null) {
            return;
        }
        if (name.equals("src") && (tag.equals("video") || tag.equals("source"))) {
            report.video(line, link);
        } else if (name.equals("poster") && tag.equals("video")) {
            report.picture(link);
        } else if (tag.equals("img") && name.equals("src") || tag.equals("a") && name.equals("href")) {
            link(null, link, tag.equals("img"));
        }
    }

    /** A fenced block begins that holds no JSON. Answers whether it is to be read; else it is skipped. */
    boolean fence(String language) {
        inFence = READ.contains(language) || language.isEmpty() && report.phase().expectsResult();
        return inFence;
    }

    /** A line of backticks. Answers whether it closes a block that is being read. */
    boolean closesFence(String language) {
        boolean closes = inFence && language.isEmpty();
        inFence &= !closes;
        return closes;
    }

    /** A JSON object, {@code fenced} or on lines of its own. Answers whether it is valid. */
    boolean json(String json, boolean fenced) {
        if (json.indexOf('"') < 0) {
            // an object without a name is empty and says nothing, or is no JSON: there may be 300,000 of them
            return json.substring(1, json.length() - 1).isBlank();
        }
        JsonNode tree = ForeignJson.object(json);
        if (tree != null && !thinking) {
            report.json(tree, fenced);
        }
        return tree != null;
    }

    /** The line is over. Without {@link #lineStarted} it was blank. */
    void lineEnded(CharSequence text) {
        Line ended = line;
        line = BLANK;
        if (ended == BLANK) {
            report.blankLine();
            return;
        }
        if (!ended.has(Mark.WARNS)) {
            failureOrRetry(ended, text);
        }
        if (ended.isSilent()) {
            return;
        }
        percentages.lineEnded(ended);
        if (!ended.has(Mark.STAGE) && StageRule.hasShape(ended)) {
            report.unknownStage(text.toString(), true);
        }
        boolean onlySigns = !ended.has(Mark.LETTERS) && !ended.has(Mark.DIGITS) && ended.links() == 0;
        if (onlySigns && !ended.thinking() && !ended.quoted()) {
            report.otherText(ended);
        }
    }

    private void failureOrRetry(Line ended, CharSequence text) {
        if (ended.has(Mark.FAILS) && !ended.has(Sense.RETRYING)) {
            report.failure(ended, text.toString());
        } else if (!ended.has(Mark.FAILS) && ended.has(Sense.RETRYING)) {
            report.retry();
        } else if (!ended.has(Mark.FAILS)) {
            report.otherLine(ended, text);
        }
    }
}
