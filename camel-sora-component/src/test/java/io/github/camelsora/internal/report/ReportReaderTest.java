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

import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.internal.generation.FailureClassifier;
import io.github.camelsora.internal.record.ReportFailure;
import io.github.camelsora.internal.report.ReportTranscript.Channel;
import io.github.camelsora.internal.report.ReportTranscript.Delta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReportReaderTest {

    private static final String ID = "> ID: `task_01`";
    private static final String VIDEO = "https://gateway.example/v.mp4";

    @Test
    void stageIsToldAtTheFirstDot() {
        ReportStory story = new ReportStory().text(ID + "\n> Queuing").assertEvents("SUBMITTED");

        story.text(".").assertEvents("SUBMITTED", "QUEUED").text(".....").assertEvents("SUBMITTED", "QUEUED")
                .text("\n> Generating.").assertEvents("SUBMITTED", "QUEUED", "GENERATING");
    }

    @Test
    void percentageIsToldAtItsSecondDot() {
        new ReportStory().text("> Progress 4").assertProgress().text("4.").assertProgress().text(".").assertProgress(44)
                .text("6").assertProgress(44).text("1..100").assertProgress(44, 61).text("\n").assertProgress(44, 61, 100);
    }

    @Test
    void linkIsToldAtItsParenthesis() {
        new ReportStory().text("> complete ✅\n[Play online](" + VIDEO).assertVideo(null).text(")").assertVideo(VIDEO);
    }

    @Test
    void bareLinkIsToldAtWhiteSpaceOrAtTheEnd() {
        new ReportStory().text("Done: " + VIDEO).assertVideo(null).text(" ").assertVideo(VIDEO);
        new ReportStory().text("Done: " + VIDEO).assertVideo(null).end().assertVideo(VIDEO);
    }

    @Test
    void unknownLanguageIsReadByItsShape() {
        ReportStory.of(ID, "> Абвг....", "> Дежз.", ">🚀 Икл 36..44..", "> Мноп", "> sid: s_01", "",
                "[Рст](https://gateway.example/p?1)", "[Уфх](https://gateway.example/v?1)")
                .assertEvents("SUBMITTED", "QUEUED", "GENERATING", "PROGRESS 36", "PROGRESS 44").assertVideoId("s_01")
                .assertVideos("https://gateway.example/v?1").assertThumbnail("https://gateway.example/p?1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1280x720", "9:16", "24fps", "sora-2..", "veo3.1..", "Using model 2...", "on 2026-10-19..",
        "12:30..", "https://gateway.example/44..61..", "HTTP 524..", "v2..", "$20..", "1/2..", "1.2.3..",
        "[1](https://gateway.example/44%)"})
    void numberThatIsNoPercentageIsNone(String text) {
        ReportStory.of(ID, "> Generating " + text, "Generating " + text).assertProgress();
    }

    @ParameterizedTest
    @ValueSource(strings = {"> Progress 34..", "> 34%", "> **34%**", "> 进度：34.9%", "Progress: 34%", "**34%**", "34%",
        "34% complete", "> 进度34%", "> 34..", "> 34 %", "> ~34%", "> Progress ..[34](https://gateway.example/x)",
        "> [34%](https://gateway.example/34)", "> Progress 34％"})
    void percentageIsRead(String line) {
        ReportStory.of(line, "").assertProgress(34).assertVideos();
    }

    @Test
    void percentSignInPlainTextIsNoProgress() {
        ReportStory.of("We are 34% cheaper", "34% and 35%").assertProgress();
    }

    @ParameterizedTest
    @ValueSource(strings = {"> ID: `task_01`", "> Task ID: `task_01`", "> 任务ID：`task_01`", ">ID: task_01 ", "> **ID**: task_01",
        "> task_id: `task_01`", "> Задача ID: `task_01`"})
    void taskIdIsRead(String line) {
        ReportStory.of(line, "").assertTask("task_01").assertEvents("SUBMITTED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"> User ID: `task_01`", "> sid: `task_01`", "ID: `task_01`", "> ID: `task 01`", "> ID: ",
        "> ID: [task_01](https://gateway.example/task_01)", "> ID: `{{x}}`", "> Video ID: x1"})
    void otherIdIsNoTaskId(String line) {
        ReportStory.of(line, "").assertTask(null);
    }

    @Test
    void completeWithoutALinkIsNoSuccess() {
        ReportStory.of(ID, "> Generation complete ✅").assertVideo(null).assertNoFailure();
    }

    @Test
    void textBehindTheResultAddsNothing() {
        ReportStory.of(ID, "> Generation complete ✅", "", "[Play online](" + VIDEO + ")", "",
                "Thanks! [More](https://ads.example/ad.mp4) 50% off, 44..61..", "[Shop](https://ads.example/)",
                "<p><a href=\"https://ads.example/b.mp4\">ad</a> 1280x720 24fps...</p>", "> 20% off!", "> Buy now...")
                .assertEvents("SUBMITTED").assertVideos(VIDEO).assertThumbnail(null);
    }

    @Test
    void failureIsReadWithItsReason() {
        ReportStory.of(ID, "> 生成失败 ❌", "> 失败原因：input_moderation").assertReason("input_moderation");
        ReportStory.of("❌ 生成失败: no luck").assertReason("no luck");
        ReportStory.of("> Generation failed ❌", "> The prompt was refused").assertReason("The prompt was refused");
        ReportStory.of("Generation failed", "Failure reason: too many tasks").assertReason("too many tasks");
        ReportStory.of("Error: {\"error\": {\"message\": \"Hm\", \"code\": \"sentinel_block\"}}").assertReason("Hm");
        ReportStory.of("> Generation failed ❌", "```json", "{\"code\": \"other\", \"message\": \"Hm\"}", "```")
                .assertReason("Hm");
        ReportStory.of("> Generation failed ❌", "```json", "{\"code\": \"other\"}", "```").assertReason("other");
        ReportStory.of("> Generation failed ❌").assertReason(null);
    }

    @Test
    void reasonCanForgeNoLineAndIsShort() {
        ReportStory.of("{\"status\": \"failed\", \"error\": \"no\\r\\nERROR forged\"}").assertReason("no ERROR forged");
        ReportFailure failure = ReportStory.of("{\"status\": \"failed\", \"error\": \"" + "x".repeat(10_000) + "\"}").reader()
                .failure();
        assertThat(failure.reason()).isEqualTo("x".repeat(500));
        assertThat(failure.words()).hasSizeLessThanOrEqualTo(4096);
    }

    @Test
    void failureWhoseWordIsNotFoundInItsLineIsAFailure() {
        ReportStory.of("> Failurehttps://a.example/504 s").assertReason("Failurehttps://a.example/504 s").assertVideos();
        ReportStory.of("> " + "-".repeat(5000) + " Generation failed").assertReason(null);
    }

    @Test
    void nothingInAFailuresTextCounts() {
        ReportStory.of("> 生成失败 ❌ 44.. 50% https://x.example/v.mp4", "> Progress of 61% at [video](https://x.example/w.mp4)",
                "> See [Source](https://x.example/source/task_x)").assertEvents().assertVideos().assertTaskLinks(null, null);
    }

    @Test
    void taskIdInAFailureIsNotSubmitted() {
        ReportStory.of("> 生成失败 ❌", "```json", "{\"task_id\": \"task_01\"}", "```").assertTask("task_01").assertEvents();
    }

    @ParameterizedTest
    @ValueSource(strings = {"> Generation failed, retrying...", "⚠️ Warning: Generation failed",
        "> Warning: failed to generate", "> Cache failed", "> 生成失败，正在重试"})
    void warningOrRetryIsNoFailure(String line) {
        ReportStory.of(ID, line).assertNoFailure();
    }

    @ParameterizedTest
    @ValueSource(strings = {"> 排队中..生成失败", "> 生成中.生成失败", "> 排队中... 生成中. 视频生成失败", ">🏃 进度 44..61..生成失败",
        "> 生成完成 ✅生成失败", "> ⌛️ 任务正在队列中，请耐心等待....任务失败", "> Queuing..Generation failed", "> Generating.Task failed",
        "> Progress 44..61..Video generation failed", "> Generation complete ✅Generation failed",
        "> 🎬 Starting video generation.........Generation failed", "> Waiting for processing..❌ Error",
        "> Generating Complete 🎉❌ Error", "> Čekání..❌", "> Máme to ❌"})
    void failureGluedToAStatusIsAFailure(String line) {
        ReportStory.of(ID, line).assertReason(null).assertVideos();
        ReportStory.of(ID, line + ": 未找到视频地址").assertReason("未找到视频地址");
        assertCutsChangeNothing(ID + "\n" + line + "\n> 失败原因：input_moderation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"> The queue is long, queued.. generation failed", "> Queued (generation failed before)",
        "> 描述：排队中..生成失败", "> Prompt: Queuing..Generation failed", "> 一个女孩 排队中..生成失败", "Queuing..Generation failed",
        "> 排队中..[生成失败](https://a.example/x)", "> 排队中..https://a.example/生成失败", "> 排队中..生成失败，正在重试",
        "> Generation complete, generation failed", "> Queuing..Cache failed", "```json\n{\"prompt\": \"> 排队中..生成失败\"}\n```"})
    void failureWordInASentenceAPromptOrALinkIsNoFailure(String line) {
        ReportStory.of(ID, line).assertNoFailure();
        assertCutsChangeNothing(ID + "\n" + line);
    }

    private static void assertCutsChangeNothing(String report) {
        ReportTranscript whole = new ReportTranscript("cut", List.of(new Delta(Channel.TEXT, report)), false, null);
        for (int cut = 1; cut < report.length(); cut++) {
            int at = cut;
            assertThat(whole.readCutAt(i -> i == at)).as("cut at %d", at).hasToString(whole.read().toString());
        }
        assertThat(whole.readCutAt(i -> true)).hasToString(whole.read().toString());
    }

    @Test
    void failureIsForgottenWhenTheTaskGoesOn() {
        ReportStory.of(ID, "> Generation failed ❌", "> Retrying").assertNoFailure();
        ReportStory.of(ID, "> Generation failed ❌", "> Queuing...").assertNoFailure();
        ReportStory.of(ID, "> Generation failed ❌", "> Progress 12..").assertNoFailure().assertProgress(12);
        ReportStory.of("> Generation failed ❌", "> Generation complete ✅", "[Play](" + VIDEO + ")").assertNoFailure();
    }

    @Test
    void reasonIsClassifiedByWhatWasSaidAboutIt() {
        ReportFailure failure = ReportStory.of("> 生成失败 ❌", "> 失败原因：output_moderation", "> 积分已退还")
                .reader().failure();
        assertThat(FailureClassifier.classify(failure.words(), 0)).isEqualTo(SoraFailureCategory.REJECTED);
        failure = ReportStory.of("> Generation failed ❌", "> Your credits were refunded").reader().failure();
        assertThat(FailureClassifier.classify(failure.words(), 0)).isEqualTo(SoraFailureCategory.UNKNOWN);
    }

    @Test
    void whatIsNoLinkIsText() {
        ReportStory.of(ID, "> complete ✅", "[Play online]({{secret}})", "[Play online](https://a.example/{{secret}}.mp4)",
                "[Play online](https://user@a.example/v.mp4)", "[Play online](ftp://a.example/v.mp4)").assertVideos();
    }

    @Test
    void linkWithParenthesesGoesToTheMatchingOne() {
        ReportStory.of("> complete ✅", "[Play online](https://a.example/v_(1).mp4)").assertVideo("https://a.example/v_(1).mp4");
    }

    @Test
    void pictureThatIsALinkIsTheThumbnail() {
        ReportStory.of("> complete ✅", "[![x](https://a.example/t.webp)](" + VIDEO + ")").assertVideos(VIDEO)
                .assertThumbnail("https://a.example/t.webp");
    }

    @Test
    void reportIsUnchangedAndWithoutThoughts() {
        ReportStory story = new ReportStory().text("```json\n{\"a\"").thought("36%").text(": 1}\n```\n\n> x\n");

        assertThat(story.reader().report()).isEqualTo("```json\n{\"a\": 1}\n```\n\n> x\n");
    }

    @Test
    void reportBeyondTheLimitIsReadUpToIt() {
        ReportReader reader = new ReportReader(20, new TaskProgress(new ReportStory()));

        assertThatThrownBy(() -> reader.text("> 生成失败\n> 0123456789 and more"))
                .isInstanceOfSatisfying(ReportTooLargeException.class, e -> assertThat(e.getLimit()).isEqualTo(20))
                .hasMessageContaining("20");
        assertThat(reader.report()).hasSize(20);
    }

    @Test
    void costGrowsWithTheLengthOfTheReport() {
        List<String> hard = List.of(".", "[", "[a](", "`", "```json\n{\"a\n", "44..", "<a ", "<video src=\"", "![](", "> [`<a ",
                "{", "{\"", "https://a.example/", "> x", "9", "9 * ", "(", "> ID: ", "> 排队中", "\n```\n", "]", "[`[`", "</");
        for (String piece : hard) {
            ReportStory story = new ReportStory();
            String text = piece.repeat(100_000 / piece.length());
            for (int i = 0; i < text.length(); i++) {
                story.text(text.substring(i, i + 1));
            }
            assertThat(story.end().reader().steps()).as(piece).isLessThan(6L * text.length());
        }
    }
}
