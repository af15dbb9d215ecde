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

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.test.Answer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever comes first, the gateway's end or a cancellation: one last event, one outcome, and nothing is left. */
class CancellationRaceTest extends SoraRouteTest {

    private static final int RACES = 500;
    /** The end comes about with the tenth event. */
    private static final int EVENTS = 10;

    private final List<List<SoraEvent>> stories = Collections.synchronizedList(new ArrayList<>());

    @Test
    void fiveHundredCancellationsThatRaceWithTheEndLeaveOneEndEach() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?streaming=true").process(this::readAndCancel));
        simulator().answerAlways(Answer.success().progress(12, 61));
        for (int done = 0; done < RACES; done += 50) {
            List<CompletableFuture<Exchange>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int number = done + i;
                all.add(template.asyncSend("direct:in", exchange -> {
                    exchange.setProperty("number", number);
                    exchange.getMessage().setBody("x");
                }));
            }
            for (CompletableFuture<Exchange> each : all) {
                assertThat(each.get(60, TimeUnit.SECONDS).getException()).isNull();
            }
        }
        assertThat(simulator().paidRequests()).isEqualTo(RACES);
        assertThat(stories).hasSize(RACES);
        Map<SoraOutcome, Integer> outcomes = new EnumMap<>(SoraOutcome.class);
        for (List<SoraEvent> story : stories) {
            SoraEvent last = story.get(story.size() - 1);
            // Closing an iterator makes all events come again.
            Set<SoraEvent> different = new HashSet<>(story);
            assertThat(different).filteredOn(SoraEvent::last).containsExactly(last);
            assertThat(different).extracting(SoraEvent::getSequence).doesNotHaveDuplicates();
            outcomes.merge(last.getOutcome(), 1, Integer::sum);
        }
        assertThat(outcomes).containsOnlyKeys(SoraOutcome.COMPLETED, SoraOutcome.LOST);
    }

    /** Reads to the last event, while another thread cancels: at a different event in each race. */
    private void readAndCancel(Exchange exchange) {
        Iterator<?> events = exchange.getMessage().getBody(Iterator.class);
        int cancelAt = exchange.getProperty("number", Integer.class) % EVENTS;
        List<SoraEvent> story = new ArrayList<>();
        SoraException failure = null;
        while (events.hasNext()) {
            if (story.size() == cancelAt) {
                ForkJoinPool.commonPool().execute(() -> cancel(exchange));
            }
            try {
                story.add((SoraEvent) events.next());
            } catch (SoraException e) {
                failure = e;
            }
        }
        assertThat(failure == null ? null : failure.getClass()).isIn(null, GenerationLostException.class);
        stories.add(story);
    }

    private static void cancel(Exchange exchange) {
        try {
            ((Closeable) exchange.getMessage().getBody()).close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
