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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.camelsora.task.SoraTaskRepository.Stored;
import org.junit.jupiter.api.Test;

import static io.github.camelsora.task.Tasks.NOON;
import static io.github.camelsora.task.Tasks.claimed;
import static io.github.camelsora.task.Tasks.completed;
import static io.github.camelsora.task.Tasks.lost;
import static io.github.camelsora.task.Tasks.submitted;
import static io.github.camelsora.task.Tasks.withPicture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What every repository promises. */
abstract class TaskRepositoryContract {

    /** The same one during a test, ready for claims. */
    abstract SoraTaskRepository repository();

    @Test
    void oneKeyIsClaimedOnce() {
        assertThat(repository().claim("t1", claimed("k"))).isTrue();
        assertThat(repository().claim("t2", claimed("k"))).isFalse();
        assertThat(repository().find("k")).contains(new Stored(claimed("k"), "t1", true));
    }

    @Test
    void claimIsRepeatedWithItsToken() {
        repository().claim("t1", claimed("k"));
        assertThat(repository().claim("t1", claimed("k"))).isTrue();
    }

    @Test
    void keysDifferInCaseAndAccentsAndSpaces() {
        for (String key : List.of("k", "K", "e", "\u00e9", "k ", " k", "\uD83C\uDFC3", "'\";--")) {
            assertThat(repository().claim("t", claimed(key))).as(key).isTrue();
            assertThat(repository().find(key)).as(key).map(seen -> seen.task().key()).contains(key);
        }
    }

    @Test
    void keysHaveAtMost255Characters() {
        assertThat(repository().claim("t", claimed("\u8fdb".repeat(255)))).isTrue();
        assertThat(repository().find("\u8fdb".repeat(255))).isPresent();
        assertThat(repository().find("k".repeat(256))).isEmpty();
        assertThat(repository().remove("k".repeat(256))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> claimed("k".repeat(256)))
                .withMessageContaining("255").withMessageContaining("SHA-256");
    }

    @Test
    void keyThatADatabaseWouldChangeIsRefused() {
        for (String key : List.of("", " ", "a\u0000", "a\n", "\uD800", "\uDC00\uD800")) {
            assertThatIllegalArgumentException().isThrownBy(() -> claimed(key)).withMessageContaining("SHA-256");
            assertThat(repository().find(key)).isEmpty();
        }
    }

    @Test
    void whatBecomesKnownIsStored() {
        repository().claim("t1", claimed("k"));
        SoraTask submitted = submitted(claimed("k"), "task_1");
        assertThat(repository().update("t1", submitted)).isTrue();
        assertThat(repository().find("k")).contains(new Stored(submitted, "t1", true));
        SoraTask completed = completed(submitted, "task_1");
        assertThat(repository().update("t1", completed)).isTrue();
        assertThat(repository().find("k")).map(Stored::task).contains(completed);
    }

    @Test
    void onlyTheStoredTokenWrites() {
        repository().claim("t1", claimed("k"));
        assertThat(repository().update("t2", lost(claimed("k")))).isFalse();
        assertThat(repository().relinquish("t2", lost(claimed("k")))).isFalse();
        assertThat(repository().release("t2", "k")).isFalse();
        assertThat(repository().update("t1", claimed("other"))).isFalse();
        assertThat(repository().find("k")).contains(new Stored(claimed("k"), "t1", true));
    }

    @Test
    void releasedKeyCanBeClaimedAgain() {
        repository().claim("t1", claimed("k"));
        assertThat(repository().release("t1", "k")).isTrue();
        assertThat(repository().release("t1", "k")).isFalse();
        assertThat(repository().find("k")).isEmpty();
        assertThat(repository().update("t1", lost(claimed("k")))).isFalse();
        assertThat(repository().claim("t2", claimed("k"))).isTrue();
    }

    @Test
    void everyStateIsRemoved() {
        repository().claim("t", claimed("unfinished"));
        repository().claim("t", claimed("finished"));
        repository().update("t", completed(claimed("finished"), "task_1"));
        assertThat(repository().remove("unfinished")).isTrue();
        assertThat(repository().remove("finished")).isTrue();
        assertThat(repository().remove("unknown")).isFalse();
        assertThat(repository().find("finished")).isEmpty();
        assertThat(repository().findByTaskId("task_1")).isEmpty();
    }

    @Test
    void manyKeysAreFoundAtOnce() {
        List<String> keys = IntStream.range(0, 250).mapToObj(i -> "k" + i).toList();
        keys.subList(0, 230).forEach(key -> repository().claim("t", claimed(key)));
        List<String> asked = new ArrayList<>(keys);
        asked.add("k0");
        asked.add("x".repeat(300));
        asked.add("\u0000");
        assertThat(repository().findAll(asked)).extracting(seen -> seen.task().key())
                .containsExactlyInAnyOrderElementsOf(keys.subList(0, 230));
        assertThat(repository().findAll(List.of())).isEmpty();
    }

    @Test
    void youngestTaskOfAnIdIsFound() {
        for (int minutes : new int[] { 3, 9, 6 }) {
            SoraTask task = claimed("k" + minutes, NOON.plus(Duration.ofMinutes(minutes)));
            repository().claim("t", task);
            repository().update("t", submitted(task, "task_1"));
        }
        assertThat(repository().findByTaskId("task_1")).map(seen -> seen.task().key()).contains("k9");
        repository().remove("k9");
        assertThat(repository().findByTaskId("task_1")).map(seen -> seen.task().key()).contains("k6");
        assertThat(repository().findByTaskId("task_2")).isEmpty();
        assertThat(repository().findByTaskId(Tasks.ODD)).isEmpty();
    }

    @Test
    void taskIsFoundByAnIdOf512Characters() {
        repository().claim("t", claimed("k"));
        repository().update("t", submitted(claimed("k"), "x".repeat(512)));
        assertThat(repository().findByTaskId("x".repeat(512))).isPresent();
    }

    @Test
    void whateverItsGatewayCallsItAPaidTaskIsStored() {
        for (String taskId : List.of("x".repeat(513), Tasks.ODD)) {
            repository().claim("t", claimed("k"));
            assertThat(repository().update("t", submitted(claimed("k"), taskId))).isTrue();
            assertThat(repository().find("k")).map(seen -> seen.task().taskId()).contains(taskId);
        }
    }

    @Test
    void livingOwnerKeepsItsClaim() {
        repository().claim("t1", claimed("k"));
        Stored seen = repository().find("k").orElseThrow();
        assertThat(repository().takeOver("t2", seen, lost(claimed("k")))).isFalse();
        // whatever the one who looked believed
        assertThat(repository().takeOver("t2", new Stored(seen.task(), "t1", false), lost(claimed("k")))).isFalse();
        assertThat(repository().unfinished(10)).isEmpty();
        assertThat(repository().update("t1", lost(claimed("k")))).isTrue();
    }

    @Test
    void finishedTaskIsTakenOver() {
        repository().claim("t1", claimed("k"));
        repository().update("t1", lost(claimed("k")));
        Stored seen = repository().find("k").orElseThrow();
        SoraTask next = submitted(claimed("k"), "task_2");
        assertThat(repository().takeOver("t2", seen, next)).isTrue();
        assertThat(repository().takeOver("t3", seen, next)).isFalse();
        assertThat(repository().takeOver("t2", seen, next)).as("the same call again").isTrue();
        assertThat(repository().find("k")).contains(new Stored(next, "t2", true));
        assertThat(repository().update("t1", lost(claimed("k")))).isFalse();
        assertThat(repository().update("t2", completed(next, "task_2"))).isTrue();
    }

    @Test
    void whatHasChangedSinceItWasSeenIsNotTakenOver() {
        repository().claim("t1", claimed("k"));
        repository().update("t1", lost(claimed("k")));
        Stored seen = repository().find("k").orElseThrow();
        repository().update("t1", completed(claimed("k"), "task_1"));
        assertThat(repository().takeOver("t2", seen, claimed("k"))).isFalse();
        repository().remove("k");
        assertThat(repository().takeOver("t2", seen, claimed("k"))).isFalse();
    }

    @Test
    void whatWasGivenUpIsListedAndTakenOver() {
        SoraTask known = submitted(claimed("k"), "task_1");
        repository().claim("t1", claimed("k"));
        assertThat(repository().relinquish("t1", known)).isTrue();
        assertThat(repository().unfinished(10)).containsExactly(known);
        Stored seen = repository().find("k").orElseThrow();
        assertThat(seen).isEqualTo(new Stored(known, "t1", false));
        assertThat(repository().takeOver("t2", seen, known)).isTrue();
        assertThat(repository().update("t1", known)).isFalse();
        assertThat(repository().unfinished(10)).isEmpty();
    }

    @Test
    void whatIsNotFinishedIsListedOldestFirst() {
        for (int minutes : new int[] { 5, 1, 4, 2, 3 }) {
            SoraTask task = claimed("k" + minutes, NOON.plus(Duration.ofMinutes(minutes)));
            repository().claim("t", task);
            repository().relinquish("t", minutes == 2 ? lost(task) : minutes == 3 ? submitted(task, "task_1") : task);
        }
        assertThat(repository().unfinished(3)).extracting(SoraTask::key).containsExactly("k1", "k3", "k4");
        assertThat(repository().unfinished(10)).extracting(SoraTask::key).containsExactly("k1", "k3", "k4", "k5");
    }

    @Test
    void whatWasFinishedBeforeIsRemoved() {
        for (int minutes : new int[] { 10, 20, 30 }) {
            SoraTask task = claimed("k" + minutes, NOON.plus(Duration.ofMinutes(minutes)));
            repository().claim("t", task);
            repository().update("t", lost(task));
        }
        repository().claim("t", claimed("unfinished"));
        assertThat(repository().removeFinished(NOON.plus(Duration.ofMinutes(25)))).isEqualTo(2);
        assertThat(repository().find("k20")).isEmpty();
        assertThat(repository().find("k30")).isPresent();
        assertThat(repository().find("unfinished")).isPresent();
    }

    @Test
    void picturesAndOddTextsAreKept() {
        // one that a VARCHAR of H2 does not hold
        SoraTask task = withPicture("k", 3_000_000, Tasks.ODD);
        repository().claim("t", claimed("k"));
        assertThat(repository().update("t", task)).isTrue();
        assertThat(repository().find("k")).map(Stored::task).contains(task);
    }

    @Test
    void twentyClaimsOfAKeyHaveOneWinner() throws Exception {
        for (int round = 0; round < 5; round++) {
            String key = "k" + round;
            assertThat(atOnce(20, i -> repository().claim("t" + i, claimed(key)))).containsOnlyOnce(true);
        }
    }

    @Test
    void twentyTakeOversHaveOneWinner() throws Exception {
        for (int round = 0; round < 5; round++) {
            String key = "k" + round;
            repository().claim("t", claimed(key));
            repository().relinquish("t", claimed(key));
            Stored seen = repository().find(key).orElseThrow();
            List<Boolean> won = atOnce(20, i -> repository().takeOver("t" + i, seen, claimed(key)));
            assertThat(won).containsOnlyOnce(true);
            assertThat(repository().find(key)).contains(new Stored(claimed(key), "t" + won.indexOf(true), true));
        }
    }

    /** Something that is done by thread number i. */
    interface ByThread<T> {
        T apply(int i) throws Exception;
    }

    static <T> List<T> atOnce(int threads, ByThread<T> action) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                calls.add(() -> {
                    start.await(30, TimeUnit.SECONDS);
                    return action.apply(number);
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> call : pool.invokeAll(calls)) {
                results.add(call.get(60, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
