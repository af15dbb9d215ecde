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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** However bytes come and are asked for: one read of the connection in each input event, nothing lost, the end on its own. */
class InputEventsReadTest {

    /** Reads as HttpCore does: some times in each call, and stops although there may be more. */
    private static class Reader implements ForwardingEventHandler {

        private final List<Integer> targets;
        private final int readsInACall;
        final StringBuilder bytes = new StringBuilder();
        int calls;
        private boolean ended;

        Reader(List<Integer> targets, int readsInACall) {
            this.targets = targets;
            this.readsInACall = readsInACall;
        }

        @Override
        public IOEventHandler handler() {
            throw new AssertionError("only input is expected");
        }

        @Override
        public void inputReady(IOSession session, ByteBuffer decrypted) throws IOException {
            calls++;
            for (int i = 0; i < readsInACall; i++) {
                ByteBuffer target = ByteBuffer.allocate(targets.get(i % targets.size()));
                int read = session.read(target);
                assertThat(target.position()).isEqualTo(Math.max(0, read));
                ended |= read == -1;
                bytes.append(ISO_8859_1.decode(target.flip()));
            }
        }
    }

    private static IOSession decorate(FakeConnection connection, IOEventHandler reader, boolean tls) {
        return new InputEvents().decorate(connection.session(reader), tls);
    }

    /** As an I/O thread does when the connection is readable. */
    private static void event(IOSession session) throws IOException {
        Objects.requireNonNull(session.getHandler()).inputReady(session, null);
    }

    private static List<String> pieces(List<Integer> sizes) {
        List<String> pieces = new ArrayList<>();
        int next = 0;
        for (int size : sizes) {
            StringBuilder piece = new StringBuilder();
            for (int i = 0; i < size; i++) {
                piece.append((char) (next++ % 251));
            }
            pieces.add(piece.toString());
        }
        return pieces;
    }

    @Property(tries = 500)
    void anEventReadsOnceAndHandsEverythingOn(@ForAll @Size(max = 5) List<@IntRange(min = 1, max = 40_000) Integer> sizes,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 2000) Integer> targets,
            @ForAll @IntRange(min = 1, max = 100) int readsInACall) throws Exception {
        List<String> pieces = pieces(sizes);
        FakeConnection connection = new FakeConnection(pieces);
        connection.end(null);
        Reader reader = new Reader(targets, readsInACall);
        IOSession session = decorate(connection, reader, false);
        int events = 0;
        while (!reader.ended) {
            int before = reader.bytes.length();
            event(session);
            assertThat(connection.reads()).isEqualTo(++events);
            assertThat(reader.ended).as("the end comes alone").isEqualTo(reader.bytes.length() == before);
        }
        assertThat(reader.bytes).hasToString(String.join("", pieces));
    }

    @Example
    void aFailureComesInAnEventOfItsOwn() throws Exception {
        FakeConnection connection = new FakeConnection(List.of("the link of a paid video"));
        connection.end(new IOException("Connection reset"));
        Reader reader = new Reader(List.of(1000), 3);
        IOSession session = decorate(connection, reader, false);
        event(session);
        assertThat(reader.bytes).hasToString("the link of a paid video");
        assertThatThrownBy(() -> event(session)).hasMessage("Connection reset");
        assertThat(reader.ended).isFalse();
    }

    @Example
    void bytesThatAreNotTakenDoNotGoToTheNextConnection() throws Exception {
        InputEvents events = new InputEvents();
        Reader one = new Reader(List.of(10), 1);
        FakeConnection behind = new FakeConnection(List.of("an answer, and more behind it"));
        IOSession first = events.decorate(behind.session(one), false);
        behind.closeAfter(1);
        event(first);
        assertThat(one.bytes).hasToString("an answer,");
        Reader other = new Reader(List.of(10), 1);
        event(events.decorate(new FakeConnection(List.of("another")).session(other), false));
        assertThat(other.bytes).hasToString("another");
    }

    @Example
    void aReaderThatTakesNothingIsAskedOnceMoreAtMost() throws Exception {
        Reader lazy = new Reader(List.of(10), 1) {
            @Override
            public void inputReady(IOSession session, ByteBuffer decrypted) throws IOException {
                if (bytes.isEmpty()) {
                    super.inputReady(session, decrypted);
                } else {
                    calls++;
                }
            }
        };
        event(decorate(new FakeConnection(List.of("an answer, and more behind it")), lazy, false));
        assertThat(lazy.bytes).hasToString("an answer,");
        assertThat(lazy.calls).isEqualTo(2);
    }

    @Example
    void whatIsDecryptedIsReadAsHttpCoreReadsIt() throws Exception {
        FakeConnection connection = new FakeConnection(pieces(List.of(100)));
        Reader reader = new Reader(List.of(10), 4);
        event(decorate(connection, reader, true));
        assertThat(connection.reads()).isEqualTo(4);
        assertThat(reader.bytes).hasSize(40);
    }
}
