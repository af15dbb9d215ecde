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
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The words and icons of every language and gateway, by what they say: the one place to add them. They are hints; the shape
 * of a report is read first. Case does not matter, and a Latin word matches only as a whole. Where two words begin at the
 * same place, the longer one counts.
 */
final class ReportWords {

    /** What a word says, and the words that say it. */
    enum Sense {
        /** The task waits. */
        QUEUED("queuing", "queueing", "queued", "in queue", "in the queue", "waiting", "waiting for processing", "排队中", "排队",
                "队列中", "等待处理中", "等待处理", "等待中", "等待", "正在队列中", "请耐心等待", "⌛", "⏳", "🕐", "🕑", "🕒"),
        /** The video is being made. */
        GENERATING("generating", "starting video generation", "processing", "rendering", "in progress", "生成中", "开始生成",
                "开始生成视频", "正在生成", "渲染中", "处理中", "⚡", "🎬", "🏃", "🔄"),
        /** A percentage is near. */
        PROGRESS("progress", "in progress", "进度"),
        /** The video is there. */
        COMPLETE("complete", "completed", "generation complete", "generating complete", "video generated",
                "successfully generated", "生成完成", "生成成功", "视频生成成功", "视频已生成", "✅", "🎉"),
        /** At the start of a line: the task has failed. */
        FAILED("generation failed", "video generation failed", "task failed", "failed to generate",
                "failed to generate video", "failure reason", "生成失败", "视频生成失败", "任务失败", "失败原因", "❌"),
        /** Alone or before a colon, at the start of a line: the task has failed. */
        ERROR("error", "failed", "failure", "error message", "错误", "失败", "出错", "错误信息"),
        /** Before a colon: the reason of a failure follows. */
        REASON("failure reason", "reason", "error message", "失败原因", "原因", "错误信息"),
        /** The gateway tries again by itself: nothing has failed. */
        RETRYING("retrying", "will retry", "retry in", "trying again", "auto retry", "auto-retry", "retry attempt", "重试中",
                "正在重试", "自动重试", "重新尝试"),
        /** At the start of a line: what follows is no failure. */
        WARNING("warning", "警告", "⚠"),
        /** A step before the first stage, which is none. */
        NOTED("created", "submitted", "accepted", "已创建", "创建成功", "已提交", "提交成功"),
        /** Before a colon: the task id follows, unless another word says whose id it is. */
        TASK_ID("id", "task id", "task_id", "taskid", "job id", "generation id", "任务id", "任务 id"),
        /** Before a colon: the id of something else follows. */
        OTHER_ID("user id", "account id", "video id", "file id", "image id", "request id", "order id", "session id",
                "message id", "trace id", "model id", "source id", "用户id", "视频id", "请求id", "订单id"),
        /** Before a colon: the video id follows. */
        VIDEO_ID("sid"),
        /** Before a colon: the stage follows. */
        STATUS("status", "state", "stage", "状态", "阶段"),
        /** Before a colon: what the user asked for follows. */
        INPUT("prompt", "input", "reference", "提示词", "描述", "输入", "参考"),
        /** In a label: the page of the task. */
        PREVIEW("data preview", "preview", "数据预览"),
        /** In a label: the task's record. */
        SOURCE("source data", "source", "原始数据", "原始"),
        /** In a label: the video, whatever its address looks like. */
        PLAY("play online", "online play", "watch online", "play", "在线播放", "▶"),
        /** In a label, or before a colon: most likely the video, once the generation is complete. */
        VIDEO("video", "watch", "download", "click here", "link", "url", "视频", "链接", "地址", "播放", "下载", "点击下载", "点击这里"),
        /** In a label, or before a colon: a picture of the video. */
        THUMBNAIL("thumbnail", "cover", "poster", "preview image", "预览图", "缩略图", "封面"),
        /** Before the words for a failure: means nothing. */
        FILLER("sorry", "unfortunately", "the", "your", "task", "video", "image", "抱歉", "很抱歉", "对不起", "任务", "视频", "本次", "您的",
                "你的"),
        /** Money comes back: no reason for anything. */
        REFUND("refunded", "refund", "退还", "退款", "返还");

        /** This sense in a set of them, of which there is one for each word and each line. */
        final int bit = 1 << ordinal();
        private final List<String> words;

        Sense(String... words) {
            this.words = List.of(words);
        }
    }

    /**
     * A known word or icon in a text.
     *
     * @param senses the bits of all that it says
     */
    record Hit(int senses, int start, int end, boolean icon) {
        boolean is(Sense sense) {
            return (senses & sense.bit) != 0;
        }

        /** Whether it says how far the task is. */
        boolean isStatus() {
            return is(Sense.QUEUED) || is(Sense.GENERATING) || is(Sense.PROGRESS) || is(Sense.COMPLETE) || is(Sense.NOTED);
        }
    }

    /** Text without numbers, links or tags in it, and the known words in it from left to right. */
    record Phrase(String text, Hit[] hits, int firstLetter, int lastLetter) {

        private static Phrase of(String text, Hit[] hits) {
            int first = 0;
            while (first < text.length() && !Character.isLetter(text.charAt(first))) {
                first++;
            }
            int last = text.length() - 1;
            while (last > first && !Character.isLetter(text.charAt(last))) {
                last--;
            }
            return new Phrase(text, hits, first, last);
        }

        boolean has(Sense sense) {
            return (senses() & sense.bit) != 0;
        }

        /** The bits of all that its words say. */
        int senses() {
            int senses = 0;
            for (Hit hit : hits) {
                senses |= hit.senses();
            }
            return senses;
        }

        /** Whether it has words for a status, and no others. */
        boolean isStatus() {
            boolean status = false;
            int from = 0;
            for (Hit hit : hits) {
                boolean other = !hit.isStatus() && !hit.is(Sense.FILLER) && !hit.icon();
                if (other || hasLetters(from, hit.start())) {
                    return false;
                }
                status |= hit.isStatus();
                from = hit.end();
            }
            return status && !hasLetters(from, text.length());
        }

        boolean hasLetters() {
            return firstLetter < text.length();
        }

        boolean hasLettersBefore(Hit hit) {
            return firstLetter < hit.start();
        }

        boolean hasLettersBehind(Hit hit) {
            return hasLetters() && lastLetter >= hit.end();
        }

        boolean hasLetters(int from, int to) {
            for (int i = from; i < to; i++) {
                if (Character.isLetter(text.charAt(i))) {
                    return true;
                }
            }
            return false;
        }

        boolean hasDigits() {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                    return true;
                }
            }
            return false;
        }
    }

    private record Word(String text, int senses, boolean icon) {
    }

    /** All that is known. */
    static final ReportWords KNOWN = known();

    private static final Hit[] NO_HITS = {};

    private final Map<String, Integer> senses;
    private final Map<Character, List<Word>> byFirst = new HashMap<>();
    private final BitSet begins = new BitSet();

    private ReportWords(Map<String, Integer> senses) {
        this.senses = senses;
        senses.forEach((text, meant) -> {
            Word word = new Word(text, meant, text.codePoints().noneMatch(Character::isLetter));
            byFirst.computeIfAbsent(text.charAt(0), first -> new ArrayList<>()).add(word);
            begins.set(text.charAt(0));
            begins.set(Character.toUpperCase(text.charAt(0)));
        });
        byFirst.values().forEach(list -> list.sort(Comparator.comparingInt((Word word) -> word.text().length()).reversed()));
    }

    private static ReportWords known() {
        Map<String, Integer> known = new HashMap<>();
        for (Sense sense : Sense.values()) {
            for (String word : sense.words) {
                known.merge(word.toLowerCase(Locale.ROOT), sense.bit, (one, other) -> one | other);
            }
        }
        return new ReportWords(known);
    }

    /** These words, and one more. */
    ReportWords with(Sense sense, String word) {
        Map<String, Integer> more = new HashMap<>(senses);
        more.merge(word, sense.bit, (one, other) -> one | other);
        return new ReportWords(more);
    }

    /** A text with the words in it. */
    Phrase in(String text) {
        List<Hit> hits = List.of();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean within = i > 0 && latin(c) && latin(text.charAt(i - 1));
            Word word = !within && begins.get(c) ? at(text, i) : null;
            if (word != null) {
                hits = hits.isEmpty() ? new ArrayList<>(4) : hits;
                hits.add(new Hit(word.senses(), i, i + word.text().length(), word.icon()));
                i += word.text().length() - 1;
            }
        }
        return Phrase.of(text, hits.isEmpty() ? NO_HITS : hits.toArray(NO_HITS));
    }

    private @Nullable Word at(String text, int start) {
        for (Word word : byFirst.getOrDefault(Character.toLowerCase(text.charAt(start)), List.of())) {
            if (matches(text, start, word.text())) {
                return word;
            }
        }
        return null;
    }

    private static boolean matches(String text, int start, String word) {
        int end = start + word.length();
        if (end > text.length()) {
            return false;
        }
        for (int i = 1; i < word.length(); i++) {
            if (Character.toLowerCase(text.charAt(start + i)) != word.charAt(i)) {
                return false;
            }
        }
        return !(latin(word.charAt(word.length() - 1)) && end < text.length() && latin(text.charAt(end)));
    }

    private static boolean latin(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
