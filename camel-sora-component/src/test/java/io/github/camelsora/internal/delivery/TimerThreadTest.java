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

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import javax.management.ObjectName;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class TimerThreadTest {

    private final CamelContext camel = new DefaultCamelContext();
    private TimerThread timer;

    @BeforeEach
    void start() {
        // Otherwise Camel manages only what begins before its routes.
        camel.getManagementStrategy().getManagementAgent().setRegisterAlways(true);
        camel.start();
        timer = new TimerThread(camel, "SoraTimer", () -> { });
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private List<String> namesInJmx() throws Exception {
        Set<ObjectName> names = ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName(
                "org.apache.camel:context=" + camel.getName() + ",type=threadpools,*"), null);
        return names.stream().map(name -> ObjectName.unquote(name.getKeyProperty("name")))
                .filter(name -> name.startsWith("SoraTimer")).toList();
    }

    @Test
    void itsThreadIsNamedAndManagedByCamel() throws Exception {
        String thread = timer.executor().submit(() -> Thread.currentThread().getName()).get(10, TimeUnit.SECONDS);
        assertThat(thread).isEqualTo(camel.getExecutorServiceManager().resolveThreadName("SoraTimer").replaceFirst("#\\d+",
                thread.replaceFirst(".*(#\\d+).*", "$1")));
        assertThat(namesInJmx()).hasSize(1);
        try (TimerThread other = new TimerThread(camel, "SoraTimer", () -> { })) {
            assertThat(namesInJmx()).as("two components").hasSize(2);
            assertThat(other.pending()).isZero();
        }
        timer.close();
        assertThat(namesInJmx()).isEmpty();
    }

    @Test
    void takesMoreTasksThanAPoolOfCamelDoesAndForgetsWhatIsCancelled() {
        List<ScheduledFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            all.add(timer.executor().schedule(() -> { }, 1, TimeUnit.HOURS));
        }
        await().atMost(10, TimeUnit.SECONDS).until(() -> timer.pending() == 5000);
        all.forEach(each -> each.cancel(false));
        await().atMost(10, TimeUnit.SECONDS).until(() -> timer.pending() == 0);
    }

    @Test
    void itsThreadEndsWhenThereIsNothingToDoAndANewOneComesForTheNextTask() throws Exception {
        Semaphore ends = new Semaphore(0);
        try (TimerThread idle = new TimerThread(camel, "SoraIdle", ends::release, 50)) {
            Thread first = idle.executor().submit(Thread::currentThread).get(10, TimeUnit.SECONDS);
            assertThat(ends.tryAcquire(10, TimeUnit.SECONDS)).as("told of its end").isTrue();
            first.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(first.isAlive()).isFalse();
            Thread second = idle.executor().submit(Thread::currentThread).get(10, TimeUnit.SECONDS);
            assertThat(second).isNotSameAs(first);
        }
    }

    @Test
    void itsThreadStaysForATaskThatIsDueMuchLater() throws Exception {
        Semaphore ends = new Semaphore(0);
        try (TimerThread idle = new TimerThread(camel, "SoraIdle", ends::release, 50)) {
            idle.executor().schedule(() -> { }, 1, TimeUnit.HOURS);
            Thread first = idle.executor().submit(Thread::currentThread).get(10, TimeUnit.SECONDS);
            assertThat(ends.tryAcquire(300, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(first.isAlive()).isTrue();
        }
    }

    @Test
    void whatComesAfterTheEndIsRejectedAndNotDropped() {
        CompletableFuture<?> never = new CompletableFuture<>();
        timer.executor().schedule(() -> never.complete(null), 1, TimeUnit.HOURS);
        timer.close();
        assertThatThrownBy(() -> timer.executor().schedule(() -> { }, 1, TimeUnit.MILLISECONDS))
                .isInstanceOf(RejectedExecutionException.class);
        await().atMost(10, TimeUnit.SECONDS).until(() -> timer.pending() == 0);
        assertThat(never).isNotDone();
    }
}
