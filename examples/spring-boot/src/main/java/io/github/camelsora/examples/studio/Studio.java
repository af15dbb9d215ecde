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
package io.github.camelsora.examples.studio;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.task.JdbcTaskRepository;
import io.github.camelsora.task.SoraTaskState;
import org.apache.camel.CamelContext;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** A bean for the routes: the known gateways and videos, and the state that a page needs when it opens. */
@Component("studio")
public class Studio {

    private final CamelContext camel;
    private final JdbcTaskRepository tasks;
    private final long started = System.currentTimeMillis();

    Studio(CamelContext camel, JdbcTaskRepository tasks, @Value("${studio.lease}") Duration lease) {
        this.camel = camel;
        this.tasks = tasks;
        tasks.setLease(lease);
    }

    /**
     * The order with its gateway: a video is changed by the one that made it.
     *
     * @throws IllegalArgumentException with a sentence for the page, also if the order names a gateway that is not offered: the
     *         name becomes part of a URI
     */
    public VideoOrder check(VideoOrder order) {
        if (order == null) {
            throw new IllegalArgumentException("The body must be JSON as the page sends it.");
        }
        order.check();
        Set<String> offered = gateways();
        if (order.remixOf() == null) {
            check(offered.contains(order.gateway()), "There is no such gateway; choose one of "
                    + String.join(", ", offered) + ".");
            return order;
        }
        String maker = tasks.find(order.remixOf()).filter(stored -> stored.task().state() == SoraTaskState.COMPLETED)
                .orElseThrow(() -> new IllegalArgumentException("There is no such video.")).task().video().gateway();
        check(order.gateway() == null || order.gateway().equals(maker), "The gateway " + maker
                + " made this video, and no other can change it.");
        check(offered.contains(maker), "The gateway " + maker + " made this video. Start the studio with it to change it.");
        return order.at(maker);
    }

    private static void check(boolean fits, String otherwise) {
        if (!fits) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Whether an order was never sent, or has ended: what is in between is resumed by the route "unfinished". */
    public boolean hasNoOpenTask(@ExchangeProperty("video") String id) {
        return tasks.find(id).map(stored -> stored.task().state().isFinished()).orElse(true);
    }

    /** What a card says of a generation that did not begin now. It may have been bought before. */
    public Map<String, Object> notBegun(@ExchangeProperty("video") String id, @ExchangeException Exception why) {
        boolean bought = tasks.find(id).isPresent();
        return Map.of("generationId", id, "type", "FAILED", "outcome", bought ? "LOST" : "REFUSED", "category", "NOT_SENT",
                "reason", Objects.toString(why.getMessage(), "No reason is known."), "possiblyCharged", bought,
                "retryable", false);
    }

    /** The list of videos, with what a page needs besides. */
    public Map<String, Object> overview(List<Map<String, Object>> videos) {
        return Map.of("now", System.currentTimeMillis(), "started", started, "gateways", gateways(), "videos", videos);
    }

    /** The component's own gateway first, then those of {@code camel.component.sora.gateways.*}. */
    private Set<String> gateways() {
        SoraComponent sora = camel.getComponent("sora", SoraComponent.class);
        Set<String> names = new LinkedHashSet<>();
        names.add(sora.getConfiguration().getGateway());
        names.addAll(sora.getGateways().keySet());
        return names;
    }
}
