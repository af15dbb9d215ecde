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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.internal.report.ReportWords.Sense;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Does what the page "Add a gateway" says, with what is written there. */
class ReportGatewayPageTest {

    private static final Path PAGE = Path.of("..", "docs", "add-a-gateway.md");
    private static final Pattern WORDS = Pattern.compile("(\\w+)\\(…, \"([^\"]+)\"\\)");

    @Test
    void reportIsReadWithTheWordsOfThePage() throws IOException {
        JsonNode expected = new ObjectMapper().readTree(block("json"));
        List<String> events = new ArrayList<>();
        expected.path("events").forEach(event -> events.add(event.textValue()));

        ReportStory story = new ReportStory(wordsOfThePage()).text(block("text")).end();

        story.assertEvents(events.toArray(String[]::new)).assertTask(expected.path("taskId").textValue())
                .assertTaskLinks(expected.path("previewUrl").textValue(), expected.path("sourceUrl").textValue())
                .assertThumbnail(expected.path("thumbnailUrl").textValue())
                .assertVideos(expected.path("videoUrl").textValue()).assertNoFailure();
        new ReportStory(wordsOfThePage()).text(block("text failed")).end().assertEvents("QUEUED")
                .assertReason(expected.path("reason").textValue());
    }

    @Test
    void withoutThemTheRestIsReadByItsShape() throws IOException {
        ReportStory story = new ReportStory().text(block("text")).end();

        story.assertEvents("SUBMITTED", "QUEUED", "GENERATING", "PROGRESS 12", "PROGRESS 61", "PROGRESS 88")
                .assertTask("lumen-0017").assertVideos();
        new ReportStory().text(block("text failed")).end().assertEvents("QUEUED", "GENERATING").assertNoFailure();
    }

    @Test
    void everyClassOfThePageExists() throws IOException {
        List<String> named = Pattern.compile("`((?:Report|Task|Stage|Percentage|Result|Failure|Piece|Phase)\\w*)[`.]")
                .matcher(Files.readString(PAGE)).results().map(match -> match.group(1)).distinct().toList();

        assertThat(named).isNotEmpty().allSatisfy(name -> Class.forName(getClass().getPackageName() + "." + name));
    }

    private static ReportWords wordsOfThePage() throws IOException {
        ReportWords words = ReportWords.KNOWN;
        for (MatchResult added : WORDS.matcher(block("java")).results().toList()) {
            words = words.with(Sense.valueOf(added.group(1)), added.group(2));
        }
        return words;
    }

    private static String block(String kind) throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf("```" + kind + "\n");
        assertThat(start).as("block ```%s", kind).isNotNegative();
        start += kind.length() + 4;
        return page.substring(start, page.indexOf("\n```", start));
    }
}
