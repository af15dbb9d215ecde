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

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.delivery.EventDelivery;
import org.jspecify.annotations.Nullable;

/**
 * What one generation still has to tell its journal. Collected under the generation's lock, where it already holds back the
 * events that come after it, and told when the lock is free.
 */
final class PendingWrites {

    private static final Runnable NOTHING = () -> { };

    private final TaskJournal journal;
    private final EventDelivery delivery;
    private @Nullable String taskId;
    private @Nullable String sourceUrl;
    private boolean ended;
    private volatile @Nullable List<Runnable> writes;

    PendingWrites(TaskJournal journal, EventDelivery delivery) {
        this.journal = journal;
        this.delivery = delivery;
    }

    /** Whether anything is to be told before the end. */
    boolean isRemembered() {
        return journal != TaskJournal.NONE && journal.isToldBeforeEnd();
    }

    /** Something is known of the task: is written if it can be found by it, and could not before. Before the event of it. */
    void known(SoraFacts facts, TaskKnowledge task) {
        boolean isNew = facts.taskId() != null && !Objects.equals(facts.taskId(), taskId)
                || facts.sourceUrl() != null && !Objects.equals(facts.sourceUrl(), sourceUrl);
        if (isNew && !ended && isRemembered()) {
            taskId = facts.taskId();
            sourceUrl = facts.sourceUrl();
            SoraVideo known = task.known(facts);
            delivery.hold();
            add(() -> journal.known(known, delivery::release));
        }
    }

    /** How it ended. Before the last event, which waits for it, unless the component stops: then there is no time. */
    void ended(GenerationResult result, SoraVideo known) {
        if (ended || journal == TaskJournal.NONE) {
            return;
        }
        ended = true;
        if (result.isStopped()) {
            add(() -> journal.ended(result, known, NOTHING));
        } else {
            delivery.hold();
            add(() -> journal.ended(result, known, delivery::release));
        }
    }

    private void add(Runnable write) {
        List<Runnable> pending = writes == null ? new ArrayList<>(2) : writes;
        pending.add(write);
        writes = pending;
    }

    /** Tells what is collected, and delivers the events. Not under the lock, which it takes for a moment. */
    void deliver(Object lock) {
        run(lock);
        delivery.deliver();
    }

    /** Tells what is collected, where events are being delivered. */
    void run(Object lock) {
        if (writes == null) {
            return;
        }
        List<Runnable> pending;
        synchronized (lock) {
            pending = writes == null ? List.of() : writes;
            writes = null;
        }
        pending.forEach(Runnable::run);
    }
}
