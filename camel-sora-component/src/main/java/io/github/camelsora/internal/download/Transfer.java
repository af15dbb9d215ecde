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
package io.github.camelsora.internal.download;

import java.nio.ByteBuffer;
import java.util.function.IntConsumer;

import io.github.camelsora.internal.http.ResponseHead;
import io.github.camelsora.internal.link.VideoPart;
import io.github.camelsora.internal.link.VideoTaker;
import org.jspecify.annotations.Nullable;

/**
 * What has come of one video, over all attempts, and what is known of it. Checks each answer, and writes what is good. Used by
 * one attempt at a time.
 */
final class Transfer {

    /** An attempt that brings less counts as one that brings nothing: a server could go on like that for ever. */
    private static final long PROGRESS = 64 * 1024;

    private final PartFile file;
    private final long maxSize;
    private final IntConsumer listener;
    private AnswerCheck.@Nullable Known known;
    private long received;
    private long farthest;
    private int percent = -1;

    /** @param listener told of each new, higher percentage */
    Transfer(PartFile file, long maxSize, IntConsumer listener) {
        this.file = file;
        this.maxSize = maxSize;
        this.listener = listener;
    }

    /** Takes what the next attempt brings: the rest, if the server said how to recognise the video, else the whole. */
    Answer ask() {
        String validator = known == null ? null : known.validator();
        return new Answer(validator == null || received == 0 ? null : new VideoPart(received, validator));
    }

    /** The last attempt is over. Tells whether it brought more than a little of what was not there before. */
    boolean hasAdvanced() {
        boolean advanced = received - farthest >= PROGRESS;
        farthest = Math.max(farthest, received);
        return advanced;
    }

    /** The video is not what it was. */
    void forget() {
        known = null;
    }

    long received() {
        return received;
    }

    @Nullable String contentType() {
        return known == null ? null : known.contentType();
    }

    String position() {
        return "byte " + received + (known == null || known.size() < 0 ? "" : " of " + known.size());
    }

    /** One answer. */
    final class Answer implements VideoTaker {

        private final @Nullable VideoPart part;
        private AnswerCheck.Verdict.@Nullable Unusable unusable;
        private long end = -1;

        Answer(@Nullable VideoPart part) {
            this.part = part;
        }

        /** Why the answer cannot be used, if it cannot. */
        AnswerCheck.Verdict.@Nullable Unusable unusable() {
            return unusable;
        }

        /** Whether the answer, which has ended as it should, was all of it, and the end of the video. */
        boolean isWhole() {
            return (end < 0 || received == end) && (known == null || known.size() < 0 || received == known.size());
        }

        @Override
        public @Nullable VideoPart part() {
            return part;
        }

        @Override
        public boolean begins(ResponseHead head) {
            AnswerCheck.Verdict verdict = AnswerCheck.of(head, part, known, maxSize);
            if (verdict instanceof AnswerCheck.Verdict.Unusable refused) {
                unusable = refused;
                return false;
            }
            AnswerCheck.Verdict.Usable usable = (AnswerCheck.Verdict.Usable) verdict;
            if (usable.from() == 0 && received > 0) {
                received = 0;
                file.restart();
            }
            known = usable.known();
            end = usable.end();
            progressed();
            return true;
        }

        @Override
        public boolean takes(ByteBuffer bytes) {
            if (received == 0 && bytes.hasRemaining() && AnswerCheck.isText(bytes.get(bytes.position()))) {
                unusable = AnswerCheck.bad("answered a text that it calls a video");
            } else if (bytes.remaining() > maxSize - received) {
                unusable = AnswerCheck.tooLarge(maxSize);
            } else if (end >= 0 && bytes.remaining() > end - received) {
                unusable = AnswerCheck.bad("sends more bytes than it said");
            } else {
                received += bytes.remaining();
                file.write(bytes);
                progressed();
                return true;
            }
            return false;
        }

        private void progressed() {
            int now = known == null || known.size() <= 0 ? -1 : (int) (received * 100 / known.size());
            if (now > percent) {
                percent = now;
                listener.accept(now);
            }
        }

        @Override
        public void awaitRoom(Runnable goOn) {
            file.awaitRoom(goOn);
        }

        @Override
        public boolean isFull() {
            return file.isFull();
        }
    }
}
