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
package io.github.camelsora.internal.http;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.github.camelsora.internal.text.Secrets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** However the bytes arrive and are asked for: the head without the keys, the rest as it is, nothing lost or kept. */
class MaskedSessionTest {

    private static final String KEY = "aabaabaac";
    private static final Secrets SECRETS = Secrets.of(List.of("Bearer " + KEY), List.of());

    /** Text of which much may be the beginning of a key. */
    @Provide
    Arbitrary<String> heads() {
        Arbitrary<String> value = Arbitraries.of("a", "aa", "aabaa", "b", KEY, KEY + KEY, KEY.substring(1), "x").list()
                .ofMaxSize(9).map(parts -> String.join("", parts));
        Arbitrary<String> lineEnd = Arbitraries.of("\r\n", "\n");
        Arbitrary<String> line = value.flatMap(text -> lineEnd.map(end -> "X-" + text + ": " + text + end));
        Arbitrary<String> interim = Arbitraries.of("", "\r\n", "HTTP/1.1 100 " + KEY + "\r\n\r\n");
        return interim.flatMap(before -> line.list().ofMaxSize(4)
                .map(lines -> before + "HTTP/1.1 200 OK\r\n" + String.join("", lines) + "\r\n"));
    }

    /** Bodies, and what looks like a second head. */
    @Provide
    Arbitrary<String> bodies() {
        return Arbitraries.of("", "a", KEY, "aab\r\n\r\n" + KEY + "\u00e9", "HTTP/1.1 200 " + KEY + "\r\n\r\n");
    }

    @Property(tries = 3000)
    void theHeadIsMaskedAndNothingElse(@ForAll("heads") String head, @ForAll("bodies") String body,
            @ForAll List<@IntRange(min = 1, max = 12) Integer> arrivals,
            @ForAll List<@IntRange(min = 1, max = 12) Integer> targets) throws Exception {
        String expected = head.replace(KEY, "***") + body;
        assertThat(read(head + body, arrivals, targets)).isEqualTo(expected);
        assertThat(pushed(head + body, arrivals)).isEqualTo(expected);
    }

    @Example
    void aHeadThatEndsWithinAKeyIsReadToItsEnd() throws Exception {
        assertThat(read("HTTP/1.1 200 OK\r\nX: aabaab", List.of(5), List.of(1))).isEqualTo("HTTP/1.1 200 OK\r\nX: aabaab");
        assertThat(read("HTTP/1.1 200 OK\r\nX: aabaabaa", List.of(5), List.of(1))).isEqualTo("HTTP/1.1 200 OK\r\nX: ***");
    }

    @Example
    void whatIsEncryptedPasses() throws Exception {
        String record = "\u0016\u0003\u0001 " + KEY + "\r\n\r\naab";
        assertThat(read(record, List.of(3), List.of(2))).isEqualTo(record);
    }

    /**
     * Reads as an I/O thread does: once for each time the socket is readable, which it is as long as bytes or the end are
     * there. So if the session kept bytes although the socket has none, they would be missing.
     */
    private static String read(String wire, List<Integer> arrivals, List<Integer> targets) throws Exception {
        FakeConnection connection = new FakeConnection(pieces(wire, arrivals));
        IOSession session = new MaskedSession(connection.session(null), SECRETS);
        StringBuilder read = new StringBuilder();
        for (int i = 0; connection.hasBytes(); i++) {
            append(read, session, targets.isEmpty() ? 64 : targets.get(i % targets.size()));
        }
        if (wire.contains("\n\r\n")) {
            assertThat(append(read, session, 64)).as("kept although the connection has nothing more").isZero();
        }
        connection.end(null);
        while (append(read, session, 3) != -1) {
            assertThat(read.length()).isLessThan(10_000);
        }
        return read.toString();
    }

    private static int append(StringBuilder read, IOSession session, int size) throws Exception {
        ByteBuffer target = ByteBuffer.allocate(size);
        int length = session.read(target);
        assertThat(target.position()).isEqualTo(Math.max(length, 0));
        read.append(new String(target.array(), 0, target.position(), ISO_8859_1));
        return length;
    }

    /** With TLS the handler gets the bytes. */
    private static String pushed(String wire, List<Integer> arrivals) throws Exception {
        StringBuilder read = new StringBuilder();
        List<IOEventHandler> handlers = new ArrayList<>();
        IOSession below = FakeConnection.proxy(IOSession.class, (method, arguments) -> method.equals("upgrade")
                ? handlers.add((IOEventHandler) arguments[0]) : null);
        IOEventHandler reader = FakeConnection.proxy(IOEventHandler.class, (method, arguments) -> arguments[1] == null ? null
                : read.append(ISO_8859_1.decode((ByteBuffer) arguments[1])));
        IOSession session = new MaskedSession(below, SECRETS);
        session.upgrade(reader);
        assertThat(session.getHandler()).isSameAs(reader);
        for (String piece : pieces(wire, arrivals)) {
            handlers.get(0).inputReady(session, ByteBuffer.wrap(piece.getBytes(ISO_8859_1)));
        }
        handlers.get(0).inputReady(session, null);
        return read.toString();
    }

    private static List<String> pieces(String wire, List<Integer> sizes) {
        List<String> pieces = new ArrayList<>();
        for (int at = 0, i = 0; at < wire.length(); i++) {
            int end = Math.min(wire.length(), at + (sizes.isEmpty() ? 64 : sizes.get(i % sizes.size())));
            pieces.add(wire.substring(at, end));
            at = end;
        }
        return pieces;
    }
}
