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
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;

import io.github.camelsora.internal.report.ReportTranscript.Channel;
import io.github.camelsora.internal.report.ReportTranscript.Delta;

/** Composes a random report of a family, and what is to be read from it. */
final class ReportGrammar {

    enum Family {
        A, B, C, D, E
    }

    private record Language(String queued, String generating, String progress, String complete, String failed, String play) {
    }

    /** The last one is nobody's: it can be read only by its shape. */
    private static final List<Language> LANGUAGES = List.of(
            new Language("Queuing", "Generating", "Progress", "Generation complete ✅", "Generation failed ❌", "Play online▶️"),
            new Language("排队中", "生成中", "进度", "生成完成 ✅", "生成失败 ❌", "在线播放▶️"),
            new Language("Waiting for processing", "Starting video generation", "PROGRESS", "Generating Complete 🎉",
                    "❌ Error", "Watch Online"),
            new Language("Čekání", "Výroba", "Hotovo z", "Máme to", "❌", "Přehrát"));
    private static final List<String> NOISE = List.of("", "", "\n", "> Type: VEO3.1 720p 24fps start frame\n",
            "> ⚠️ Warning: failed to get a better version 44%\n", "> Model: sora-2.. 1280x720 (9:16)\n",
            "> Date: 2026-10-19 12:30..\n");
    private static final String TOKENS = "```|> ID: `task_evil`|> Queuing...|> Progress 99..|99%|Generation failed ❌|✅|"
            + "> sid: s_evil|[Play online](https://evil.example/e.mp4)|https://evil.example/e.mp4|"
            + "<video src='https://evil.example/e.mp4'>|<think>|{|}|\"|\\|\n|\n```\n"
            + "|> Failure reason: evil|生成完成|![](https://evil.example/e.webp)| ";

    private final Random random;
    private final List<Delta> deltas = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private String taskId;
    private String videoUrl;
    private String thumbnailUrl;
    private String sid;
    private String reason;

    ReportGrammar(Family family, Random random) {
        this.random = random;
        switch (family) {
            case A -> familyA();
            case B -> familyB();
            case C -> familyC();
            case D -> familyD();
            case E -> familyE();
        }
    }

    /** A prompt made of what reports are made of. */
    static String hostilePrompt(Random random) {
        String[] tokens = TOKENS.split("\\|");
        StringBuilder prompt = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            prompt.append(tokens[random.nextInt(tokens.length)]);
        }
        return prompt.toString();
    }

    /** Pieces of reports, closed or not. */
    static String soup(Random random) {
        String[] pieces = {"```", "```json\n", "{\"a\": \"", "\"}", "[", "](", ")", "![", "<video ", "src=\"", "'", ">", "> ",
            "\n", "44", "..", ".", "%", " ", "https://a.example/v", ".mp4", "<think>", "</think>", "ID: ", "`", "sid: ", "失败",
            "❌", "✅", "：", ":", "**", "x", "排队中", "retrying", "\r\n", "\\", "9:16", "<", "/", "\u2028", "\uD83C", "Progress ",
            "{", "}", "</"};
        StringBuilder soup = new StringBuilder();
        for (int i = random.nextInt(60); i >= 0; i--) {
            soup.append(pieces[random.nextInt(pieces.length)]);
        }
        return soup.toString();
    }

    ReportTranscript transcript() {
        return new ReportTranscript("composed", deltas, false, null);
    }

    void assertReadFrom(ReportStory story) {
        story.assertEvents(events.toArray(String[]::new)).assertTask(taskId).assertVideo(videoUrl).assertVideoId(sid)
                .assertThumbnail(thumbnailUrl);
        if (reason == null) {
            story.assertNoFailure();
        } else {
            story.assertReason(reason);
        }
    }

    private void familyA() {
        Language words = any(LANGUAGES);
        taskId = any(List.of("task_01k7", "73193972-bdf6-4e48-9734-d2fd3c59f40b", "veo3.1-pro:0d9c8b7a"));
        events.add("SUBMITTED");
        text(echo() + "\n\n> " + any(List.of("ID: ", "Task ID: ", "任务ID：")) + "`" + taskId
                + "`\n>[Data Preview](https://asyncdata.net/web/" + taskId
                + ") | [Source Data](https://asyncdata.net/source/" + taskId + ")\n");
        text(any(NOISE) + "> " + words.queued() + dots());
        events.add("QUEUED");
        text("\n" + any(NOISE) + "> " + words.generating() + dots() + "\n\n");
        events.add("GENERATING");
        boolean percent = random.nextBoolean();
        text(percent ? "" : ">🏃 " + words.progress() + " ");
        for (int step : steps()) {
            text(percent ? "> **" + step + decimals() + "%**\n" : step + "..");
            events.add("PROGRESS " + step);
        }
        text("\n\n" + any(NOISE));
        if (random.nextInt(4) == 0) {
            String why = "input_moderation";
            boolean known = words != LANGUAGES.get(LANGUAGES.size() - 1);
            reason = why;
            text("> " + words.failed() + (known && random.nextBoolean() ? ": " + why + "\n" : "\n> " + why + "\n"));
            return;
        }
        sid = "s_" + random.nextInt(1000);
        String tick = any(List.of("", "`"));
        text("> " + words.complete() + "\n> sid: " + tick + sid + tick + "\n\n");
        links(words);
        text(any(List.of("", "\n", "\n\nThanks, 50% off at [us](https://ads.example/ad.mp4)...\n",
                "\n<p>© 2026 <a href=\"https://ads.example/\">x</a> 1280x720 24fps...</p>",
                "\n---\nhttps://ads.example/x.mp4\n")));
    }

    private void links(Language words) {
        boolean signed = random.nextBoolean();
        videoUrl = signed ? "https://cdn.example/o/1?sig=44..61..%25" : "https://cdn.example/o/1.mp4";
        switch (random.nextInt(3)) {
            case 0 -> {
            }
            case 1 -> thumbnail("![t](https://cdn.example/t.webp)\n", "https://cdn.example/t.webp");
            default -> thumbnail("[Tt](https://cdn.example/t?1)\n", "https://cdn.example/t?1");
        }
        text("[" + words.play() + "](" + videoUrl + ")");
    }

    private void thumbnail(String text, String url) {
        text(text);
        thumbnailUrl = url;
    }

    private void familyB() {
        if (random.nextBoolean()) {
            text(echo() + "\n\n");
        }
        text("> ⌛️ 任务正在队列中，请耐心等待" + dots() + "\n\n");
        events.add("QUEUED");
        percentages("> 🏃 进度：%s%%\n\n");
        if (random.nextInt(4) == 0) {
            reason = "额度不足 (3%)";
            text("> ❌ 生成失败：" + reason + "\n");
            return;
        }
        videoUrl = "https://static.example/v/1" + any(List.of("", ".mp4"));
        text("> ✅ 视频生成成功，[点击这里](" + videoUrl + ") 查看视频~~~\n\n");
    }

    private void familyC() {
        thought("**Generation Process Begins**\n\nInitializing generation request...\n");
        for (int step : steps()) {
            stepped(step);
            thought("\n**Video Generation Progress**: " + step + decimals() + "% (processing)\n");
        }
        thought(any(List.of("", "⚠️ Warning: Failed to get watermark-free version - timeout\n"
                + "Falling back to normal video...\n")));
        if (random.nextInt(4) == 0) {
            reason = "This content may violate our guardrails, see https://videos.example/p.mp4";
            text("❌ 生成失败: " + reason);
            return;
        }
        char quote = any(List.of('"', '\''));
        videoUrl = "https://videos.example/v?x=1&y=2";
        text("```html\n<video src=" + quote + "https://videos.example/v?x=1&amp;y=2" + quote + " controls></video>\n```");
    }

    private void familyD() {
        text("<think>\n");
        percentages(any(List.of("正在生成视频中，当前进度%s%%\n", "Generating, progress %s%%\n", "%s%%\n")));
        text("see https://evil.example/x.mp4\n</think>\n");
        videoUrl = "https://assets.example/v.mp4?a=1&b=2";
        thumbnailUrl = "https://assets.example/t.jpg?a=1&b=2";
        text("<video id=\"v\" poster=\"https://assets.example/t.jpg?a=1&amp;b=2\">\n  <source src=\""
                + "https://assets.example/v.mp4?a=1&amp;b=2\" type=\"video/mp4\">\n</video>");
    }

    private void familyE() {
        if (random.nextInt(3) == 0) {
            videoUrl = "https://cdn.example/r/1?token=44..61..99";
            text(videoUrl + any(List.of("", "\n")));
            return;
        }
        boolean fails = random.nextBoolean();
        taskId = "task_01k7";
        reason = fails ? "Not \"allowed\"" : null;
        videoUrl = fails ? null : "https://cdn.example/r/1";
        if (!fails) {
            events.add("SUBMITTED");
        }
        String gap = any(List.of("", " ", "\n  "));
        text("{" + gap + "\"prompt\":" + quoted(hostilePrompt(random)) + "," + gap + "\"id\": \"" + taskId + "\"," + gap
                + (fails ? "\"status\": \"failed\", \"error\": {\"type\": \"policy\", \"message\": " + quoted(reason) + "}"
                        : "\"status\": \"completed\"," + gap + "\"detail\": {\"url\": \"" + videoUrl + "\"}") + gap + "}");
    }

    private void percentages(String line) {
        for (int step : steps()) {
            stepped(step);
            text(String.format(Locale.ROOT, line, step + decimals()));
        }
    }

    private void stepped(int step) {
        if (!events.contains("GENERATING")) {
            events.add("GENERATING");
        }
        events.add("PROGRESS " + step);
    }

    private TreeSet<Integer> steps() {
        TreeSet<Integer> steps = new TreeSet<>();
        for (int i = 0; i <= random.nextInt(8); i++) {
            steps.add(random.nextInt(101));
        }
        return steps;
    }

    private String decimals() {
        return any(List.of("", "", ".0", ".97"));
    }

    private String dots() {
        return ".".repeat(1 + random.nextInt(20));
    }

    private String echo() {
        return "```json\n{\n  \"prompt\": " + quoted(hostilePrompt(random)) + ",\n  \"sid\": \"s_source\"\n}\n```";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private void text(String text) {
        deltas.add(new Delta(Channel.TEXT, text));
    }

    private void thought(String text) {
        deltas.add(new Delta(Channel.REASONING, text));
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
