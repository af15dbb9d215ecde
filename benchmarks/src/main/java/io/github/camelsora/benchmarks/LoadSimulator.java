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
package io.github.camelsora.benchmarks;

import java.time.Duration;
import java.util.Collections;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

import io.github.camelsora.event.SoraEventType;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Point;
import io.github.camelsora.test.SoraSimulator;

/**
 * The gateway of a load run, in a process of its own: prints its address, serves until its input ends, then prints how many
 * chunks it has written and when each event was.
 */
final class LoadSimulator {

    private static final Answer WARM_UP = Answer.success().duration(Duration.ofSeconds(2));

    private final int warmUp;
    private final SoraSimulator simulator;
    private final Queue<EventTime> written = new ConcurrentLinkedQueue<>();
    private final LongAdder chunks = new LongAdder();

    private LoadSimulator(Duration duration, int warmUp) {
        this.warmUp = warmUp;
        simulator = SoraSimulator.builder().duration(duration).onWrite(this::writing).start();
        simulator.answer(Collections.nCopies(warmUp, WARM_UP).toArray(Answer[]::new));
    }

    /** Takes the seconds of a generation, and how many short ones come first. */
    public static void main(String[] arguments) throws Exception {
        LoadSimulator load = new LoadSimulator(Duration.ofSeconds(Long.parseLong(arguments[0])),
                Integer.parseInt(arguments[1]));
        System.out.println(load.simulator.baseUrl());
        System.in.readAllBytes();
        load.simulator.close();
        System.out.println(Figure.CHUNKS.line(load.chunks.sum()));
        load.written.forEach(time -> System.out.println(time.line()));
    }

    private void writing(String taskId, Point point, int percent) {
        // the warm-up is over before the next request comes
        if (simulator.paidRequests() > warmUp) {
            chunks.increment();
        }
        SoraEventType type = point == null ? null : event(point);
        if (type != null) {
            written.add(new EventTime(taskId, type, percent, EventTime.now()));
        }
    }

    /** The event that a client must make of the chunk at this point, or {@code null}. */
    private static SoraEventType event(Point point) {
        return switch (point) {
            case SUBMITTED -> SoraEventType.SUBMITTED;
            case QUEUED -> SoraEventType.QUEUED;
            case GENERATING -> SoraEventType.GENERATING;
            case PROGRESS -> SoraEventType.PROGRESS;
            // [DONE] ends a generation, and overrides the time of the finish reason, which ends it if [DONE] is not there
            // in 2 s
            case FINISH_REASON, DONE -> SoraEventType.COMPLETED;
            case ACCEPTED, HEADERS, ECHO, COMPLETED, FAILED, LINK, USAGE -> null;
        };
    }
}
