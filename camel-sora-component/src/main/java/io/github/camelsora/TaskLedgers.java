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
package io.github.camelsora;

import java.time.Clock;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.internal.delivery.WorkerPools;
import io.github.camelsora.internal.delivery.Workers;
import io.github.camelsora.internal.ledger.TaskLedger;
import io.github.camelsora.task.MemoryTaskRepository;
import io.github.camelsora.task.SoraTaskRepository;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * The task repositories in use, and the threads on which they are called: none while nothing is called, and none for the one in
 * memory, which never blocks. Thread-safe.
 */
final class TaskLedgers implements AutoCloseable {

    /** Each takes a connection, and a database that many processes share has a limit for all of them. */
    private static final int MAX_THREADS = 4;
    private static final int LEASE_IDLE_SECONDS = 10;
    private static final long CLOSE_MILLIS = 5000;

    private final CamelContext camel;
    private final ScheduledExecutorService timer;
    private final Map<SoraTaskRepository, TaskLedger> ledgers = new IdentityHashMap<>();
    private final List<Workers> calls = new ArrayList<>();
    private final List<ExecutorService> pools = new ArrayList<>();

    /** @param timer not shut down here */
    TaskLedgers(CamelContext camel, ScheduledExecutorService timer) {
        this.camel = camel;
        this.timer = timer;
    }

    /** The one ledger of a repository. */
    synchronized TaskLedger of(SoraTaskRepository repository) {
        return ledgers.computeIfAbsent(repository, this::open);
    }

    private TaskLedger open(SoraTaskRepository repository) {
        if (repository instanceof MemoryTaskRepository) {
            return new TaskLedger(repository, Runnable::run, Runnable::run, timer, Clock.systemUTC());
        }
        // Of its own: a repository that hangs holds up no other.
        Workers workers = Workers.forBlockingCalls(MAX_THREADS,
                keep(WorkerPools.threads(camel, this, "SoraRepository")), timer);
        calls.add(workers);
        return new TaskLedger(repository, workers, leaseThread(), timer, Clock.systemUTC());
    }

    private ExecutorService leaseThread() {
        ThreadPoolProfile profile = new ThreadPoolProfileBuilder("SoraLease").poolSize(1).maxPoolSize(1).maxQueueSize(-1)
                .keepAliveTime((long) LEASE_IDLE_SECONDS, TimeUnit.SECONDS).allowCoreThreadTimeOut(true)
                .rejectedPolicy(ThreadPoolRejectedPolicy.Abort).build();
        return keep(camel.getExecutorServiceManager().newThreadPool(this, "SoraLease", profile));
    }

    private ExecutorService keep(ExecutorService pool) {
        pools.add(pool);
        return pool;
    }

    /** Calls that wait or run: none while nothing is in flight. */
    synchronized int pending() {
        return ledgers.values().stream().mapToInt(TaskLedger::pending).sum();
    }

    @Override
    public synchronized void close() {
        ledgers.values().forEach(TaskLedger::close);
        calls.forEach(Workers::close);
        pools.forEach(pool -> camel.getExecutorServiceManager().shutdownGraceful(pool, CLOSE_MILLIS));
    }
}
