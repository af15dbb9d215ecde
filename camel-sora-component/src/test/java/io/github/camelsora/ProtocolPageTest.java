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
package io.github.camelsora;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.event.GenerationFailedException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.generation.FailureClassifier;
import io.github.camelsora.internal.text.Link;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SourceAnswer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Sends the examples of docs/protocol.md through a real route, and compares the results with the page. */
class ProtocolPageTest extends SoraRouteTest {

    private static final Path PAGE = Path.of("..", "docs", "protocol.md");
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern EXAMPLE =
            Pattern.compile("^```sse ([^\n]+)\n(.*?)\n```\n\n```json\n(.*?)\n```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final String QUICK_RECOVERY = "recoveryEnabled=true&recoveryDelay=20&recoveryMaxDelay=50";

    /** A stream of the page, and what is to be read from it. */
    record Example(String name, String stream, JsonNode expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The cells of one row of a table, without backticks. */
    record Row(List<String> cells) {
        String cell(int index) {
            return cells.get(index);
        }

        String unquoted(int index) {
            return cell(index).replace("`", "");
        }

        @Override
        public String toString() {
            return String.join(" | ", cells);
        }
    }

    static Stream<Example> streams() {
        return EXAMPLE.matcher(page()).results()
                .map(match -> new Example(match.group(1), match.group(2) + "\n\n", json(match.group(3))));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void streamGivesTheEventsOfThePage(Example example) throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies");
            route.from("direct:replies").to("mock:replies");
        });
        simulator().answer(Answer.transcript(example.stream()));

        Exchange exchange = send("direct:in", "a prompt");

        List<SoraEvent> events = events(getMockEndpoint("mock:replies"));
        SoraEvent last = events.get(events.size() - 1);
        assertThat(names(events)).isEqualTo(texts(example.expected().get("events")));
        example.expected().properties().forEach(fact -> assertFact(last, fact.getKey(), fact.getValue()));
        assertThat(exchange.getException() == null).isEqualTo(last.getOutcome() == SoraOutcome.COMPLETED);
    }

    private static void assertFact(SoraEvent last, String name, JsonNode expected) {
        Object actual = switch (name) {
            // compared with all events
            case "events" -> null;
            case "outcome" -> last.getOutcome();
            case "category" -> last.getCategory();
            case "reason" -> last.getReason();
            case "taskId" -> last.getTaskId();
            case "videoId" -> last.getVideoId();
            case "previewUrl" -> last.getPreviewUrl();
            case "sourceUrl" -> last.getSourceUrl();
            case "thumbnailUrl" -> last.getThumbnailUrl();
            case "videoUrl" -> last.getVideoUrl();
            case "videoUrls" -> last.getVideo().videoUrls();
            default -> throw new AssertionError("The page has a fact that this test does not know: " + name);
        };
        if (expected.isTextual()) {
            assertThat(actual).as(name).hasToString(expected.textValue());
        } else if (!name.equals("events")) {
            assertThat(actual).as(name).isEqualTo(texts(expected));
        }
    }

    @Test
    void everyStreamOfThePageIsRead() {
        assertThat(streams()).hasSize((int) page().lines().filter(line -> line.startsWith("```sse")).count())
                .extracting(example -> example.name().charAt(0)).contains('A', 'B', 'C', 'D', 'E');
    }

    static Stream<Row> answers() {
        return rows("Money", "status");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answerCostsWhatThePageSays(Row row) throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate"));
        int status = Integer.parseInt(row.cell(0));
        Map<String, String> headers = status == 307 ? Map.of("Location", simulator().baseUrl()) : Map.of();
        simulator().answer(Answer.status(status, row.unquoted(1), headers));

        SoraException exception = (SoraException) send("direct:in", "a prompt").getException();

        assertThat(exception.getOutcome()).hasToString(row.cell(2));
        assertThat(exception.isPossiblyCharged()).isEqualTo(exception.getOutcome() != SoraOutcome.REFUSED);
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    static Stream<Row> records() {
        return rows("Records", "record");
    }

    @ParameterizedTest
    @MethodSource("records")
    void recordIsReadAsThePageSays(Row row) throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies&" + QUICK_RECOVERY);
            route.from("direct:replies").to("mock:replies");
        });
        String record = row.unquoted(0);
        String meaning = row.cell(1);
        simulator().answer(Answer.success().progress(12).cutAfter(12)
                .sourceAnswers(SourceAnswer.json(record), SourceAnswer.completed()));

        Exchange exchange = send("direct:in", "a prompt");

        if (meaning.startsWith("failed: ")) {
            assertThat(exchange.getException()).isInstanceOf(GenerationFailedException.class);
            assertThat(((SoraException) exchange.getException()).getReason()).isEqualTo(meaning.substring("failed: ".length()));
            return;
        }
        String videoUrl = exchange.getMessage().getBody(SoraVideo.class).videoUrl();
        assertThat(record.contains(videoUrl)).isEqualTo(meaning.equals("video"));
        List<String> progress = Pattern.compile("(\\d+) %").matcher(meaning).results()
                .map(percent -> "PROGRESS " + percent.group(1)).toList();
        assertThat(names(events(getMockEndpoint("mock:replies")))).filteredOn(name -> name.startsWith("PROGRESS"))
                .filteredOn(name -> !name.equals("PROGRESS 12")).isEqualTo(progress);
    }

    @Test
    void categoriesAreThoseOfThePage() {
        List<Row> rows = rows("Categories", "category").toList();
        assertThat(rows).extracting(row -> row.cell(0))
                .isEqualTo(Arrays.stream(SoraFailureCategory.values()).map(Enum::name).toList());
        for (Row row : rows) {
            Pattern.compile("`([^`]+)`").matcher(row.cell(1)).results().map(word -> word.group(1)).forEach(word ->
                    assertThat(FailureClassifier.classify(word, 0)).as(word).hasToString(row.cell(0)));
        }
        Map<Integer, String> byStatus = new HashMap<>();
        rows.forEach(row -> statuses(row.cell(2)).forEach(status -> byStatus.put(status, row.cell(0))));
        for (int status = 300; status < 600; status++) {
            assertThat(FailureClassifier.classify(null, status)).as("%d", status)
                    .hasToString(byStatus.getOrDefault(status, "UNKNOWN"));
        }
    }

    private static IntStream statuses(String cell) {
        Matcher range = Pattern.compile("(\\d{3}) to (\\d{3})").matcher(cell);
        IntStream single = Pattern.compile("\\d{3}").matcher(cell).results().map(MatchResult::group)
                .mapToInt(Integer::parseInt);
        return range.find() ? IntStream.concat(single, IntStream.rangeClosed(Integer.parseInt(range.group(1)),
                Integer.parseInt(range.group(2)))).distinct() : single;
    }

    @Test
    void linksAreThoseOfThePage() {
        assertThat(rows("Trust", "text")).isNotEmpty().allSatisfy(row ->
                assertThat(Link.of(row.unquoted(0)) != null).isEqualTo(row.cell(1).equals("a link")));
    }

    @Test
    void everyRuleThatACommentNamesIsAHeading() throws IOException {
        Set<String> headings = Pattern.compile("^#{2,3} (.+)$", Pattern.MULTILINE).matcher(page()).results()
                .map(heading -> heading.group(1)).collect(Collectors.toSet());
        Pattern reference = Pattern.compile("(?:PROTOCOL|protocol\\.md),? \"([^\"]+)\"");
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            List<String> named = sources.filter(Files::isRegularFile)
                    .flatMap(source -> reference.matcher(read(source)).results()).map(match -> match.group(1)).toList();
            assertThat(named).isNotEmpty().isSubsetOf(headings);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/protocol.md", "docs/architecture.md", "CONTRIBUTING.md"})
    void everyClassThatThePageNamesExists(String page) throws IOException {
        String text = read(Path.of("..", page));
        String classes = text.substring(Math.max(0, text.indexOf("## Where it is decided")));
        List<String> named = Pattern.compile("`(?:[a-z.]+\\.)?([A-Z]\\w*[a-z]\\w*)(?:\\.\\w+)?`").matcher(classes).results()
                .map(match -> match.group(1)).toList();
        try (Stream<Path> sources = Files.walk(Path.of("src"))) {
            Set<String> existing = sources.map(source -> source.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
            assertThat(named).isNotEmpty().isSubsetOf(existing);
        }
    }

    /** The rows of the table in a section whose first column has this name. */
    private static Stream<Row> rows(String section, String firstColumn) {
        List<String> lines = page().lines().dropWhile(line -> !line.matches("#{2,3} " + section))
                .dropWhile(line -> !line.startsWith("| " + firstColumn + " |")).toList();
        assertThat(lines).as("table of %s", section).isNotEmpty();
        return lines.stream().takeWhile(line -> line.startsWith("|")).skip(2)
                .map(line -> new Row(Arrays.stream(line.substring(1).split("\\|", -1)).map(String::strip).toList()));
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::textValue).toList();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String page() {
        return read(PAGE);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("The test runs in the folder of its module", e);
        }
    }
}
