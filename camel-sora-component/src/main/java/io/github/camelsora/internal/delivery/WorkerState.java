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

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * What the thread of one worker does, and whether it is blocked in it: it waits, in a task that began more than a millisecond
 * ago. A thread that reads from a socket looks as if it ran, so a task also counts as blocked when it takes more than two ticks
 * of the timer in which no task of any worker ends, or more than ten in any case. While others end, it may only be short of CPU
 * time, and more threads would make that worse. All but {@link #returned} is called under the lock of {@link Workers}.
 */
final class WorkerState {

    /** A shorter wait, as for a lock, is over before another thread would run. */
    static final long SHORT_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int TICKS_OF_A_STANDSTILL = 2;
    private static final int TICKS_OF_A_LONG_TASK = 10;

    private @Nullable Thread thread;
    private boolean busy;
    /** Whether the task is over, and its thread may wait for the lock to say so. */
    private volatile boolean returned;
    private boolean blocked;
    private long since;
    private int ticks;

    /** Called by the thread between its tasks. Returns whether it is the first time. */
    boolean starts() {
        boolean first = thread == null;
        if (first) {
            thread = Thread.currentThread();
        }
        return first;
    }

    void begins() {
        busy = true;
        returned = false;
        ticks = 0;
        since = System.nanoTime();
    }

    /** Called without the lock, as soon as the task is over. */
    void returned() {
        returned = true;
    }

    /** Returns whether it counted as blocked. */
    boolean finished() {
        boolean was = blocked;
        busy = false;
        blocked = false;
        return was;
    }

    boolean isBusy() {
        return busy;
    }

    /**
     * The timer has ticked. Returns whether the thread counts as blocked from now on.
     *
     * @param standstill how many ticks in a row no task has ended
     */
    boolean tick(long now, int standstill) {
        ticks += busy && !blocked ? 1 : 0;
        // By ticks and not by time: a pause of the garbage collector makes no task a long one.
        boolean isLong = ticks > TICKS_OF_A_LONG_TASK
                || ticks > TICKS_OF_A_STANDSTILL && standstill >= TICKS_OF_A_STANDSTILL;
        return isLong ? blocks() : waits(now);
    }

    /** Returns whether the thread counts as blocked from now on, because it waits. */
    boolean waits(long now) {
        return busy && now - since >= SHORT_WAIT_NANOS && isWaiting() && blocks();
    }

    private boolean blocks() {
        // Asked last: a thread that was seen waiting for the lock has set the flag before.
        boolean begins = busy && !blocked && !returned;
        blocked |= begins;
        return begins;
    }

    private boolean isWaiting() {
        Thread.State state = thread == null ? Thread.State.NEW : thread.getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING || state == Thread.State.BLOCKED;
    }
}
