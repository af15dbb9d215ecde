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

import io.github.camelsora.internal.report.LineReader.FoundLink;
import io.github.camelsora.internal.report.ReportWords.Hit;
import io.github.camelsora.internal.report.ReportWords.Phrase;
import io.github.camelsora.internal.report.ReportWords.Sense;
import io.github.camelsora.internal.text.Link;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the task: its id, in a quoted line behind a label that ends with "ID", and the two links that follow it before
 * the task is complete: its page and its record. Which is which is told by the path, the label, or the place: the first is
 * the page.
 */
final class TaskRule {

    private @Nullable String id;
    private @Nullable Link page;
    private @Nullable Link record;

    /** Whose id follows a colon, {@link Sense#TASK_ID} or {@link Sense#VIDEO_ID}; {@code null} if none does. */
    static @Nullable Sense announcedId(Line line, ReportWords words) {
        Phrase key = words.in(line.key());
        int hits = key.hits().length;
        if (line.thinking() || hits == 0 || key.hasLettersBehind(key.hits()[hits - 1])) {
            return null;
        }
        Hit last = key.hits()[hits - 1];
        boolean task = last.is(Sense.TASK_ID) && line.quoted();
        boolean video = last.is(Sense.VIDEO_ID) && !key.hasLettersBefore(last);
        return task ? Sense.TASK_ID : video ? Sense.VIDEO_ID : null;
    }

    @Nullable String id() {
        return id;
    }

    @Nullable Link page() {
        return page;
    }

    @Nullable Link record() {
        return record;
    }

    /** Takes the id. Answers whether it is the first. */
    boolean identify(String first) {
        if (id != null) {
            return false;
        }
        id = first;
        return true;
    }

    /** Takes a link if it is one of the task's. */
    boolean take(FoundLink seen, boolean expectsResult) {
        Link link = seen.link();
        boolean inTaskLines = seen.line().quoted() || !expectsResult;
        String path = link.path();
        boolean isPage = path.contains("/web/");
        boolean isRecord = path.contains("/source/");
        boolean byAddress = isKnown(link) || inTaskLines && (isPage || isRecord);
        boolean byPlace = id != null && seen.line().quoted() && !expectsResult && !seen.image() && !link.isPicture()
                && !seen.says(Sense.PLAY);
        if (link.isVideo() || !byAddress && !byPlace) {
            return false;
        }
        if (isPage || isRecord ? isRecord : isRecord(seen)) {
            record = record == null ? link : record;
        } else {
            page = page == null ? link : page;
        }
        return true;
    }

    private boolean isKnown(Link link) {
        return page != null && link.equals(page) || record != null && link.equals(record);
    }

    /** Whether a link whose address does not tell what it is, is the one to the record. */
    private static boolean isRecord(FoundLink seen) {
        return seen.says(Sense.SOURCE) || seen.line().links() > 1 && !seen.says(Sense.PREVIEW);
    }
}
