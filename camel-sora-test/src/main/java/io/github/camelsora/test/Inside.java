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
import java.util.List;

import io.vertx.core.buffer.Buffer;

/** What a stream can be cut in the middle of. */
public enum Inside {
    /** A character of four bytes, in front of the first percentage. */
    UTF8_CHARACTER(Point.PROGRESS) {
        @Override
        int offset(Buffer chunk) {
            return text(chunk).indexOf("\u00f0\u009f") + 2;
        }
    },
    /** The JSON of the chunk with the first percentage. */
    PAYLOAD(Point.PROGRESS) {
        @Override
        int offset(Buffer chunk) {
            return chunk.length() / 2;
        }
    },
    /** The address of the video. */
    LINK(Point.LINK) {
        @Override
        int offset(Buffer chunk) {
            return text(chunk).lastIndexOf("/cdn/") + 20;
        }
    };

    private final Point point;

    Inside(Point point) {
        this.point = point;
    }

    abstract int offset(Buffer chunk);

    Script cut(Script script) {
        int index = script.indexOf(point);
        Step.Wire whole = script.step(index).wire();
        Step part = Step.wireOnly(encoder -> {
            Buffer chunk = whole.encode(encoder);
            return chunk == null ? null : chunk.getBuffer(0, offset(chunk));
        });
        return script.divertAfter(index - 1, List.of(part), Ending.CUT);
    }

    /** ISO-8859-1 has one char per byte, so a char index is a byte offset. */
    private static String text(Buffer chunk) {
        return chunk.toString(StandardCharsets.ISO_8859_1);
    }
}
