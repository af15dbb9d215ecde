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
package io.github.camelsora.task;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelsora.event.SoraFailure;
import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.event.SoraUsage;
import io.github.camelsora.event.SoraVideo;

/** Tasks as the component stores them. */
final class Tasks {

    /** What no message of an exception may contain. */
    static final String PROMPT = "a secret cat";
    static final String LINK = "https://files.example/v.mp4?signature=secret";

    static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456789Z");

    /** U+0000, unpaired surrogates, a surrogate pair, the separators of JavaScript, a byte order mark, quotes. */
    static final String ODD = "\u0000 \uD800 \uDC00x \uD83C\uDFC3 \u2028\u2029 \uFEFF \uFFFF \"'\\;--{}?$1 \u8fdb\u5ea6 \r\n\t";

    private Tasks() {
    }

    static SoraTask claimed(String key) {
        return claimed(key, NOON);
    }

    static SoraTask claimed(String key, Instant at) {
        SoraVideo known = SoraVideo.builder().gateway("goapi").model("sora-2").prompt(PROMPT)
                .messages(List.of(SoraMessage.user(PROMPT))).build();
        return new SoraTask(key, "ab".repeat(32), "chat", "https://goapi.example:443", "0123456789abcdef",
                SoraTaskState.CLAIMED, known, null, at, at);
    }

    static SoraTask submitted(SoraTask task, String taskId) {
        SoraVideo known = SoraVideo.builder().gateway("goapi").model("sora-2").prompt(PROMPT).taskId(taskId)
                .sourceUrl("https://goapi.example/source/" + taskId).messages(task.video().messages()).build();
        return task.with(SoraTaskState.SUBMITTED, known, null, task.updatedAt().plusSeconds(2));
    }

    static SoraTask completed(SoraTask task, String taskId) {
        SoraVideo video = SoraVideo.builder().videoUrl(LINK).videoUrls(List.of(LINK)).gateway("goapi").model("sora-2")
                .prompt(PROMPT).taskId(taskId).usage(new SoraUsage(21, null, 300)).report("> done")
                .messages(List.of(SoraMessage.user(PROMPT), SoraMessage.assistant("> done"))).build();
        return task.with(SoraTaskState.COMPLETED, video, null, task.updatedAt().plusSeconds(60));
    }

    static SoraTask lost(SoraTask task) {
        return task.with(SoraTaskState.LOST, task.video(), new SoraFailure(SoraOutcome.LOST, SoraFailureCategory.UPSTREAM,
                "The stream broke", false, true), task.updatedAt().plusSeconds(60));
    }

    /** With a picture of this many characters, and with this text wherever there is one. */
    static SoraTask withPicture(String key, int characters, String text) {
        char[] picture = new char[characters];
        Arrays.fill(picture, 'A');
        List<Object> parts = new ArrayList<>();
        parts.add(Map.of("type", "text", "text", text));
        parts.add(Map.of("type", "image_url", "image_url", Map.of("url", "data:image/png;base64," + new String(picture))));
        Map<String, Object> odd = new LinkedHashMap<>();
        odd.put("null", null);
        odd.put(text, List.of(1, 2.5, true, List.of(), Map.of()));
        parts.add(odd);
        SoraVideo known = SoraVideo.builder().gateway(text).model(text).prompt(text).taskId(text).report(text)
                .messages(List.of(new SoraMessage("user", parts), SoraMessage.assistant(text))).build();
        return new SoraTask(key, text, text, text, text, SoraTaskState.FAILED, known, new SoraFailure(SoraOutcome.FAILED,
                SoraFailureCategory.REJECTED, text, false, true), NOON, NOON.plusSeconds(1));
    }
}
