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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which of the links in a report is the video, and which are not. */
class ReportResultTest {

    private static final String ID = "> ID: `task_01`";
    private static final String COMPLETE = "> Generation complete ✅";

    @Test
    void lastLinkOfTheCompletionBlockIsTheVideoAndThePlainLinkBeforeItThePicture() {
        ReportStory.of(COMPLETE, "[x](https://a.example/1)", "[y](https://a.example/2)").assertVideos("https://a.example/2")
                .assertThumbnail("https://a.example/1");
        ReportStory.of(COMPLETE, "[x](https://a.example/1) | [y](https://a.example/2)").assertVideo("https://a.example/2")
                .assertVideos("https://a.example/1", "https://a.example/2").assertThumbnail(null);
    }

    @Test
    void loneLinkWithoutATellingLabelIsKnownWhenNoPictureCanFollow() {
        new ReportStory().text(COMPLETE + "\n[x](https://a.example/1)\n").assertVideo(null).end()
                .assertVideo("https://a.example/1");
        new ReportStory().text(COMPLETE + "\n[x](https://a.example/1)\n\nThanks").assertVideo(null).text("!\n")
                .assertVideo("https://a.example/1");
    }

    @Test
    void labelTellsWhatALinkIs() {
        ReportStory.of(COMPLETE, "[Play online](https://a.example/1)", "[Shop](https://a.example/2)")
                .assertVideos("https://a.example/1");
        ReportStory.of("视频生成成功！", "视频链接：https://a.example/1", "封面：https://a.example/2").assertVideos("https://a.example/1");
        ReportStory.of(COMPLETE, "[封面](https://a.example/1)").assertVideos().assertThumbnail("https://a.example/1");
    }

    @Test
    void pictureIsNeverTheVideo() {
        ReportStory.of(COMPLETE, "[Play online](https://a.example/a.gif)", "![x](https://a.example/t.webp)",
                "https://a.example/p.png?x=.mp4").assertVideos().assertThumbnail("https://a.example/t.webp");
    }

    @Test
    void pictureBeforeTheCompletionIsTheUsersOwn() {
        ReportStory.of("![input](https://a.example/in.png)", ID, COMPLETE, "[Play online](https://a.example/1)")
                .assertThumbnail(null);
    }

    @Test
    void ofEndlessVideosTheLastAreKept() {
        ReportStory story = new ReportStory();
        for (int i = 0; i < 1000; i++) {
            story.link("https://a.example/" + i + ".mp4");
        }
        story.end().assertVideo("https://a.example/999.mp4");
        assertThat(story.videoUrls()).hasSize(100).startsWith("https://a.example/900.mp4");
    }

    @Test
    void finalVideoReplacesThePreviewAndAllAreKept() {
        ReportStory.of("> ✅ Preview video generated", "> [Online Preview](https://a.example/p.mp4) "
                + "| [Download](https://a.example/download/p.mp4)", "", "> 🔄 Optimizing...", "",
                "> 🎉 High-quality video generated", "",
                "[Watch Online](https://a.example/f) | [Download](https://a.example/download/f)")
                .assertVideo("https://a.example/f")
                .assertVideos("https://a.example/p.mp4", "https://a.example/download/p.mp4", "https://a.example/f",
                        "https://a.example/download/f");
    }

    @Test
    void unknownLanguageWithoutVideoIdIsReadByItsShape() {
        ReportStory.of(ID, "> Абв...", ">🚀 Где 44..61..", "> Ёжз", "", "[Икл](https://a.example/1)")
                .assertVideo("https://a.example/1");
    }

    @Test
    void linkWhileTheTaskGoesOnIsNoResult() {
        ReportStory.of(ID, "> Queuing...", "[Join us](https://a.example/chat)", "> Progress 44..",
                "[Join us](https://a.example/chat)").assertVideos();
    }

    @Test
    void linkOfTheTaskIsNoResult() {
        ReportStory.of(ID, "> [a](https://a.example/web/1) | [b](https://a.example/source/1)", COMPLETE,
                "> [a](https://a.example/web/1)", "[a](https://a.example/source/1)").assertVideos();
    }

    @Test
    void percentageOfCompletionIsNoCompletion() {
        ReportStory.of(ID, "> 34% complete", "[x](https://a.example/1)").assertVideos().assertProgress(34);
    }

    @Test
    void bareLinkIsTheWholeReport() {
        ReportStory.of("https://a.example/1").assertVideos("https://a.example/1");
        ReportStory.of("[Help](https://a.example/help)", ID).assertVideos();
        ReportStory.of("https://a.example/help", "", "❌ Error: no").assertVideos();
        ReportStory.of("Look at https://a.example/1").assertVideos();
    }

    @Test
    void linkGivenOutsideTheTextIsAResult() {
        new ReportStory().link("https://a.example/1").assertVideos("https://a.example/1").link("{{x}}").link(null)
                .link("https://a.example/t.png").assertVideos("https://a.example/1");
    }

    @Test
    void attributeIsUnescapedAndKnownAtItsQuote() {
        new ReportStory().text("<video src='https://a.example/1?a=1&amp;b=2&#x26;c=3&d=4&nosuch;").assertVideos().text("'")
                .assertVideos("https://a.example/1?a=1&b=2&c=3&d=4&nosuch;");
        new ReportStory().text("<video\n  src=https://a.example/1>").assertVideos("https://a.example/1");
    }

    @Test
    void videoInAFailureIsNone() {
        ReportStory.of("❌ 生成失败: <video src='https://a.example/1.mp4'></video>").assertVideos();
    }
}
