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
import java.util.Comparator;
import java.util.List;

import io.github.camelsora.internal.report.Line.Mark;
import io.github.camelsora.internal.report.LineReader.FoundLink;
import io.github.camelsora.internal.report.ReportWords.Sense;
import io.github.camelsora.internal.text.Link;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the result: its links, and its picture. A link whose path or label says that it is a video is one. Any other
 * link counts only where a result is expected: behind the words or icons for completion, behind the video id, before any
 * text, or as the last thing behind a status that follows the last percentage. There, of two plain links on lines of their
 * own the first is the picture, so a plain link waits for what follows it.
 */
final class ResultRule {

    /** How a link was known to be the video, the better the higher. */
    private enum Rank {
        PLACE, HINT, VIDEO
    }

    /** @param block counts the places where a result was expected: each one replaces those before it */
    private record Candidate(Link link, Rank rank, int block) {
        boolean isTwin() {
            return link.isDownload();
        }
    }

    /** A link that saves the video is its twin. The last block counts, then what is most surely a video, then the last link. */
    private static final Comparator<Candidate> BETTER = Comparator.comparing(Candidate::isTwin).reversed()
            .thenComparing(Candidate::block).thenComparing(Candidate::rank);

    /** More videos than this are no result. The last ones are kept, as the last is the best. */
    private static final int MAX_CANDIDATES = 100;
    private static final int NO_LINE = 0;

    private final List<Candidate> candidates = new ArrayList<>();
    private int block;
    private @Nullable Rank best;
    private int line = NO_LINE;
    private @Nullable FoundLink waiting;
    private boolean waitsAlone;
    private @Nullable String videoId;
    private @Nullable Link thumbnail;
    private boolean hasThumbnail;
    private @Nullable Link picture;

    @Nullable String videoId() {
        return videoId;
    }

    void videoId(String id) {
        videoId = id;
    }

    /** The picture of the video. */
    @Nullable Link thumbnail() {
        return thumbnail;
    }

    /** All videos, in the order of the report. */
    List<Link> videos() {
        return candidates.stream().map(Candidate::link).toList();
    }

    /** The best video. */
    @Nullable Link video() {
        Candidate better = null;
        for (Candidate next : candidates) {
            better = better == null || BETTER.compare(next, better) >= 0 ? next : better;
        }
        return better == null ? null : better.link();
    }

    boolean isFound() {
        return !candidates.isEmpty();
    }

    /** Whether the last link of the result is on this line. */
    boolean isOn(@Nullable Line other) {
        return other != null && other.number() == line;
    }

    /** The links of another result begin. */
    void beginBlock() {
        block++;
        best = null;
        line = NO_LINE;
        hasThumbnail = false;
        picture = null;
    }

    /** A link of any kind is on this line. */
    void linkOn(Line on) {
        waitsAlone &= waiting == null || waiting.line().number() != on.number();
    }

    /** Takes a link. Answers whether it is a result. */
    boolean link(FoundLink seen, Phase phase, boolean perhapsComplete) {
        Link link = seen.link();
        Line on = seen.line();
        boolean video = link.isVideo();
        if (!video && (seen.image() || link.isPicture() || seen.says(Sense.THUMBNAIL)
                || on.isKeyed(Sense.THUMBNAIL))) {
            return picture(link, seen.image(), phase);
        }
        boolean play = seen.says(Sense.PLAY);
        boolean open = phase == Phase.OPENING || phase.expectsResult();
        if (video || play) {
            return (open || !isFound() || video && play) && found(link, Rank.VIDEO, on, phase);
        }
        boolean hinted = seen.says(Sense.VIDEO) || on.has(Sense.COMPLETE) || on.isKeyed(Sense.VIDEO);
        boolean plausible = switch (phase) {
            case OPENING -> !on.quoted();
            case COMPLETE, DELIVERED, DOUBTFUL -> hinted || !on.has(Mark.LETTERS);
            case RUNNING, FAILED -> !isFound() && perhapsComplete && !on.quoted() && !on.has(Mark.LETTERS);
        };
        boolean worse = best == Rank.VIDEO && !link.isDownload() || best == Rank.HINT && !hinted;
        if (!plausible || worse) {
            return false;
        }
        if (hinted && phase.expectsResult()) {
            return found(link, Rank.HINT, on, phase);
        }
        if (waiting == null) {
            waiting = seen;
            waitsAlone = on.links() == 1;
            return false;
        }
        return found(link, Rank.PLACE, on, phase);
    }

    /** Takes a link that can be nothing but the video, wherever it stands. Answers whether it is a result. */
    boolean video(@Nullable Line on, Link link, Phase phase) {
        if (link.isPicture()) {
            poster(link);
            return false;
        }
        return found(link, Rank.VIDEO, on, phase);
    }

    /** A picture that can be of nothing but the video. */
    void poster(Link link) {
        thumbnail = link;
        hasThumbnail = true;
    }

    /** Nothing that could explain the link that waits will follow it: it is the result. Answers whether there was one. */
    boolean settle(Phase phase) {
        FoundLink settled = waiting;
        waiting = null;
        return settled != null && found(settled.link(), Rank.PLACE, settled.line(), phase);
    }

    /** The link that waits was no result. */
    void drop() {
        waiting = null;
    }

    /** A picture before this is of something else. */
    void endOfPictures() {
        picture = null;
    }

    private boolean picture(Link link, boolean image, Phase phase) {
        boolean settled = settle(phase);
        boolean expected = phase.expectsResult() || settled && phase == Phase.RUNNING;
        if (expected && !hasThumbnail) {
            // a plain link to a picture may be an animation: an image behind it is the better one
            poster(link);
            hasThumbnail = image;
        } else if (!isFound()) {
            picture = link;
        }
        return settled;
    }

    private boolean found(Link link, Rank rank, @Nullable Line on, Phase phase) {
        if (phase == Phase.RUNNING || phase == Phase.FAILED) {
            Link before = picture;
            beginBlock();
            picture = before;
        }
        FoundLink first = waiting;
        waiting = null;
        if (first != null && waitsAlone && (on == null || first.line().number() != on.number())) {
            picture = first.link();
        } else if (first != null && rank == Rank.PLACE) {
            add(first.link(), rank);
        }
        if (picture != null && !hasThumbnail) {
            poster(picture);
        }
        picture = null;
        add(link, rank);
        line = on == null ? NO_LINE : on.number();
        return true;
    }

    private void add(Link link, Rank rank) {
        best = best == null || rank.compareTo(best) > 0 ? rank : best;
        for (Candidate candidate : candidates) {
            if (candidate.link().equals(link)) {
                return;
            }
        }
        if (candidates.size() == MAX_CANDIDATES) {
            candidates.remove(0);
        }
        candidates.add(new Candidate(link, rank, block));
    }
}
