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
import io.github.camelsora.internal.report.ReportWords.Sense;
import io.github.camelsora.internal.text.Link;
import org.jspecify.annotations.Nullable;

/**
 * Something that was recognised in a report. It depends only on its line, so it is the same in every report; whether it
 * counts is decided by {@link ReportState}.
 */
sealed interface Sighting {

    /** The id of a task. */
    record TaskId(String id) implements Sighting {
    }

    /** The id of the video: the report tells its result now. */
    record VideoId(String id) implements Sighting {
    }

    /**
     * A word for a stage.
     *
     * @param text what it stands in
     * @param stage {@link Sense#QUEUED} or {@link Sense#GENERATING}
     * @param alone whether it is all that its line has said so far
     */
    record KnownStatus(Line line, String text, Sense stage, boolean alone) implements Sighting {
    }

    /**
     * What has the shape of a status, in words that nobody knows.
     *
     * @param wholeLine whether it is a whole line, not a text that ends in dots
     */
    record UnknownStatus(String text, boolean wholeLine) implements Sighting {
    }

    /**
     * A percentage.
     *
     * @param introduced whether the line says first of all that progress is told
     * @param named whether the line has a word for progress
     */
    record Percentage(int value, boolean introduced, boolean named) implements Sighting {
    }

    /**
     * A word or an icon for completion.
     *
     * @param inWords whether it is more than an icon in plain text, which may stand anywhere
     * @param hasLetters whether text stands with it
     */
    record Completion(Line line, boolean inWords, boolean hasLetters) implements Sighting {
    }

    /** Text that tells of nothing in particular; without a line for a tag that holds no result. */
    record OtherText(@Nullable Line line) implements Sighting {
    }

    /**
     * A markdown link, a bare link, an image, or a tag for one of these.
     *
     * @param line the link is counted in it
     * @param label what the words in its label say
     */
    record AnyLink(Line line, Link link, Set<Sense> label, boolean image) implements Sighting {
    }

    /** A link that can be nothing but the video: the source of a video tag, or one that was given outside the text. */
    record VideoLink(@Nullable Line line, Link link) implements Sighting {
    }

    /** A picture that can be of nothing but the video. */
    record Poster(Link link) implements Sighting {
    }

    /** A JSON object, {@code fenced} or on lines of its own. */
    record Json(JsonNode tree, boolean fenced) implements Sighting {
    }

    /** A line that tells of a failure. */
    record Failure(Line line, String text) implements Sighting {
    }

    /** Any other line, behind a failure: it may give the reason. */
    record BehindFailure(Line line, String text) implements Sighting {
    }

    /** The gateway says that it tries again. */
    record Retry() implements Sighting {
    }

    /** A blank line: what follows a failure is its reason only if it is quoted. */
    record BlankLine() implements Sighting {
    }
}
