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
package io.github.camelsora.internal.protocol;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

import io.github.camelsora.internal.link.LinkClient;
import io.github.camelsora.internal.text.Link;
import io.github.camelsora.internal.text.TaskReference;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how a task that exists can be followed: by the source link of its report, else by its id in the gateway's source
 * link template; and by the share link of the same host. Immutable.
 */
public final class TaskRecovery {

    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(30);

    private final LinkClient client;
    private final TaskSource source;
    private final Limits limits;
    private final ScheduledExecutorService timer;
    private final PolledTask.Observer observer;

    /**
     * How often to ask, how long, and how much to read.
     *
     * @param connectTimeout how long each step to a usable connection may take
     * @param delay before the first poll after a break, and between the first two
     * @param maxDelay the longest pause between two polls
     * @param timeout when polling gives up
     * @param maxSize bytes of one answer
     */
    public record Limits(Duration connectTimeout, Duration delay, Duration maxDelay, Duration timeout, int maxSize) {
    }

    /**
     * @param timer runs the polls
     * @param observer told of polling
     */
    public TaskRecovery(LinkClient client, TaskSource source, Limits limits, ScheduledExecutorService timer,
            PolledTask.Observer observer) {
        this.observer = observer;
        this.client = client;
        this.source = source;
        this.limits = limits;
        this.timer = timer;
    }

    /**
     * Why a task cannot be followed, as a clause; {@code null} if it can, and also if nothing is known of it that could be
     * followed.
     */
    public @Nullable String obstacle(TaskReference task) {
        Link reported = task.source();
        return reported == null || fromTemplate(task) != null ? null : source.trust().reasonForRefusal(reported).orElse(null);
    }

    /** Whether enough is known of a task, and trusted, to follow it. */
    public boolean canFollow(TaskReference task) {
        return link(task) != null;
    }

    /** Follows the task after its stream broke, or returns {@code null} if there is nothing to follow. */
    public @Nullable GenerationProtocol afterBreak(TaskReference task) {
        return poller(task, limits.delay());
    }

    /**
     * Starts polling a task that is known only by its id or source link.
     *
     * @throws IllegalArgumentException if there is nothing to follow, or its link is not trusted
     */
    public GenerationProtocol resume(TaskReference task) {
        GenerationProtocol poller = poller(task, Duration.ZERO);
        if (poller == null) {
            String obstacle = obstacle(task);
            throw new IllegalArgumentException(obstacle != null ? "The task cannot be resumed: " + obstacle
                    : "Gateway " + source.gateway() + " has no source link for task " + task.taskId()
                            + ": give the source link itself, or set camel.component.sora.gateways." + source.gateway()
                            + ".sourceUrl");
        }
        return poller;
    }

    private @Nullable TaskPoller poller(TaskReference task, Duration firstDelay) {
        Link link = link(task);
        if (link == null) {
            return null;
        }
        List<Link> links = new ArrayList<>(List.of(link));
        Link share = task.taskId() == null ? null : Link.of(link.uri().getScheme() + "://" + link.uri().getRawAuthority()
                + "/api/share/" + segment(task.taskId()));
        if (share != null) {
            links.add(share);
        }
        TaskPoller.Pace pace = new TaskPoller.Pace(limits.delay(), limits.maxDelay(), limits.timeout());
        LinkClient.Limits ofOnePoll = new LinkClient.Limits(limits.connectTimeout(), POLL_TIMEOUT, limits.maxSize());
        return new TaskPoller((asked, listener) -> client.get(asked, source.trust(), ofOnePoll, listener), task.taskId(),
                links, pace, firstDelay, timer, observer);
    }

    /** The link that the report named, if it may be followed, else the one that the gateway's template gives. */
    private @Nullable Link link(TaskReference task) {
        Link reported = task.source();
        return reported != null && source.trust().allows(reported) ? reported : fromTemplate(task);
    }

    private @Nullable Link fromTemplate(TaskReference task) {
        String template = source.template();
        if (template == null || task.taskId() == null) {
            return null;
        }
        Link link = Link.of(template.replace("{taskId}", segment(task.taskId())));
        return link != null && source.trust().allows(link) ? link : null;
    }

    private static String segment(String taskId) {
        return URLEncoder.encode(taskId, StandardCharsets.UTF_8);
    }
}
