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

import java.util.ArrayList;
import java.util.List;

import io.github.camelsora.internal.report.ReportWords.Hit;
import io.github.camelsora.internal.report.ReportWords.Sense;
import io.github.camelsora.internal.text.LinkPath;

/**
 * Recognises the result: its video id, its links, and its picture. A link whose path or label says that it is a video is
 * one. Any other link counts only where a result is expected: behind the words or icons for completion, behind the video
 * id, before any text, or as the last thing behind a status that follows the last percentage. There, of two plain links on
 * lines of their own the first is the picture. Text behind the result ends that place, so that a footer adds nothing.
 */
final class ResultRule {

    /** How a link was known to be the video, the better the higher. */
    private enum Rank {
        PLACE, HINT, VIDEO
    }

    private enum Place {
        /** No text was read yet. */
        START,
        /** Behind the words for completion. */
        RESULT,
        /** Anywhere else. */
        ELSEWHERE
    }

    private record Result(String url, Rank rank, int block) {
    }

    /** More videos than this are no result. The last ones are kept, as the last is the best. */
    private static final int MAX_RESULTS = 100;

    private final ReportProgress progress;
    private final List<Result> results = new ArrayList<>();
    private Place place = Place.START;
    private int block;
    private Rank best;
    private ReportLine foundOn;
    private String waiting;
    private ReportLine waitingOn;
    private String thumbnail;
    private boolean hasThumbnail;
    private String picture;
    private String videoId;
    private Integer statusAt;

    ResultRule(ReportProgress progress) {
        this.progress = progress;
    }

    String videoId() {
        return videoId;
    }

    String thumbnailUrl() {
        return thumbnail;
    }

    List<String> videoUrls() {
        return results.stream().map(Result::url).distinct().toList();
    }

    /** The last video that is no download twin, of the last block that has one. */
    String videoUrl() {
        Result chosen = null;
        for (Result result : results) {
            boolean twin = LinkPath.isDownload(result.url());
            boolean better = chosen == null || twin == LinkPath.isDownload(chosen.url())
                    && (result.block() > chosen.block() || result.rank().compareTo(chosen.rank()) >= 0)
                    || !twin && LinkPath.isDownload(chosen.url());
            chosen = better ? result : chosen;
        }
        return chosen == null ? null : chosen.url();
    }

    boolean isFound() {
        return !results.isEmpty();
    }

    /** Whether the task is said to be complete, and no text has followed the result. */
    boolean isExpected() {
        return place == Place.RESULT;
    }

    void videoId(String id) {
        videoId = id;
        if (results.isEmpty()) {
            expect();
        }
    }

    /** A status in words that nobody knows: behind the last percentage it is most likely the completion. */
    void unknownStatus() {
        statusAt = progress.highest();
    }

    /** The task has failed: nothing is expected any more, but what was read as a result stays one. */
    void failed() {
        if (place != Place.RESULT) {
            waiting = null;
        }
        settle();
        place = Place.ELSEWHERE;
    }

    void text(ReportLine line, CharSequence run, List<Hit> hits) {
        Hit completion = hits.stream().filter(hit -> completes(line, run, hit)).findFirst().orElse(null);
        if (completion != null && (results.isEmpty() || line.quoted || !completion.icon())) {
            settle();
            expect();
        } else if (ReportLine.lettersIn(run, 0, run.length())) {
            otherText(line);
        }
    }

    /** A tag that holds no video, or a line without words: something else begins. */
    void otherText(ReportLine line) {
        if (place == Place.ELSEWHERE || place == Place.START && line != null && line.quoted) {
            // a link that nothing announced was the result only if no report follows it
            waiting = null;
        }
        settle();
        picture = null;
        if (place == Place.START && best == null || best != null && line != foundOn) {
            place = Place.ELSEWHERE;
        }
    }

    /** Takes a link. Answers whether it is a result. */
    boolean link(ReportLine line, List<Hit> label, String url, boolean image) {
        boolean video = LinkPath.isVideo(url);
        boolean play = has(label, Sense.PLAY);
        if (!video && (image || LinkPath.isPicture(url) || has(label, Sense.THUMBNAIL)
                || line.isKeyed(Sense.THUMBNAIL))) {
            picture(url, image);
            return false;
        }
        if (video || play) {
            return (place != Place.ELSEWHERE || results.isEmpty() || video && play) && found(line, url, Rank.VIDEO);
        }
        boolean hinted = has(label, Sense.VIDEO) || line.has(Sense.COMPLETE) || line.isKeyed(Sense.VIDEO);
        boolean plausible = switch (place) {
            case START -> !line.quoted;
            case RESULT -> hinted || !line.hasLetters();
            case ELSEWHERE -> results.isEmpty() && isPerhapsComplete() && !line.quoted && !line.hasLetters();
        };
        if (!plausible || best == Rank.VIDEO && !LinkPath.isDownload(url) || best == Rank.HINT && !hinted) {
            return false;
        }
        return hinted && place == Place.RESULT ? found(line, url, Rank.HINT) : plain(line, url);
    }

    /** A link that can be nothing but the video, wherever it stands. */
    boolean video(ReportLine line, String url) {
        if (LinkPath.isPicture(url)) {
            poster(url);
            return false;
        }
        return found(line, url, Rank.VIDEO);
    }

    /** A picture that can be of nothing but the video. */
    void poster(String url) {
        thumbnail = url;
        hasThumbnail = true;
    }

    /** What waited for the next line has none. */
    void end() {
        settle();
    }

    private boolean isPerhapsComplete() {
        return progress.highest() != null && (progress.highest() == 100 || progress.highest().equals(statusAt));
    }

    private static boolean completes(ReportLine line, CharSequence run, Hit hit) {
        boolean first = !ReportLine.lettersIn(run, 0, hit.start()) && line.key().length() <= run.length();
        boolean other = line.has(Sense.NOTED) || line.has(Sense.TASK_ID) || line.has(Sense.PROGRESS);
        return hit.is(Sense.COMPLETE) && !line.isPartial() && (line.quoted || first) && !(hit.icon() && other);
    }

    private void expect() {
        if (place != Place.RESULT || best != null) {
            place = Place.RESULT;
            block++;
            best = null;
            hasThumbnail = false;
            picture = null;
        }
    }

    private void picture(String url, boolean image) {
        settle();
        if (place == Place.RESULT && !hasThumbnail) {
            // a plain link to a picture may be an animation: an image behind it is the better one
            poster(url);
            hasThumbnail = image;
        } else if (results.isEmpty()) {
            picture = url;
        }
    }

    private boolean plain(ReportLine line, String url) {
        if (waiting == null) {
            waiting = url;
            waitingOn = line;
            return false;
        }
        return found(line, url, Rank.PLACE);
    }

    private boolean found(ReportLine line, String url, Rank rank) {
        if (place == Place.ELSEWHERE) {
            String before = picture;
            expect();
            picture = before;
        }
        if (waiting != null) {
            boolean aloneBefore = waitingOn != line && waitingOn.links() == 1;
            picture = aloneBefore ? waiting : picture;
            if (!aloneBefore && rank == Rank.PLACE) {
                add(waiting, rank);
            }
            waiting = null;
        }
        if (picture != null && !hasThumbnail) {
            poster(picture);
        }
        picture = null;
        add(url, rank);
        foundOn = line;
        return true;
    }

    private void settle() {
        if (waiting != null) {
            String url = waiting;
            waiting = null;
            found(waitingOn, url, Rank.PLACE);
        }
    }

    private void add(String url, Rank rank) {
        best = best == null || rank.compareTo(best) > 0 ? rank : best;
        if (results.stream().noneMatch(result -> result.url().equals(url))) {
            if (results.size() == MAX_RESULTS) {
                results.remove(0);
            }
            results.add(new Result(url, rank, block));
        }
    }

    private static boolean has(List<Hit> hits, Sense sense) {
        return hits.stream().anyMatch(hit -> hit.is(sense));
    }
}
