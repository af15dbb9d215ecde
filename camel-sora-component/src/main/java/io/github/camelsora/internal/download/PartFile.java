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
package io.github.camelsora.internal.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.github.camelsora.internal.delivery.HandOff;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that grows while a video comes. What is asked of it is done in this order, one after the other, by a thread of the
 * disk's: it may block there, and delays nobody else. Made when the first bytes are written. Thread-safe.
 */
final class PartFile {

    private static final Logger LOG = LoggerFactory.getLogger(PartFile.class);
    private static final int BLOCK = 64 * 1024;
    /** One block is written while another one comes. */
    private static final int LIMIT = 2 * BLOCK;

    private final VideoTarget target;
    private final Executor disk;
    private final Consumer<IOException> onFailure;
    private final Queue<Step> steps = new ArrayDeque<>(4);
    private @Nullable Block last;
    private @Nullable Runnable waiting;
    private int pending;
    private boolean busy;
    private volatile boolean discarded;
    // Used by the thread that takes the steps alone.
    private @Nullable Path path;
    private @Nullable FileChannel channel;
    private boolean failed;

    /** What is done on the disk's thread. */
    private interface Step {
        void run() throws IOException;
    }

    /** Told of the file that is whole. What it throws is a failure of the disk. */
    interface Whole {
        void at(Path path) throws IOException;
    }

    /** @param onFailure told once, on the disk's thread; then nothing is written any more */
    PartFile(VideoTarget target, Executor disk, Consumer<IOException> onFailure) {
        this.target = target;
        this.disk = disk;
        this.onFailure = onFailure;
    }

    /** Copies the bytes, to write them when a block is full: to wake a thread for each kilobyte would take most of the time. */
    void write(ByteBuffer bytes) {
        boolean hasFullBlock = false;
        synchronized (this) {
            pending += bytes.remaining();
            while (bytes.hasRemaining()) {
                if (last == null || !last.bytes.hasRemaining()) {
                    last = new Block();
                    steps.add(last);
                }
                ByteBuffer room = last.bytes;
                int count = Math.min(room.remaining(), bytes.remaining());
                room.put(bytes.slice(bytes.position(), count));
                bytes.position(bytes.position() + count);
                hasFullBlock |= !room.hasRemaining();
            }
        }
        if (hasFullBlock) {
            work();
        }
    }

    /** Whether so much waits to be written that no more should come. */
    synchronized boolean isFull() {
        return pending >= LIMIT;
    }

    /** Runs the action when the file is not full: at once if it is not now. Of several that wait, the last one is run. */
    void awaitRoom(Runnable action) {
        synchronized (this) {
            if (pending >= LIMIT) {
                waiting = action;
                return;
            }
        }
        action.run();
    }

    /** The next bytes are the first ones again. */
    void restart() {
        add(() -> {
            if (channel != null) {
                channel.truncate(0);
            }
        });
    }

    /**
     * Everything was written: closes the file, moves it to where it belongs, and tells where that is.
     *
     * @param begins asked first, on the disk's thread; if it says no, nothing is done
     */
    void finish(BooleanSupplier begins, @Nullable String contentType, Whole then) {
        add(() -> {
            if (!begins.getAsBoolean()) {
                return;
            }
            try {
                FileChannel open = channel();
                // Else a power failure could leave the final name with an empty file.
                open.force(true);
                open.close();
                Path kept = target.keep(Objects.requireNonNull(path), contentType);
                path = null;
                then.at(kept);
            } finally {
                delete();
            }
        });
    }

    /** Removes the file. */
    void discard(Runnable then) {
        discarded = true;
        synchronized (this) {
            steps.add(() -> {
                delete();
                then.run();
            });
            last = null;
            waiting = null;
        }
        work();
    }

    private void add(Step step) {
        synchronized (this) {
            steps.add(step);
            last = null;
        }
        work();
    }

    private void work() {
        synchronized (this) {
            if (busy || steps.isEmpty()) {
                return;
            }
            busy = true;
        }
        HandOff.run(disk, this::takeSteps);
    }

    private void takeSteps() {
        while (true) {
            Step step;
            synchronized (this) {
                step = steps.poll();
                if (step == null) {
                    busy = false;
                    return;
                }
                if (step == last) {
                    last = null;
                }
            }
            take(step);
        }
    }

    private void take(Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException | Error e) {
            if (!failed) {
                failed = true;
                onFailure.accept(e instanceof IOException io ? io : new IOException(e));
            }
        }
    }

    private FileChannel channel() throws IOException {
        if (channel == null) {
            path = target.create();
            channel = FileChannel.open(path, StandardOpenOption.WRITE);
        }
        return channel;
    }

    private void delete() {
        try {
            if (channel != null) {
                channel.close();
            }
            if (path != null) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.warn("The incomplete file {} could not be removed: {}", path, e.toString());
        }
    }

    /** Some bytes; more are added as long as it waits. */
    private final class Block implements Step {

        private final ByteBuffer bytes = ByteBuffer.allocate(BLOCK);

        @Override
        public void run() throws IOException {
            bytes.flip();
            int count = bytes.remaining();
            try {
                while (bytes.hasRemaining() && !discarded && !failed) {
                    channel().write(bytes);
                }
            } finally {
                wrote(count);
            }
        }

        private void wrote(int count) {
            Runnable room = null;
            synchronized (PartFile.this) {
                pending -= count;
                if (pending < LIMIT) {
                    room = waiting;
                    waiting = null;
                }
            }
            if (room != null) {
                room.run();
            }
        }
    }
}
