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
package io.github.camelsora.internal.generation;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.github.camelsora.internal.protocol.GenerationProtocol;
import org.jspecify.annotations.Nullable;

/** What is in flight: generations, and downloads. Counts it, and ends it when the context stops. Thread-safe. */
public final class RunningGenerations {

    private final Map<Stoppable, Set<String>> running = new ConcurrentHashMap<>();
    private final Map<String, String> closed = new ConcurrentHashMap<>();
    private volatile @Nullable String stopping;
    private volatile boolean goesOn = true;
    /** Told of each end. */
    private final Object ends = new Object();

    /** Something in flight. */
    public interface Stoppable {

        /**
         * Ends it because the component or its route stops.
         *
         * @param goesOn whether what has begun may go on
         */
        void stop(String why, boolean goesOn);
    }

    /**
     * Starts a generation, which counts as running until the listener is told of its end. If it is too late to start it,
     * it ends at once: as refused if it would have been paid for.
     *
     * @param factory makes the generation that tells the listener it is given
     * @param places what the generation needs to end well: if one of them is closed, the generation ends
     */
    public void start(Function<GenerationListener, Generation> factory, GenerationListener listener,
            GenerationProtocol protocol, Set<String> places) {
        Watched watched = new Watched(listener);
        Generation generation = factory.apply(watched);
        watched.generation = generation;
        add(generation, places);
        try {
            generation.start(protocol);
        } catch (RuntimeException | Error e) {
            remove(generation);
            throw e;
        }
    }

    /**
     * Adds something that is about to begin. If it is too late for that, it is stopped at once.
     *
     * @param places what it needs to end well: if one of them is closed, it is stopped
     */
    public void add(Stoppable begins, Set<String> places) {
        running.put(begins, places);
        // After it was added: whoever stops sees it, or it sees the stop.
        String why = stopping;
        if (why != null) {
            begins.stop(why, goesOn);
        }
        places.stream().map(closed::get).filter(Objects::nonNull).findAny()
                .ifPresent(closing -> begins.stop(closing, false));
    }

    /** From now on buys nothing: what has not been sent is refused. What has been sent goes on. */
    public void buyNothing(String why) {
        stopping = why;
        running.keySet().forEach(generation -> generation.stop(why, true));
    }

    /** Ends what runs, and from now on starts nothing. */
    public void stop(String why) {
        goesOn = false;
        stopping = why;
        running.keySet().forEach(generation -> generation.stop(why, false));
    }

    /** Ends the generations that need a place, and from now on starts none that does. */
    public void close(String place, String why) {
        closed.put(place, why);
        running.forEach((generation, places) -> {
            if (places.contains(place)) {
                generation.stop(why, false);
            }
        });
    }

    /** Lets generations start again that need a place. */
    public void open(String place) {
        closed.remove(place);
    }

    /** How many there are that need a place. */
    public int size(String place) {
        return (int) running.values().stream().filter(places -> places.contains(place)).count();
    }

    /** How many there are. */
    public int size() {
        return running.size();
    }

    /**
     * Waits until there is none that needs a place, but not longer than a time.
     *
     * @return whether there is none
     */
    public boolean awaitEnds(String place, Duration limit) {
        return await(() -> size(place) == 0, limit);
    }

    /**
     * Waits until there is none, but not longer than a time.
     *
     * @return whether there is none
     */
    public boolean awaitEnds(Duration limit) {
        return await(running::isEmpty, limit);
    }

    private boolean await(BooleanSupplier none, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            synchronized (ends) {
                long left = limit.toNanos();
                while (!none.getAsBoolean() && left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(ends, left);
                    left = end - System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return none.getAsBoolean();
    }

    /** It has ended. */
    public void remove(Stoppable ended) {
        running.remove(ended);
        synchronized (ends) {
            ends.notifyAll();
        }
    }

    private final class Watched implements GenerationListener {

        private final GenerationListener listener;
        @SuppressWarnings("NullAway.Init") // set before the generation starts
        private Generation generation;

        Watched(GenerationListener listener) {
            this.listener = listener;
        }

        @Override
        public void accepted() {
            listener.accepted();
        }

        @Override
        public void ended(GenerationResult result) {
            remove(generation);
            listener.ended(result);
        }
    }
}
