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
package io.github.camelsora.test;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.jcodec.api.FrameGrab;
import org.jcodec.common.DemuxerTrackMeta;
import org.jcodec.common.io.ByteBufferSeekableByteChannel;
import org.jcodec.common.model.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** What a client gets that follows the links of a report, decoded. */
class FilmTest {

    private static final Pattern VIDEO = Pattern.compile("\\[Play online▶️\\]\\((.+?)\\)");
    private static final Pattern THUMBNAIL = Pattern.compile("!\\[.+?\\]\\((.+?)\\)");
    /** The difference of two pictures, in steps of brightness and colour per point, that nobody sees. */
    private static final double INVISIBLE = 5;

    @RegisterExtension
    static final SoraSimulatorExtension SORA = new SoraSimulatorExtension();

    private final Client client = new Client(SORA.simulator());

    @Test
    void fourPromptsGiveFourVideosThatLookDifferent() throws Exception {
        List<String> prompts = List.of("A paper boat sets sail on a rain puddle", "A dog runs on the beach",
                "Sunrise over the desert", "一只小狗");
        byte[][][] frames = new byte[prompts.size()][][];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = firstFrame(fetch(prompts.get(i), VIDEO));
        }
        for (int i = 0; i < frames.length; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(difference(frames[i], frames[j])).as(prompts.get(i) + ", " + prompts.get(j))
                        .isGreaterThan(3 * INVISIBLE);
            }
        }
    }

    @Test
    void theSamePromptGivesTheSameBytesAlsoOnAnotherSimulator() throws Exception {
        byte[] video = fetch("a dog", VIDEO);
        assertThat(fetch("a dog", VIDEO)).isEqualTo(video);
        try (SoraSimulator other = SoraSimulator.start()) {
            assertThat(fetch(new Client(other), "a dog", VIDEO)).isEqualTo(video);
            assertThat(fetch(new Client(other), "a dog", THUMBNAIL)).isEqualTo(fetch("a dog", THUMBNAIL));
        }
    }

    @Test
    void theWordsOfThePromptAreInTheFirstFrame() throws Exception {
        byte[][] frame = firstFrame(fetch("a boat", VIDEO));
        assertShows(frame, "A BOAT", 5);
        assertShows(firstFrame(fetch("\n  a\tBÖAT  ", VIDEO)), "A BOAT", 5);
    }

    @Test
    void theVideoPlaysForThreeSecondsAndMoves() throws Exception {
        byte[] video = fetch("a dog", VIDEO);

        assertThat(video.length).isBetween(10_000, 100_000);
        FrameGrab reader = reader(video);
        DemuxerTrackMeta track = reader.getVideoTrack().getMeta();
        assertThat(track.getTotalDuration()).isEqualTo(3.0);
        assertThat(track.getTotalFrames()).isEqualTo(Film.FRAMES);
        byte[][] first = planes(reader.getNativeFrame());
        TitleCard card = new TitleCard(Letters.load(), "a dog");
        for (int i = 1; i < Film.FRAMES; i++) {
            byte[][] next = planes(reader.getNativeFrame());
            assertThat(difference(next, first)).as("frame " + i).isPositive();
            assertThat(difference(next, card.frame(i, Film.FRAMES))).as("frame " + i).isLessThan(INVISIBLE);
        }
    }

    @Test
    void theFileBeginsWithItsIndexSoThatItPlaysWhileItIsLoaded() throws Exception {
        String start = new String(fetch("a dog", VIDEO), 0, 3_000, "ISO-8859-1");
        assertThat(start.indexOf("ftyp")).isEqualTo(4);
        assertThat(start.indexOf("moov")).isPositive().isLessThan(start.indexOf("mdat"));
    }

    @Test
    void thePictureIsTheFirstFrame() throws Exception {
        byte[] picture = fetch("a dog", THUMBNAIL);

        assertThat(picture.length).isBetween(1_000, 50_000);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
        assertThat(image.getWidth()).isEqualTo(TitleCard.WIDTH);
        assertThat(image.getHeight()).isEqualTo(TitleCard.HEIGHT);
        assertThat(difference(light(image), firstFrame(fetch("a dog", VIDEO))[0])).isLessThan(2 * INVISIBLE);
    }

    @Test
    void aLinkThatNobodyMadeShowsNoWords() throws Exception {
        byte[][] frame = firstFrame(client.get(SORA.simulator().baseUrl() + "/cdn/any.mp4").body());
        assertThat(difference(frame, new TitleCard(Letters.load(), "").frame(0, Film.FRAMES))).isLessThan(INVISIBLE);
    }

    @Test
    void aDownloadThatGoesOnAsksForTheSameVideo() throws Exception {
        client.generate("a dog");
        String link = SORA.simulator().tasks().get(0).videoUrl();
        var whole = client.get(link);
        String tag = whole.headers().firstValue("ETag").orElseThrow();

        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        assertThat(client.get(link, "Range", "bytes=4-7", "If-Range", tag).statusCode()).isEqualTo(206);
        var other = client.get(link, "Range", "bytes=4-7", "If-Range", "\"another\"");
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.body()).isEqualTo(whole.body());
    }

    private byte[] fetch(String prompt, Pattern link) throws Exception {
        return fetch(client, prompt, link);
    }

    private static byte[] fetch(Client client, String prompt, Pattern link) throws Exception {
        Matcher found = link.matcher(Client.report(client.generate(prompt).body()));
        assertThat(found.find()).isTrue();
        return client.get(found.group(1)).body();
    }

    private static FrameGrab reader(byte[] video) throws Exception {
        return FrameGrab.createFrameGrab(ByteBufferSeekableByteChannel.readFromByteBuffer(ByteBuffer.wrap(video)));
    }

    private static byte[][] firstFrame(byte[] video) throws Exception {
        return planes(reader(video).getNativeFrame());
    }

    /** Copies of the planes, as the decoder has more room than it needs, and uses it again. */
    private static byte[][] planes(Picture picture) {
        byte[][] planes = new byte[3][];
        for (int i = 0; i < planes.length; i++) {
            int size = TitleCard.WIDTH * TitleCard.HEIGHT / (i == 0 ? 1 : 4);
            planes[i] = Arrays.copyOf(picture.getPlaneData(i), size);
            invertSign(planes[i]);
        }
        return planes;
    }

    /** The decoder counts from -128. */
    private static void invertSign(byte[] plane) {
        for (int i = 0; i < plane.length; i++) {
            plane[i] ^= (byte) 0x80;
        }
    }

    /** The brightness of each point, by BT.601. */
    private static byte[] light(BufferedImage image) {
        byte[] light = new byte[TitleCard.WIDTH * TitleCard.HEIGHT];
        for (int i = 0; i < light.length; i++) {
            int rgb = image.getRGB(i % TitleCard.WIDTH, i / TitleCard.WIDTH);
            light[i] = (byte) (16 + (66 * (rgb >> 16 & 0xFF) + 129 * (rgb >> 8 & 0xFF) + 25 * (rgb & 0xFF)) / 256);
        }
        return light;
    }

    private static double difference(byte[][] one, byte[][] other) {
        return (4 * difference(one[0], other[0]) + difference(one[1], other[1]) + difference(one[2], other[2])) / 6;
    }

    private static double difference(byte[] one, byte[] other) {
        assertThat(one.length).isEqualTo(other.length);
        long sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.abs((one[i] & 0xFF) - (other[i] & 0xFF));
        }
        return (double) sum / one.length;
    }

    /** Each point of each letter is light where the letter is, and dark where it is not. */
    private static void assertShows(byte[][] frame, String words, int scale) {
        Letters letters = Letters.load();
        Stream.iterate(0, i -> i < words.length(), i -> i + 1).forEach(i -> {
            for (int y = 0; y < Letters.HEIGHT; y++) {
                for (int x = 0; x < Letters.WIDTH; x++) {
                    int left = TitleCard.MARGIN + (i * (Letters.WIDTH + 1) + x) * scale + scale / 2;
                    int top = TitleCard.TEXT_TOP + y * scale + scale / 2;
                    assertThat((frame[0][top * TitleCard.WIDTH + left] & 0xFF) > 190).as(words.charAt(i) + " " + x + " " + y)
                            .isEqualTo(letters.isSet(words.charAt(i), x, y));
                }
            }
        });
    }
}
