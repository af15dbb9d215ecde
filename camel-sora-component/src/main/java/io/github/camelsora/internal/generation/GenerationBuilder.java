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

import java.time.Clock;
import java.util.concurrent.Executor;

import io.github.camelsora.internal.delivery.EventListener;
import io.github.camelsora.internal.delivery.ReplyLimit;
import io.github.camelsora.internal.protocol.TaskRecovery;
import io.github.camelsora.internal.text.Secrets;
import io.github.camelsora.internal.text.TaskReference;
import org.jspecify.annotations.Nullable;

/** What a generation is made of. Not thread-safe. */
public final class GenerationBuilder {

    final GenerationRequest request;
    final Executor workers;
    final GenerationListener listener;
    TaskReference known = TaskReference.NONE;
    @Nullable TaskRecovery recovery;
    EventListener events = EventListener.NOBODY;
    private @Nullable EventListener also;
    TaskJournal journal = TaskJournal.NONE;
    boolean stopOnException;
    int maxReportSize = 1 << 20;
    Clock clock = Clock.systemUTC();
    private ReplyLimit replyLimit = ReplyLimit.NONE;
    Secrets secrets = Secrets.NONE;

    private GenerationBuilder(GenerationRequest request, Executor workers, GenerationListener listener) {
        this.request = request;
        this.workers = workers;
        this.listener = listener;
    }

    /**
     * A new generation that nobody follows, unless the other methods say otherwise.
     *
     * @param workers deliver the events and the end
     * @param listener told of the end
     */
    public static GenerationBuilder of(GenerationRequest request, Executor workers, GenerationListener listener) {
        return new GenerationBuilder(request, workers, listener);
    }

    /** The task that goes on. Without it the generation is a new one. */
    public GenerationBuilder task(TaskReference task) {
        known = task;
        return this;
    }

    /** How to go on when the stream is lost. Without it the generation ends as lost then. */
    public GenerationBuilder recovery(@Nullable TaskRecovery taskRecovery) {
        recovery = taskRecovery;
        return this;
    }

    /** Where the events go. Without a listener, only the last event is created. */
    public GenerationBuilder events(EventListener eventListener) {
        events = eventListener;
        return this;
    }

    /** Who else gets the events, before the listener that can hold them up; this one must return at once. */
    public GenerationBuilder alsoTo(@Nullable EventListener eventListener) {
        also = eventListener;
        return this;
    }

    /** Remembers what becomes known of the task. Without it nothing is remembered. */
    public GenerationBuilder journal(TaskJournal taskJournal) {
        journal = taskJournal;
        return this;
    }

    /** Whether the generation ends when its listener fails; {@code false} by default. */
    public GenerationBuilder stopOnException(boolean stop) {
        stopOnException = stop;
        return this;
    }

    /** The characters of a report that are read; 1 Mi by default. */
    public GenerationBuilder maxReportSize(int characters) {
        maxReportSize = characters;
        return this;
    }

    /** Tells when something was seen; the time of this machine by default. */
    public GenerationBuilder clock(Clock wallClock) {
        clock = wallClock;
        return this;
    }

    /** How long a reply may take when the generation has ended; without a limit by default. */
    public GenerationBuilder replyLimit(ReplyLimit limit) {
        replyLimit = limit;
        return this;
    }

    ReplyLimit replyLimit() {
        return events == EventListener.NOBODY ? ReplyLimit.NONE : replyLimit;
    }

    /** What is cut out of all that the gateway says; nothing by default. */
    public GenerationBuilder secrets(Secrets keys) {
        secrets = keys;
        return this;
    }

    public Generation build() {
        EventListener first = also;
        if (first != null) {
            EventListener second = events;
            events = (event, done) -> first.onEvent(event, failure -> second.onEvent(event, done));
        }
        return new Generation(this);
    }
}
