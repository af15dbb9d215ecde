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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A bitmap font of 5 by 7 points for ASCII, without small letters. Every other character gets a pattern of its own, so that two
 * texts in any script look different. Needs no font of the operating system: the pictures are the same on every machine.
 */
final class Letters {

    static final int WIDTH = 5;
    static final int HEIGHT = 7;

    private final Map<Integer, Long> points = new HashMap<>();

    private Letters(String glyphs) {
        // Each line has the character, a space, and seven rows from top to bottom.
        glyphs.lines().forEach(line -> points.put((int) line.charAt(0), bits(line.substring(2))));
    }

    static Letters load() {
        try (InputStream in = Letters.class.getResourceAsStream("letters.txt")) {
            return new Letters(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether this point of the character is set; x and y count from its upper left corner. */
    boolean isSet(int character, int x, int y) {
        long bits = points.getOrDefault(character, 0L);
        if (bits == 0 && character != ' ') {
            bits = pattern(character);
        }
        return (bits >> (y * WIDTH + x) & 1) != 0;
    }

    private static long bits(String rows) {
        String all = rows.replace(" ", "");
        long bits = 0;
        for (int i = 0; i < all.length(); i++) {
            bits |= all.charAt(i) == '#' ? 1L << i : 0;
        }
        return bits;
    }

    private static long pattern(int character) {
        // The finalizer of SplitMix64: characters that follow each other get patterns that have nothing in common.
        long mixed = character * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
