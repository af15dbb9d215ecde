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
package io.github.camelsora.internal.delivery;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraEventType;
import io.github.camelsora.event.SoraException;
import org.jspecify.annotations.Nullable;

/**
 * The events of one generation as a message body ({@code streaming=true}). {@link #hasNext} never waits, because Camel's
 * splitter asks it before it processes the element in hand; {@link #next} does. After FAILED there is one more element:
 * asking for it throws the generation's exception; then the iterator is exhausted. {@link #close} ends a generation that
 * is still running and closes its connection.
 *
 * <p>Keeps the events, about a hundred at most: after {@link #rewind} all of them come again, and so does the exception.
 * {@link #close} rewinds too, unless all events of a success have been read. A redelivered splitter therefore never takes a
 * lost video for a success.
 *
 * <p>Thread-safe. Readers at the same time share the events; the end is told to each of them that waits.
 */
public final class EventIterator implements Iterator<SoraEvent>, Closeable, EventListener {

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<SoraEvent> events = new ArrayList<>();
    private final Runnable onClose;
    private final Consumer<SoraEvent> onNext;
    private @Nullable SoraException failure;
    private int position;
    private boolean exhausted;

    /**
     * @param onNext told of each event on the consuming thread before it is returned
     * @param onClose cancels the generation; called once or more, also after its end
     */
    public EventIterator(Consumer<SoraEvent> onNext, Runnable onClose) {
        this.onNext = onNext;
        this.onClose = onClose;
    }

    @Override
    public void onEvent(SoraEvent event, Consumer<@Nullable Throwable> done) {
        change(() -> events.add(event));
        done.accept(null);
    }

    /** Takes the exception that the generation ended with, after its last event. */
    public void failed(SoraException exception) {
        change(() -> failure = exception);
    }

    /** Begins again with the first event. */
    public void rewind() {
        change(this::toFirst);
    }

    private void toFirst() {
        position = 0;
        exhausted = false;
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean hasNext() {
        lock.lock();
        try {
            return !exhausted;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next event.
     *
     * @throws SoraException once, after FAILED
     * @throws NoSuchElementException after COMPLETED, and after the exception
     */
    @Override
    public SoraEvent next() {
        SoraEvent event;
        try {
            event = take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IllegalStateException("Interrupted while waiting for the next event of a generation", e);
        }
        onNext.accept(event);
        return event;
    }

    private SoraEvent take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (exhausted) {
                throw new NoSuchElementException("The generation has ended, and its last event has been read");
            }
            while (!exhausted && position == events.size() && failure == null) {
                changed.await();
            }
            if (position < events.size()) {
                position++;
            } else if (failure != null) {
                end();
                throw failure;
            }
            // At the end this is COMPLETED again, for a reader that has waited while another one took it.
            SoraEvent event = events.get(position - 1);
            if (event.getType() == SoraEventType.COMPLETED) {
                end();
            }
            return event;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        exhausted = true;
        changed.signalAll();
    }

    @Override
    public void close() {
        onClose.run();
        change(() -> {
            // Camel's splitter closes what it has read to the end, and then iterates once more to release its exchanges. If
            // the events came again there, it would log a NullPointerException for each video.
            boolean succeeded = exhausted && failure == null;
            if (!succeeded) {
                toFirst();
            }
        });
    }
}
