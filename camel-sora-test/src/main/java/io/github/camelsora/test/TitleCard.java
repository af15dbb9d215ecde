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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a prompt looks like: its words on a ground of its own colour and pattern, under which a disc rises and sets. The same
 * prompt always gives the same picture. Immutable; draws YUV 4:2:0 in the limited range of BT.601, as encoders take it.
 */
final class TitleCard {

    /** Multiples of 16, the size of a macroblock. */
    static final int WIDTH = 272;
    static final int HEIGHT = 480;

    static final int MARGIN = 16;
    static final int TEXT_TOP = 40;
    private static final int TEXT_HEIGHT = 360;
    private static final int DISC = 22;
    private static final int DISC_MARGIN = 10;
    private static final int DISC_RISE = 24;
    private static final int WHITE = 235;

    private final Letters letters;
    private final TitleText text;
    private final int pattern;
    private final int period;
    private final int luma;
    private final int blue;
    private final int red;

    TitleCard(Letters letters, String prompt) {
        this.letters = letters;
        text = TitleText.of(prompt, WIDTH - 2 * MARGIN, TEXT_HEIGHT);
        byte[] hash = MediaFile.sha256(prompt.getBytes(StandardCharsets.UTF_8));
        pattern = hash[0] & 3;
        period = 32 + 16 * (hash[1] & 3);
        // A point on the colour wheel, dark enough for white letters. Integers only: the same on every machine.
        int hue = ((hash[2] & 0xFF) << 8 | hash[3] & 0xFF) % 360;
        int[] colour = { channel(hue), channel(hue + 240), channel(hue + 120) };
        luma = 16 + (66 * colour[0] + 129 * colour[1] + 25 * colour[2]) / 256;
        blue = 128 + (-38 * colour[0] - 74 * colour[1] + 112 * colour[2]) / 256;
        red = 128 + (112 * colour[0] - 94 * colour[1] - 18 * colour[2]) / 256;
    }

    /** Red at this hue, in degrees; green and blue are the same, a third and two thirds of the wheel later. */
    private static int channel(int hue) {
        int distance = Math.abs((hue + 180) % 360 - 180);
        int strength = Math.max(0, Math.min(60, 120 - distance));
        return 24 + strength * 2;
    }

    /** The planes Y, U and V of a frame; the first has the number 0. */
    byte[][] frame(int number, int frames) {
        byte[] light = new byte[WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                light[y * WIDTH + x] = (byte) ground(x, y);
            }
        }
        drawDisc(light, number, frames);
        drawText(light);
        byte[] u = new byte[WIDTH * HEIGHT / 4];
        byte[] v = new byte[WIDTH * HEIGHT / 4];
        Arrays.fill(u, (byte) blue);
        Arrays.fill(v, (byte) red);
        return new byte[][] { light, u, v };
    }

    private int ground(int x, int y) {
        int along = switch (pattern) {
            case 0 -> x + y;
            case 1 -> y;
            case 2 -> x;
            default -> x - y + HEIGHT;
        };
        return along % period < period / 4 ? luma + 14 : luma;
    }

    private void drawDisc(byte[] light, int number, int frames) {
        int way = frames == 1 ? 0 : number * 1000 / (frames - 1);
        int middleX = MARGIN + DISC + (WIDTH - 2 * MARGIN - 2 * DISC) * way / 1000;
        // A parabola: highest in the middle of the way, and still below the text.
        int middleY = HEIGHT - DISC_MARGIN - DISC - DISC_RISE * 4 * way * (1000 - way) / 1_000_000;
        for (int y = middleY - DISC; y <= middleY + DISC; y++) {
            for (int x = middleX - DISC; x <= middleX + DISC; x++) {
                if ((x - middleX) * (x - middleX) + (y - middleY) * (y - middleY) <= DISC * DISC) {
                    light[y * WIDTH + x] = (byte) (luma + (WHITE - luma) / 2);
                }
            }
        }
    }

    private void drawText(byte[] light) {
        int top = TEXT_TOP;
        for (int[] line : text.lines()) {
            for (int column = 0; column < line.length; column++) {
                drawLetter(light, line[column], MARGIN + column * (Letters.WIDTH + 1) * text.scale(), top);
            }
            top += TitleText.lineHeight(text.scale());
        }
    }

    private void drawLetter(byte[] light, int character, int left, int top) {
        for (int y = 0; y < Letters.HEIGHT * text.scale(); y++) {
            for (int x = 0; x < Letters.WIDTH * text.scale(); x++) {
                if (letters.isSet(character, x / text.scale(), y / text.scale())) {
                    light[(top + y) * WIDTH + left + x] = (byte) WHITE;
                }
            }
        }
    }
}
