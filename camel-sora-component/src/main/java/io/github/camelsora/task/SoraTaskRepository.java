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
package io.github.camelsora.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Remembers generations across messages, processes and machines, so that each key is paid for once.
 *
 * <p>A process owns the keys that it has claimed, for as long as it renews its lease. Whoever finds a key whose owner is dead
 * may take it over. Each claim has a token; what is written is written only where the token still is the stored one, decided by
 * the repository in one atomic step (a conditional update), never by reading first.
 *
 * <p>Thread-safe. Calls may block: the component makes them on threads that only do that. Each throws a
 * {@link RuntimeException} if the store cannot be reached; a caller then does not know whether it was written.
 */
public interface SoraTaskRepository {

    /**
     * A task as it was seen.
     *
     * @param token of the claim that it belongs to
     * @param owned whether it belongs to a process that is still alive, by its lease
     */
    record Stored(SoraTask task, String token, boolean owned) {
    }

    /**
     * Claims a key for this process, if nobody has. The caller makes the token: after an error it can call again with the same
     * one, or {@link #find} what is stored, and see whether the claim is its own.
     *
     * @param token of the new claim, unique
     * @return whether it was claimed; {@code false} if the key is stored already
     */
    boolean claim(String token, SoraTask task);

    /**
     * Takes over a task whose owner is dead, or that is finished, unless something has changed since it was seen. After an
     * error it can be called again with the same token.
     *
     * @param token of the new claim, unique
     * @param next what to store instead
     * @return whether it was taken over; {@code false} if somebody was faster, or its owner lives
     */
    boolean takeOver(String token, Stored seen, SoraTask next);

    /**
     * Stores what has become known.
     *
     * @return whether it was stored; {@code false} if the claim was taken over or removed
     */
    boolean update(String token, SoraTask task);

    /**
     * Stores what is known and gives the claim up, because this process stops: anybody may take the task over at once.
     *
     * @return whether it was stored; {@code false} if the claim was taken over or removed
     */
    boolean relinquish(String token, SoraTask task);

    /**
     * Forgets a claim, as nothing was bought.
     *
     * @return whether it was there
     */
    boolean release(String token, String key);

    /** The task of a request key or generation id. */
    Optional<Stored> find(String key);

    /** The tasks of these keys, as far as there are any. */
    List<Stored> findAll(Collection<String> keys);

    /** The task that a gateway knows by this id; the youngest, if several gateways use the same id. */
    Optional<Stored> findByTaskId(String taskId);

    /** What is not finished and belongs to no living process, the oldest first: {@code sora:resume} takes each of them. */
    List<SoraTask> unfinished(int max);

    /** Removes a task, whatever its state. The same key is bought again then. */
    boolean remove(String key);

    /** Removes what was finished before. Returns how many. */
    int removeFinished(Instant before);

    /**
     * Says that this process is alive. Called before its first claim, and every third of {@link #lease} while it has open
     * ones.
     */
    void renewLease();

    /** How long a process that no longer renews its lease owns its claims. */
    Duration lease();
}
