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
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.event.SoraFailure;
import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.task.JdbcTaskRepository;
import io.github.camelsora.task.SoraTask;
import io.github.camelsora.task.SoraTaskRepository.Stored;
import io.github.camelsora.task.SoraTaskState;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
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

    /** Whether a card can be made again: its gateway, and the video that it changes, must still be there. */
    public void checkRepeat(Map<String, Object> card) {
        String remixOf = (String) card.get("remixOf");
        check(remixOf == null || tasks.find(remixOf).isPresent(),
                "The video that this one changes was deleted, so the change cannot be made again.");
        check(new VideoOrder((String) card.get("prompt"), (String) card.get("gateway"), (String) card.get("model"), null,
                remixOf));
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

    /**
     * Ends what was cancelled, and what no process works on any more, so that it is not offered as unfinished again. It can
     * still be looked for.
     *
     * @return what its card says, or {@code null} if somebody works on it, or it has ended
     */
    public Map<String, Object> giveUp(@ExchangeProperty("video") String id) {
        SoraFailure why = new SoraFailure(SoraOutcome.LOST, SoraFailureCategory.CANCELLED, "It was cancelled in the studio.",
                false, true);
        Optional<Stored> seen = tasks.find(id);
        if (seen.isPresent() && !giveUp(seen.get(), why)) {
            return null;
        }
        return Map.of("generationId", id, "type", "FAILED", "outcome", seen.isPresent() ? "LOST" : "REFUSED", "category",
                why.category().name(), "reason", why.reason(), "possiblyCharged", seen.isPresent(), "retryable", false);
    }

    private boolean giveUp(Stored seen, SoraFailure why) {
        SoraTask task = seen.task();
        return !task.state().isFinished() && !seen.owned() && tasks.takeOver(UUID.randomUUID().toString(), seen,
                task.with(SoraTaskState.LOST, task.video(), why, Instant.now()));
    }

    /** The answer that is a picture: the one of this {@code data:} URL, which {@link VideoOrder} has checked. */
    public void picture(@Body String dataUrl, Exchange exchange) {
        Message answer = exchange.getMessage();
        if (dataUrl == null) {
            answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 404);
            answer.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
            answer.setBody("There is no such picture.");
        } else {
            answer.setHeader(Exchange.CONTENT_TYPE, dataUrl.substring("data:".length(), dataUrl.indexOf(';')));
            answer.setHeader("Cache-Control", "no-store");
            answer.setBody(Base64.getDecoder().decode(dataUrl.substring(dataUrl.indexOf(',') + 1)));
        }
    }

    /**
     * What {@code sora:download} needs: the whole video, so that it can ask for a fresh link, or the link alone if the video is
     * of an earlier version of the studio.
     *
     * @throws IllegalArgumentException with a sentence for the page
     */
    public Object film(@Body Map<String, Object> card) {
        check(card != null && card.get("videoUrl") != null, "There is no such video.");
        return tasks.find((String) card.get("id")).<Object>map(stored -> stored.task().video())
                .orElseGet(() -> card.get("videoUrl"));
    }

    /** A file name that all systems can store, from the words of the prompt. */
    public String fileName(@Body Map<String, Object> card) {
        String words = card == null ? "" : card.get("prompt").toString().toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-").replaceFirst("^-", "");
        return words.substring(0, Math.min(words.length(), 60)).replaceFirst("-$", "").replaceFirst("^$", "video") + ".mp4";
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
