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
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.github.camelsora.internal.text.Link;

import static org.assertj.core.api.Assertions.assertThat;

/** A reader and all that its listener heard. */
final class ReportStory implements TaskProgress.Listener {

    private final List<String> events = new ArrayList<>();
    private final TaskProgress progress = new TaskProgress(this);
    private final ReportReader reader;

    ReportStory() {
        this(ReportWords.KNOWN);
    }

    ReportStory(ReportWords words) {
        reader = new ReportReader(1 << 20, progress, words);
    }

    /** Reads a report that comes in one piece, to its end. */
    static ReportStory of(String... lines) {
        return new ReportStory().text(String.join("\n", lines)).end();
    }

    ReportStory text(String delta) {
        reader.text(delta);
        return this;
    }

    ReportStory thought(String delta) {
        reader.thinking(delta);
        return this;
    }

    ReportStory link(String url) {
        Link link = Link.of(url);
        if (link != null) {
            reader.link(link);
        }
        return this;
    }

    ReportStory end() {
        reader.end();
        return this;
    }

    ReportReader reader() {
        return reader;
    }

    /** The highest percentage, or {@code null}. */
    Integer progress() {
        return progress.percent();
    }

    String videoUrl() {
        return url(reader.video());
    }

    List<String> videoUrls() {
        return reader.videos().stream().map(Link::url).toList();
    }

    String thumbnailUrl() {
        return url(reader.thumbnail());
    }

    String previewUrl() {
        return url(reader.preview());
    }

    String sourceUrl() {
        return url(reader.source());
    }

    private static String url(Link link) {
        return link == null ? null : link.url();
    }

    List<String> events() {
        return events;
    }

    ReportStory assertEvents(String... expected) {
        assertThat(events).containsExactly(expected);
        return this;
    }

    ReportStory assertProgress(int... percentages) {
        assertThat(events.stream().filter(event -> event.startsWith("PROGRESS"))
                .mapToInt(event -> Integer.parseInt(event.substring("PROGRESS ".length())))).containsExactly(box(percentages));
        return this;
    }

    ReportStory assertVideo(String url) {
        assertThat(videoUrl()).isEqualTo(url);
        return this;
    }

    ReportStory assertVideos(String... urls) {
        assertThat(videoUrls()).containsExactly(urls);
        return this;
    }

    ReportStory assertThumbnail(String url) {
        assertThat(thumbnailUrl()).isEqualTo(url);
        return this;
    }

    ReportStory assertTask(String id) {
        assertThat(reader.taskId()).isEqualTo(id);
        return this;
    }

    ReportStory assertTaskLinks(String preview, String source) {
        assertThat(previewUrl()).isEqualTo(preview);
        assertThat(sourceUrl()).isEqualTo(source);
        return this;
    }

    ReportStory assertVideoId(String sid) {
        assertThat(reader.videoId()).isEqualTo(sid);
        return this;
    }

    ReportStory assertReason(String reason) {
        assertThat(reader.failure()).isNotNull();
        assertThat(reader.failure().reason()).isEqualTo(reason);
        return this;
    }

    ReportStory assertNoFailure() {
        assertThat(reader.failure()).isNull();
        return this;
    }

    /** Nothing was read at all. */
    ReportStory assertNothing() {
        return assertEvents().assertTask(null).assertTaskLinks(null, null).assertVideos().assertThumbnail(null)
                .assertVideoId(null).assertNoFailure();
    }

    /** All that is known, to compare two readings. */
    @Override
    public String toString() {
        return String.join("\n", events) + "\n" + String.join("\n", List.of(shown(reader.taskId()), shown(previewUrl()),
                shown(sourceUrl()), shown(thumbnailUrl()), shown(videoUrl()),
                videoUrls().toString(), shown(reader.videoId()), shown(reader.failure()), shown(progress()),
                reader.report()));
    }

    @Override
    public void submitted(String taskId) {
        events.add("SUBMITTED");
        assertThat(reader.taskId()).isEqualTo(taskId);
    }

    @Override
    public void queued() {
        events.add("QUEUED");
    }

    @Override
    public void generating() {
        events.add("GENERATING");
    }

    @Override
    public void progress(int percent) {
        events.add("PROGRESS " + percent);
        assertThat(progress()).isEqualTo(percent);
    }

    private static String shown(Object value) {
        return Objects.toString(value, "-");
    }

    private static Integer[] box(int[] numbers) {
        return Arrays.stream(numbers).boxed().toArray(Integer[]::new);
    }
}
