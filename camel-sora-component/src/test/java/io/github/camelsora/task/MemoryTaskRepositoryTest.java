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
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static io.github.camelsora.task.Tasks.claimed;
import static io.github.camelsora.task.Tasks.completed;
import static io.github.camelsora.task.Tasks.lost;
import static io.github.camelsora.task.Tasks.withPicture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MemoryTaskRepositoryTest extends TaskRepositoryContract {

    private long nanos = Long.MAX_VALUE - 1_000;
    private final MemoryTaskRepository memory = new MemoryTaskRepository(() -> nanos);

    @Override
    SoraTaskRepository repository() {
        return memory;
    }

    @Test
    void oldestFinishedTasksGoFirst() {
        memory.setMaxFinished(3);
        for (int i = 0; i < 5; i++) {
            finish("k" + i);
        }
        assertThat(memory.find("k1")).isEmpty();
        assertThat(memory.find("k2")).isPresent();
        assertThat(memory.findByTaskId("task_of_k1")).isEmpty();
        assertThat(memory.findByTaskId("task_of_k4")).isPresent();
    }

    @Test
    void largeTasksMakeRoomForEachOther() {
        memory.setMaxFinishedCharacters(250_000);
        for (int i = 0; i < 4; i++) {
            finish(withPicture("k" + i, 100_000, "x"));
        }
        assertThat(memory.find("k1")).isEmpty();
        assertThat(memory.find("k2")).isPresent();
    }

    @Test
    void lastFinishedTaskStaysHoweverLargeItIs() {
        memory.setMaxFinishedCharacters(10);
        finish("k0");
        finish(withPicture("k1", 100_000, "x"));
        assertThat(memory.find("k0")).isEmpty();
        assertThat(memory.find("k1")).isPresent();
        finish("k2");
        assertThat(memory.find("k1")).isEmpty();
        assertThat(memory.find("k2")).isPresent();
    }

    @Test
    void unfinishedClaimsAreNeverEvicted() {
        memory.setMaxFinished(1);
        memory.setMaxFinishedCharacters(0);
        IntStream.range(0, 10_000).forEach(i -> memory.claim("t", claimed("k" + i)));
        memory.relinquish("t", claimed("k7"));
        nanos += TimeUnit.DAYS.toNanos(1_000);
        finish("last");
        assertThat(IntStream.range(0, 10_000).filter(i -> memory.find("k" + i).isEmpty())).isEmpty();
    }

    @Test
    void finishedTasksExpire() {
        memory.setFinishedExpiry(Duration.ofHours(1));
        finish("k0");
        nanos += TimeUnit.MINUTES.toNanos(50);
        finish("k1");
        nanos += TimeUnit.MINUTES.toNanos(20);
        memory.claim("t", claimed("k2"));
        assertThat(memory.find("k0")).isEmpty();
        assertThat(memory.find("k1")).isPresent();
    }

    @Test
    void taskThatIsStoredAgainCountsOnce() {
        memory.setMaxFinishedCharacters(250_000);
        SoraTask task = withPicture("k", 100_000, "x");
        finish(task);
        finish(withPicture("other", 100_000, "x"));
        for (int i = 0; i < 10; i++) {
            memory.update("t", task);
        }
        assertThat(memory.find("other")).isPresent();
        memory.remove("k");
        memory.remove("other");
        finish(withPicture("k1", 100_000, "x"));
        finish(withPicture("k2", 100_000, "x"));
        assertThat(memory.find("k1")).isPresent();
    }

    @Test
    void nothingFinishedAtAllIsARefusedBound() {
        assertThatIllegalArgumentException().isThrownBy(() -> memory.setMaxFinished(0)).withMessageContaining("maxFinished");
    }

    @Test
    void releasedAndTakenOverClaimsLeaveNothingBehind() {
        memory.setMaxFinished(2);
        for (int i = 0; i < 100; i++) {
            memory.claim("t", claimed("k"));
            memory.update("t", lost(claimed("k")));
            memory.takeOver("t2", memory.find("k").orElseThrow(), claimed("k"));
            memory.release("t2", "k");
        }
        finish("k1");
        finish("k2");
        assertThat(memory.find("k1")).isPresent();
        assertThat(memory.find("k2")).isPresent();
    }

    private void finish(String key) {
        finish(completed(claimed(key), "task_of_" + key));
    }

    private void finish(SoraTask task) {
        memory.claim("t", claimed(task.key()));
        memory.update("t", task);
    }
}
