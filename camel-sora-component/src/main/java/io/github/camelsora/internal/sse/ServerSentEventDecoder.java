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

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Splits a byte stream into server-sent events, by the rules of the WHATWG HTML standard, section 9.2.6 "Interpreting an
 * event stream", whatever the cuts between the bytes. Knows nothing of HTTP or JSON, and no payload that means the end of the
 * stream.
 *
 * <p>It differs from the standard in two things. Payloads stay bytes: they are UTF-8, and replacing what is not is left to
 * who reads them; the bytes of line ends and colons never occur inside a character, so no character is ever cut. And
 * only {@code data} counts: {@code id} and {@code retry} serve reconnecting, and a paid POST is never sent again; gateways
 * give no {@code event} a meaning.
 *
 * <p>Not thread-safe: one instance per stream. After {@link #end()} or an {@link PayloadTooLargeException} there are no more
 * events.
 *
 * <p>Memory is bounded: the data of the event that is being read may have {@code maxEventSize} bytes, and comments and
 * ignored fields are not kept at all. A new decoder holds no buffer.
 */
public final class ServerSentEventDecoder implements PayloadReader.Splitter {

    private enum State {
        START, LINE, LINE_AFTER_CR, NAME, COLON, VALUE, CLOSED
    }

    private static final byte[] NONE = {};
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int INITIAL_SIZE = 512;
    /** A larger buffer is released after its event: thousands of open streams would each retain one. */
    private static final int RETAINED_SIZE = 8 * 1024;

    /** The one field name that counts, a byte in every eight bits. */
    private static final int DATA = 'd' << 24 | 'a' << 16 | 't' << 8 | 'a';
    private static final int DATA_LENGTH = 4;

    private final int maxEventSize;

    private State state = State.START;
    private int bomLength;
    /** The last bytes of the field name so far, and how many it has; more than enough are not counted. */
    private int name;
    private int nameLength;
    private boolean inData;

    private byte[] data = NONE;
    private int dataLength;
    private boolean hasData;

    /** Where the data of an event is that is whole: in {@link #data}, or in the bytes that were read. */
    private boolean inPlace;
    private int offset;
    private int length;
    private boolean whole;

    /**
     * @param maxEventSize how many bytes the data of one event may have
     * @throws IllegalArgumentException if the size is not positive
     */
    public ServerSentEventDecoder(int maxEventSize) {
        if (maxEventSize < 1) {
            throw new IllegalArgumentException("The maximum event size must be positive, not " + maxEventSize);
        }
        this.maxEventSize = maxEventSize;
    }

    /**
     * Reads up to the end of an event, or all bytes. An event without data is none; its data may be empty.
     *
     * @throws PayloadTooLargeException if the event being read is larger than the limit
     */
    @Override
    public boolean next(ByteBuffer bytes) {
        forget();
        byte[] array = bytes.array();
        int begin = bytes.arrayOffset();
        int end = begin + bytes.limit();
        int next = begin + bytes.position();
        while (next < end && !whole) {
            next = switch (state) {
                case START -> start(array, next);
                case LINE_AFTER_CR -> {
                    state = State.LINE;
                    yield array[next] == '\n' ? next + 1 : next;
                }
                case LINE -> line(array, next, end);
                case NAME -> name(array, next, end);
                case COLON -> {
                    state = State.VALUE;
                    yield array[next] == ' ' ? next + 1 : next;
                }
                case VALUE -> value(array, next, end);
                case CLOSED -> end;
            };
        }
        bytes.position(next - begin);
        return whole;
    }

    @Override
    public byte[] buffer(byte[] read) {
        return inPlace ? read : data;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int length() {
        return length;
    }

    /**
     * The body ended, perhaps inside an event, which the standard discards. Its data may be whole all the same, with only the
     * blank line missing: that is decided by the reader of the data.
     *
     * @return whether any data of that event has come, the last line possibly in part
     */
    @Override
    public boolean end() {
        forget();
        boolean isLeft = state != State.CLOSED && dataLength > 0;
        state = State.CLOSED;
        if (isLeft) {
            found(false, 0, dataLength);
        }
        return isLeft;
    }

    private void found(boolean inRead, int from, int count) {
        inPlace = inRead;
        offset = from;
        length = count;
        whole = true;
    }

    /** The event has been read. */
    private void forget() {
        if (whole) {
            whole = false;
            hasData = false;
            dataLength = 0;
            if (data.length > RETAINED_SIZE) {
                data = NONE;
            }
        }
    }

    private int start(byte[] bytes, int next) {
        if (bytes[next] == BOM[bomLength]) {
            bomLength++;
            state = bomLength == BOM.length ? State.LINE : State.START;
            return next + 1;
        }
        // a part of a byte order mark begins an unknown field name
        nameLength = bomLength;
        name = bomLength;
        state = bomLength == 0 ? State.LINE : State.NAME;
        return next;
    }

    private int line(byte[] bytes, int next, int end) {
        int behind = hasData ? next : usualEvent(bytes, next, end);
        if (behind > next) {
            return behind;
        }
        byte first = bytes[next];
        if (first == '\n' || first == '\r') {
            endLine(first);
            if (hasData) {
                found(false, 0, dataLength);
            }
            return next + 1;
        }
        name = 0;
        nameLength = 0;
        state = State.NAME;
        return next;
    }

    /**
     * The usual event is one line of data, and whole in the bytes: it is left where it is, and nothing is written down.
     *
     * @return where the next line begins, or {@code from} if it is another event, or only its beginning
     */
    private int usualEvent(byte[] bytes, int from, int end) {
        int colon = from + DATA_LENGTH;
        if (colon + 1 >= end || bytes[colon] != ':' || bytes[from] != 'd' || bytes[from + 1] != 'a' || bytes[from + 2] != 't'
                || bytes[from + 3] != 'a') {
            return from;
        }
        int first = bytes[colon + 1] == ' ' ? colon + 2 : colon + 1;
        int lineEnd = lineEnd(bytes, first, end);
        boolean ends = end - lineEnd > 1 && bytes[lineEnd] == '\n' && bytes[lineEnd + 1] == '\n';
        if (!ends || lineEnd - first > maxEventSize) {
            return from;
        }
        found(true, first, lineEnd - first);
        return lineEnd + 2;
    }

    private static int lineEnd(byte[] bytes, int from, int end) {
        int next = from;
        // nearly all bytes are above, and need one comparison
        while (next < end && (bytes[next] > '\r' || bytes[next] != '\n' && bytes[next] != '\r')) {
            next++;
        }
        return next;
    }

    private int name(byte[] bytes, int from, int end) {
        for (int next = from; next < end; next++) {
            byte current = bytes[next];
            if (current == ':' || current == '\n' || current == '\r') {
                beginField();
                if (current == ':') {
                    state = State.COLON;
                } else {
                    endLine(current);
                }
                return next + 1;
            }
            if (nameLength <= DATA_LENGTH) {
                name = name << 8 | current & 0xFF;
                nameLength++;
            }
        }
        return end;
    }

    private void beginField() {
        inData = nameLength == DATA_LENGTH && name == DATA;
        if (inData) {
            if (hasData) {
                reserve(1);
                data[dataLength++] = '\n';
            }
            hasData = true;
        }
    }

    private int value(byte[] bytes, int from, int end) {
        int next = lineEnd(bytes, from, end);
        if (inData) {
            reserve(next - from);
            System.arraycopy(bytes, from, data, dataLength, next - from);
            dataLength += next - from;
        }
        if (next == end) {
            return end;
        }
        endLine(bytes[next]);
        return next + 1;
    }

    private void endLine(byte lineEnd) {
        state = lineEnd == '\r' ? State.LINE_AFTER_CR : State.LINE;
    }

    private void reserve(int more) {
        if (more > maxEventSize - dataLength) {
            state = State.CLOSED;
            data = NONE;
            throw new PayloadTooLargeException(maxEventSize);
        }
        int needed = dataLength + more;
        if (needed > data.length) {
            long size = Math.max(Math.max(needed, INITIAL_SIZE), 2L * data.length);
            data = Arrays.copyOf(data, (int) Math.min(size, maxEventSize));
        }
    }
}
