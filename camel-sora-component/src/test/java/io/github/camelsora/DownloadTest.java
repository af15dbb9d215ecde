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

import java.io.File;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.camelsora.event.DownloadFailedException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.download.VideoServer;
import io.github.camelsora.internal.json.SoraJson;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A video goes to a file, or to a stream cache, whole or not at all. */
class DownloadTest extends SoraRouteTest {

    private static final String QUICK = "recoveryDelay=10ms&recoveryMaxDelay=10ms";

    @TempDir
    Path directory;

    @TempDir
    Path spool;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        context.getStreamCachingStrategy().setSpoolEnabled(true);
        context.getStreamCachingStrategy().setSpoolDirectory(spool.toFile());
        return context;
    }

    private String download(VideoServer server, String options) {
        return "sora:download?" + QUICK + "&trustedHosts=127.0.0.1:" + server.port() + "&directory=" + directory
                + (options.isEmpty() ? "" : "&" + options);
    }

    private List<String> files(Path where) throws Exception {
        try (Stream<Path> all = Files.walk(where)) {
            return all.filter(Files::isRegularFile).map(file -> where.relativize(file).toString()).sorted().toList();
        }
    }

    private void assertVideo(Path file, long size) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            assertThat(VideoServer.isVideo(in, size)).as("%s is the video", file).isTrue();
        }
    }

    @Test
    void aVideoBecomesAFileAndItsHeadersStay() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate")
                .to("sora:download?directory=" + directory + "&fileName=films/${header.order}.mp4"));
        Exchange exchange = send("direct:in", "a paper boat", Map.of("order", "4711"));
        assertThat(exchange.getException()).isNull();
        Path file = directory.resolve("films/4711.mp4");
        assertThat(exchange.getMessage().getBody()).isEqualTo(file.toFile());
        assertThat(exchange.getMessage().getHeaders()).containsEntry("CamelFileName", "films/4711.mp4")
                .containsEntry("CamelFileNameProduced", file.toString()).containsEntry("CamelFileLength", Files.size(file))
                .containsEntry("Content-Length", Files.size(file)).containsEntry("Content-Type", "video/mp4")
                .containsEntry("CamelSoraTaskId", simulator().tasks().get(0).id())
                .containsEntry("CamelSoraVideoUrl", simulator().tasks().get(0).videoUrl())
                .containsKey("CamelSoraGenerationId").containsEntry("CamelSoraGateway", "goapi");
        assertThat(Files.readAllBytes(file)).startsWith(0, 0, 0).contains('f', 't', 'y', 'p');
        assertThat(files(directory)).containsExactly("films/4711.mp4");
    }

    @Test
    void withoutADirectoryTheBodyIsAStreamCacheThatIsGoneWithItsExchange() throws Exception {
        List<Long> lengths = new ArrayList<>();
        routes(route -> route.from("direct:in").to("sora:generate").to("sora:download").process(exchange -> {
            StreamCache body = exchange.getMessage().getBody(StreamCache.class);
            assertThat(body.inMemory()).isFalse();
            assertThat(files(spool)).hasSize(1);
            for (int i = 0; i < 2; i++) {
                body.reset();
                lengths.add((long) exchange.getMessage().getBody(byte[].class).length);
            }
        }).setBody(route.constant("done")));
        Exchange exchange = send("direct:in", "a paper boat");
        assertThat(exchange.getException()).isNull();
        assertThat(lengths).containsExactly(exchange.getMessage().getHeader("Content-Length", Long.class),
                exchange.getMessage().getHeader("Content-Length", Long.class));
        assertThat(files(spool)).isEmpty();
    }

    @Test
    void aVideoIsFetchedByWhateverNamesIt() throws Exception {
        try (VideoServer server = VideoServer.good(1000)) {
            SoraVideo video = SoraVideo.builder().generationId("g1").taskId("task_1").gateway("goapi").videoUrl(server.link())
                    .build();
            String json = SoraJson.write(video);
            for (Object body : new Object[] { video, server.link(), URI.create(server.link()), json, json.getBytes("UTF-8"),
                    SoraJson.toMap(video) }) {
                Exchange exchange = send(download(server, "fileName=v.mp4"), body);
                assertThat(exchange.getException()).as("%s", body).isNull();
                assertVideo(directory.resolve("v.mp4"), 1000);
                Files.delete(directory.resolve("v.mp4"));
            }
            Exchange exchange = send(download(server, ""), "a text", Map.of("CamelSoraVideoUrl", server.link(),
                    "CamelSoraGenerationId", "order 1/2"));
            assertThat(exchange.getException()).isNull();
            assertThat(files(directory)).singleElement().asString().matches("order_1_2-[0-9a-f]{12}\\.mp4");
            assertThat(exchange.getMessage().getHeaders()).containsEntry("CamelSoraGenerationId", "order 1/2");
        }
    }

    @Test
    void withoutALinkNothingIsSent() throws Exception {
        for (Object body : new Object[] { "a text", "{}", 5, SoraVideo.builder().taskId("task_1").build() }) {
            assertThat(send("sora:download", body).getException()).as("%s", body)
                    .isInstanceOfAny(IllegalArgumentException.class, org.apache.camel.TypeConversionException.class);
        }
    }

    @Test
    void theNameOfAFileIsTheOptionsElseTheHeadersElseStable() throws Exception {
        try (VideoServer server = VideoServer.good(1000)) {
            Map<String, Object> header = Map.of("CamelFileName", "header.mp4");
            send(download(server, "fileName=option.mp4"), server.link(), header);
            send(download(server, ""), server.link(), header);
            send(download(server, ""), server.link());
            send(download(server, ""), server.link() + "?signature=2");
            assertThat(files(directory)).hasSize(3).contains("header.mp4", "option.mp4");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "../up.mp4", "a/../../up.mp4", "/tmp/up.mp4", "..\\up.mp4", "", ".", "a/..", "a/" })
    void noNameLeadsOutOfTheDirectory(String name) throws Exception {
        try (VideoServer server = VideoServer.good(1000)) {
            Exchange exchange = send(download(server, ""), server.link(), Map.of("CamelFileName", name));
            assertThat(exchange.getException()).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("file name");
            assertThat(server.requests()).isEmpty();
            assertThat(files(directory)).isEmpty();
        }
    }

    @Test
    void aFileThatWasThereIsReplacedOnlyByAWholeOne() throws Exception {
        Files.writeString(directory.resolve("v.mp4"), "earlier");
        try (VideoServer bad = new VideoServer(1000, "", false, List.of(500L, 500L, 500L, 500L, 500L));
                VideoServer good = VideoServer.good(1000)) {
            assertThat(send(download(bad, "fileName=v.mp4"), bad.link()).getException())
                    .isInstanceOf(DownloadFailedException.class).hasMessageContaining("500 of 1000").hasNoCause();
            assertThat(directory.resolve("v.mp4")).hasContent("earlier");
            assertThat(files(directory)).hasSize(1);
            assertThat(send(download(good, "fileName=v.mp4"), good.link()).getException()).isNull();
            assertVideo(directory.resolve("v.mp4"), 1000);
        }
    }

    @Test
    void aConnectionThatIsCutAnywhereIsResumedAtThatByte() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int size = 2_000_000;
        List<Long> cuts = random.longs(10, 1, 190_000).boxed().toList();
        try (VideoServer server = new VideoServer(size, VideoServer.ETAG, true, cuts)) {
            Exchange exchange = send(download(server, "fileName=v.mp4"), server.link());
            assertThat(exchange.getException()).as("seed %s", seed).isNull();
            assertVideo(directory.resolve("v.mp4"), size);
            assertThat(server.requests()).hasSize(11);
            long from = 0;
            for (int i = 1; i < 11; i++) {
                from += cuts.get(i - 1);
                if (from > 0) {
                    assertThat(server.requests().get(i)).contains("\r\nRange: bytes=" + from + "-\r\n")
                            .contains("\r\nIf-Range: \"v1\"\r\n");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "ETag: W/\"v1\"\r\n", "Last-Modified: Wed, 21 Oct 2026 07:28:00 GMT\r\n"
            + "Date: Wed, 21 Oct 2026 07:28:00 GMT\r\n" })
    void whatCannotBeRecognisedIsFetchedFromItsBeginning(String headers) throws Exception {
        try (VideoServer server = new VideoServer(200_000, headers, true, List.of(100_000L))) {
            assertThat(send(download(server, "fileName=v.mp4"), server.link()).getException()).isNull();
            assertVideo(directory.resolve("v.mp4"), 200_000);
            assertThat(server.requests()).hasSize(2).noneMatch(request -> request.contains("Range:"));
        }
    }

    @Test
    void anOldDateOfTheLastChangeIsEnoughToResume() throws Exception {
        String old = "Last-Modified: Wed, 21 Oct 2026 07:28:00 GMT\r\nDate: Thu, 22 Oct 2026 07:28:00 GMT\r\n";
        try (VideoServer server = new VideoServer(200_000, old, true, List.of(100_000L))) {
            assertThat(send(download(server, "fileName=v.mp4"), server.link()).getException()).isNull();
            assertVideo(directory.resolve("v.mp4"), 200_000);
            assertThat(server.requests().get(1)).contains("If-Range: Wed, 21 Oct 2026 07:28:00 GMT");
        }
    }

    @Test
    void aServerWithoutRangesSendsTheWholeAgain() throws Exception {
        try (VideoServer server = new VideoServer(300_000, VideoServer.ETAG, false, List.of(100_000L, 200_000L))) {
            assertThat(send(download(server, "fileName=v.mp4"), server.link()).getException()).isNull();
            assertVideo(directory.resolve("v.mp4"), 300_000);
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void everyPercentageIsAnEventAtMostOnceAlsoWhenTheDownloadBeginsAgain() throws Exception {
        MockEndpoint replies = getMockEndpoint("mock:replies");
        try (VideoServer server = new VideoServer(300_000, VideoServer.ETAG, false, List.of(200_000L))) {
            SoraVideo video = SoraVideo.builder().generationId("g1").taskId("task_1").gateway("goapi").videoUrl(server.link())
                    .build();
            Exchange exchange = send(download(server, "fileName=v.mp4&streamRepliesTo=mock:replies"), video);
            assertThat(exchange.getException()).isNull();
            List<SoraEvent> events = events(replies);
            assertThat(events).extracting(SoraEvent::getSequence)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, events.size()).boxed().toList());
            List<Integer> percentages = events.stream().limit(events.size() - 1L).map(SoraEvent::getProgress).toList();
            assertThat(percentages).isSorted().doesNotHaveDuplicates().startsWith(0).endsWith(100);
            assertThat(names(events)).endsWith("COMPLETED");
            assertThat(events).allMatch(event -> "g1".equals(event.getGenerationId()));
            assertThat(replies.getExchanges().get(0).getMessage().getHeaders()).containsEntry("CamelSoraTaskId", "task_1")
                    .containsEntry("CamelSoraEventType", "PROGRESS").containsEntry("CamelSoraProgress", 0);
        }
    }

    @Test
    void aDownloadThatFailsTellsItAsNoLostGeneration() throws Exception {
        MockEndpoint replies = getMockEndpoint("mock:replies");
        try (VideoServer server = VideoServer.good(300_000)) {
            Exchange exchange = send(download(server, "maxDownloadSize=100KB&streamRepliesTo=mock:replies"), server.link());
            assertThat(exchange.getException()).isInstanceOfSatisfying(DownloadFailedException.class, failure -> {
                assertThat(failure.getReason()).isEqualTo(DownloadFailedException.Reason.TOO_LARGE);
                assertThat(failure).hasMessageContaining("102400 bytes (maxDownloadSize)").hasNoCause();
                assertThat(failure.isRetryable()).isFalse();
                assertThat(failure.getVideoUrl()).isEqualTo(server.link());
            });
            SoraEvent last = events(replies).get(replies.getExchanges().size() - 1);
            assertThat(last.getOutcome()).isEqualTo(SoraOutcome.NOT_DOWNLOADED);
            assertThat(last.getPossiblyCharged()).isFalse();
            assertThat(SoraJson.readEvent(SoraJson.write(last))).isEqualTo(last);
            assertThat(files(directory)).isEmpty();
        }
    }

    @Test
    void aReplyThatFailsEndsTheDownloadIfThatIsAskedFor() throws Exception {
        routes(route -> route.from("direct:replies").throwException(new IllegalStateException("no")));
        try (VideoServer server = VideoServer.good(50_000_000)) {
            Exchange exchange = send(download(server, "stopOnException=true&streamRepliesTo=direct:replies"), server.link());
            assertThat(exchange.getException()).isInstanceOfSatisfying(DownloadFailedException.class,
                    failure -> assertThat(failure.getReason()).isEqualTo(DownloadFailedException.Reason.CANCELLED));
            assertThat(files(directory)).isEmpty();
            assertThat(send(download(server, "fileName=v.mp4&streamRepliesTo=direct:replies"), server.link()).getException())
                    .isNull();
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenToIsAFailureOfItsOwn() throws Exception {
        Files.writeString(directory.resolve("file"), "in the way");
        try (VideoServer server = VideoServer.good(300_000)) {
            Exchange exchange = send(download(server, "fileName=file/v.mp4"), server.link());
            assertThat(exchange.getException()).isInstanceOfSatisfying(DownloadFailedException.class, failure -> {
                assertThat(failure.getReason()).isEqualTo(DownloadFailedException.Reason.NOT_STORED);
                assertThat(failure).hasNoCause();
                assertThat(failure.getSuppressed()).hasSize(1);
            });
        }
        Files.createDirectory(directory.resolve("v.mp4"));
        try (VideoServer server = VideoServer.good(300_000)) {
            assertThat(send(download(server, "fileName=v.mp4"), server.link()).getException())
                    .isInstanceOf(DownloadFailedException.class).hasMessageContaining("is a directory");
        }
        assertThat(files(directory)).containsExactly("file");
    }

    @Test
    void optionsThatMakeNoSenseAreErrorsAtStart() {
        assertThatThrownBy(() -> context.getEndpoint("sora:download?streaming=true").start()).hasMessageContaining("streaming");
        assertThatThrownBy(() -> context.getEndpoint("sora:download?fileName=v.mp4").start())
                .hasMessageContaining("fileName needs directory");
        assertThatThrownBy(() -> context.getEndpoint("sora:download?maxDownloadSize=much"))
                .hasStackTraceContaining("maxDownloadSize=much is no size");
        assertThat(new File("v.mp4")).doesNotExist();
    }
}
