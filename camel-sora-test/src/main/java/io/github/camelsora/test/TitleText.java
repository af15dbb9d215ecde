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

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The words of a prompt in lines that fit on a picture: as large as possible, and cut with "..." if they do not fit at all.
 *
 * @param lines the lines, as code points
 * @param scale how many pixels a point of a letter has
 */
record TitleText(List<int[]> lines, int scale) {

    private static final int LARGEST = 5;
    private static final int SMALLEST = 2;
    // More than fits on any picture, and far less than a prompt may have.
    private static final int MAX_CHARACTERS = 2_000;

    /** @param width of the place for the text, in pixels, and its height */
    static TitleText of(String prompt, int width, int height) {
        int[] text = characters(prompt);
        for (int scale = LARGEST; scale > SMALLEST; scale--) {
            List<int[]> lines = wrap(text, columns(width, scale));
            if (lines.size() <= rows(height, scale) && longestWord(text) <= columns(width, scale)) {
                return new TitleText(lines, scale);
            }
        }
        List<int[]> lines = wrap(text, columns(width, SMALLEST));
        int rows = rows(height, SMALLEST);
        return new TitleText(lines.size() <= rows ? lines : cut(lines.subList(0, rows), columns(width, SMALLEST)), SMALLEST);
    }

    private static int columns(int width, int scale) {
        return (width + scale) / ((Letters.WIDTH + 1) * scale);
    }

    private static int rows(int height, int scale) {
        return height / lineHeight(scale);
    }

    static int lineHeight(int scale) {
        return (Letters.HEIGHT + 2) * scale;
    }

    /** Large letters without accents, words separated by one space. What cannot be seen is left out. */
    private static int[] characters(String prompt) {
        String start = prompt.substring(0, Math.min(prompt.length(), MAX_CHARACTERS));
        StringBuilder text = new StringBuilder();
        Normalizer.normalize(start, Normalizer.Form.NFD).toUpperCase(Locale.ROOT).codePoints().forEach(character -> {
            boolean space = Character.isWhitespace(character) || Character.isSpaceChar(character)
                    || Character.getType(character) == Character.CONTROL;
            if (space && !text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
                text.append(' ');
            } else if (!space && isVisible(character)) {
                text.appendCodePoint(character);
            }
        });
        return text.toString().strip().codePoints().toArray();
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> false;
            default -> true;
        };
    }

    private static int longestWord(int[] text) {
        int longest = 0;
        int length = 0;
        for (int character : text) {
            // Other scripts than those of ASCII may have no spaces: their lines break anywhere.
            length = character == ' ' || character > 127 ? 0 : length + 1;
            longest = Math.max(longest, length);
        }
        return longest;
    }

    private static List<int[]> wrap(int[] text, int columns) {
        List<int[]> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length) {
            int end = Math.min(start + columns, text.length);
            int next = end;
            if (end < text.length && text[end] != ' ') {
                int space = end;
                while (space > start && text[space] != ' ') {
                    space--;
                }
                // A word that is longer than a line is broken.
                end = space > start ? space : end;
                next = end;
            }
            lines.add(Arrays.copyOfRange(text, start, end));
            start = next < text.length && text[next] == ' ' ? next + 1 : next;
        }
        return lines;
    }

    private static List<int[]> cut(List<int[]> lines, int columns) {
        List<int[]> kept = new ArrayList<>(lines);
        int[] last = kept.remove(kept.size() - 1);
        int length = Math.min(last.length, columns - 3);
        int[] dots = Arrays.copyOf(last, length + 3);
        Arrays.fill(dots, length, dots.length, '.');
        kept.add(dots);
        return kept;
    }
}
