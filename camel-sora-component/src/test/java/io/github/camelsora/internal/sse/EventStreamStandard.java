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
package io.github.camelsora.internal.sse;

import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Reads a whole event stream line by line, as the standard puts it and without a thought for speed: what a decoder is
 * compared with. One line for each event: {@code event|data}, the data a character per byte.
 */
final class EventStreamStandard {

    private final int limit;
    private final List<String> events = new ArrayList<>();
    private String data;

    EventStreamStandard(int limit) {
        this.limit = limit;
    }

    List<String> read(byte[] wire) {
        String text = new String(wire, ISO_8859_1);
        String rest = text.startsWith("\u00EF\u00BB\u00BF") ? text.substring(3) : text;
        String[] lines = rest.split("\r\n|\r|\n", -1);
        for (int i = 0; i < lines.length; i++) {
            boolean ended = i < lines.length - 1;
            if (ended && lines[i].isEmpty()) {
                dispatch();
            } else if (ended || lines[i].indexOf(':') >= 0) {
                field(lines[i]);
            }
            if (data != null && data.length() > limit) {
                events.add("too large");
                return events;
            }
        }
        if (data != null && !data.isEmpty()) {
            events.add("incomplete|" + data);
        }
        return events;
    }

    private void field(String line) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? line : line.substring(0, colon);
        String behind = colon < 0 ? "" : line.substring(colon + 1);
        String value = behind.startsWith(" ") ? behind.substring(1) : behind;
        if (name.equals("data")) {
            data = data == null ? value : data + "\n" + value;
        }
    }

    private void dispatch() {
        if (data != null) {
            events.add("event|" + data);
        }
        data = null;
    }
}
