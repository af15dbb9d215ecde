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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.camelsora.internal.protocol.GenerationProtocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The generations in flight, so that they can be counted, and ended when the context stops; and what else is to be stopped
 * then. Thread-safe.
 */
public final class RunningGenerations {

    private static final Logger LOG = LoggerFactory.getLogger(RunningGenerations.class);

    private final Map<Generation, Watched> running = new ConcurrentHashMap<>();
    private final Map<Stoppable, Set<String>> others = new ConcurrentHashMap<>();
    private final Map<String, String> closed = new ConcurrentHashMap<>();
    private volatile @Nullable String stopping;
    private volatile boolean goesOn = true;
    /** Told of each end. */
    private final Object ends = new Object();

    /** Something in flight that is no generation, such as a download. */
    public interface Stoppable {

        /** Ends it because the component or its route stops. Once or more often. */
        void stop(String why);
    }

    /**
     * Starts a generation, which counts as running until the listener is told of its end. If it is too late to start it,
     * it ends at once: as refused if it would have been paid for.
     *
     * @param factory makes the generation that tells the listener it is given
     * @param here where it is started
     */
    public void start(Function<GenerationListener, Generation> factory, GenerationListener listener,
            GenerationProtocol protocol, Surroundings here) {
        Watched watched = new Watched(listener, here);
        Generation generation = factory.apply(watched);
        watched.generation = generation;
        running.put(generation, watched);
        watched.observe(observer -> observer.started(generation.request()));
        // After it was added: whoever stops sees the generation, or it sees the stop.
        String why = stopping;
        if (why != null) {
            generation.stop(StopReason.of(why), goesOn);
        }
        here.places().stream().map(closed::get).filter(Objects::nonNull).findAny()
                .ifPresent(closing -> generation.stop(StopReason.of(closing), false));
        try {
            generation.start(protocol);
        } catch (RuntimeException | Error e) {
            remove(generation);
            watched.observe(observer -> observer.notStarted(generation.request()));
            throw e;
        }
    }

    /**
     * Adds something that is about to begin. If it is too late for that, it is stopped at once.
     *
     * @param places what it needs to end well: if one of them is closed, it is stopped
     */
    public void add(Stoppable begins, Set<String> places) {
        others.put(begins, places);
        // After it was added: whoever stops sees it, or it sees the stop.
        String why = stopping;
        if (why != null && !goesOn) {
            begins.stop(why);
        }
        places.stream().map(closed::get).filter(Objects::nonNull).findAny().ifPresent(begins::stop);
    }

    /** It has ended. */
    public void remove(Stoppable ended) {
        others.remove(ended);
        tellOfEnd();
    }

    /** From now on buys nothing: what has not been sent is refused. What has been sent goes on. */
    public void buyNothing(String why) {
        stopping = why;
        running.keySet().forEach(generation -> generation.stop(StopReason.of(why), true));
    }

    /** Ends what runs, and from now on starts nothing. */
    public void stop(String why) {
        goesOn = false;
        stopping = why;
        running.keySet().forEach(generation -> generation.stop(StopReason.of(why), false));
        others.keySet().forEach(other -> other.stop(why));
    }

    /** Ends the generations that need a place, and from now on starts none that does. */
    public void close(String place, String why) {
        closed.put(place, why);
        running.forEach((generation, watched) -> {
            if (watched.here.places().contains(place)) {
                generation.stop(StopReason.of(why), false);
            }
        });
        others.forEach((other, places) -> {
            if (places.contains(place)) {
                other.stop(why);
            }
        });
    }

    /** Lets generations start again that need a place. */
    public void open(String place) {
        closed.remove(place);
    }

    /** How many there are that need a place. */
    public int size(String place) {
        return (int) Stream.concat(running.values().stream().map(watched -> watched.here.places()), others.values().stream())
                .filter(places -> places.contains(place)).count();
    }

    /**
     * Ends those that fit, as lost or refused unless there is a video already.
     *
     * @return how each of them ends; known as soon as it is decided, because who asks may be the route that gets its events
     */
    public List<CompletableFuture<GenerationResult>> cancel(Predicate<GenerationStatus> which) {
        List<CompletableFuture<GenerationResult>> ends = new ArrayList<>();
        running.forEach((generation, watched) -> {
            if (which.test(generation.status())) {
                generation.stop(StopReason.CANCELLED, false);
                GenerationResult decided = generation.result();
                ends.add(decided == null ? watched.end() : CompletableFuture.completedFuture(decided));
            }
        });
        return ends;
    }

    /** What is in flight now, the oldest first. */
    public List<RunningGeneration> list() {
        long now = System.nanoTime();
        return running.entrySet().stream().map(entry -> new RunningGeneration(entry.getKey().status(),
                Duration.ofNanos(now - entry.getValue().startedNanos), entry.getValue().here.routeId()))
                .sorted(Comparator.comparing(RunningGeneration::age).reversed()).toList();
    }

    /** How many there are. */
    public int size() {
        return running.size() + others.size();
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
        return await(() -> size() == 0, limit);
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

    private void remove(Generation generation) {
        running.remove(generation);
        tellOfEnd();
    }

    private void tellOfEnd() {
        synchronized (ends) {
            ends.notifyAll();
        }
    }

    private final class Watched implements GenerationListener {

        private final GenerationListener listener;
        private final Surroundings here;
        private final long startedNanos = System.nanoTime();
        @SuppressWarnings("NullAway.Init") // set before the generation starts
        private Generation generation;
        /** Only where somebody waits for it. */
        private @Nullable CompletableFuture<GenerationResult> end;

        Watched(GenerationListener listener, Surroundings here) {
            this.listener = listener;
            this.here = here;
        }

        /** How it ends. */
        synchronized CompletableFuture<GenerationResult> end() {
            if (end == null) {
                end = new CompletableFuture<>();
            }
            return end;
        }

        void observe(Consumer<GenerationObserver> what) {
            try {
                what.accept(here.observer());
            } catch (RuntimeException | Error e) {
                LOG.warn("A generation could not be counted", e);
            }
        }

        @Override
        public void accepted() {
            listener.accepted();
        }

        @Override
        public void answered() {
            observe(GenerationObserver::answered);
        }

        @Override
        public void ended(GenerationResult result) {
            remove(generation);
            observe(observer -> observer.ended(generation.end(result, here.routeId(), startedNanos)));
            end().complete(result);
            listener.ended(result);
        }
    }
}
