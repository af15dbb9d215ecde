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
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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
 * <p>One thread consumes; other threads may add events and close.
 */
public final class EventIterator implements Iterator<SoraEvent>, Closeable, EventListener {

    private final BlockingQueue<Element> elements = new LinkedBlockingQueue<>();
    private final Runnable onClose;
    private final Consumer<SoraEvent> onNext;
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
        elements.add(new Event(event));
        done.accept(null);
    }

    /** Takes the exception that the generation ended with, after its last event. */
    public void failed(SoraException exception) {
        elements.add(new Failure(exception));
    }

    @Override
    public boolean hasNext() {
        return !exhausted;
    }

    /**
     * Waits for the next event.
     *
     * @throws SoraException once, after FAILED
     * @throws NoSuchElementException after COMPLETED, and after the exception
     */
    @Override
    public SoraEvent next() {
        if (exhausted) {
            throw new NoSuchElementException("The generation has ended, and its last event has been read");
        }
        Element element = take();
        if (element instanceof Failure failure) {
            exhausted = true;
            throw failure.exception();
        }
        SoraEvent event = ((Event) element).event();
        exhausted = event.getType() == SoraEventType.COMPLETED;
        onNext.accept(event);
        return event;
    }

    private Element take() {
        try {
            return elements.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exhausted = true;
            close();
            throw new IllegalStateException("Interrupted while waiting for the next event of a generation", e);
        }
    }

    @Override
    public void close() {
        onClose.run();
    }

    private sealed interface Element {
    }

    private record Event(SoraEvent event) implements Element {
    }

    private record Failure(SoraException exception) implements Element {
    }
}
