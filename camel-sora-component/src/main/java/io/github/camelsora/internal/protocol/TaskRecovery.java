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
import io.github.camelsora.internal.link.LinkTrust;
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
    private final LinkTrust trust;
    private final @Nullable String sourceTemplate;
    private final TaskPoller.Pace pace;
    private final LinkClient.Limits limits;
    private final ScheduledExecutorService timer;

    /**
     * @param sourceTemplate the gateway's source link with {@code {taskId}} in it, or {@code null}
     * @param delay before the first poll after a break, and between the first two
     * @param maxDelay the longest pause between two polls
     * @param timeout when polling gives up
     * @param maxSize bytes of one answer
     */
    public TaskRecovery(LinkClient client, LinkTrust trust, @Nullable String sourceTemplate, Duration delay, Duration maxDelay,
            Duration timeout, int maxSize, ScheduledExecutorService timer) {
        this.client = client;
        this.trust = trust;
        this.sourceTemplate = sourceTemplate;
        this.pace = new TaskPoller.Pace(delay, maxDelay, timeout);
        this.limits = new LinkClient.Limits(POLL_TIMEOUT, maxSize);
        this.timer = timer;
    }

    /**
     * Why a task cannot be followed, as a clause; {@code null} if it can, and also if nothing is known of it that could be
     * followed.
     */
    public @Nullable String obstacle(TaskReference task) {
        Link reported = task.source();
        return reported == null || fromTemplate(task) != null ? null : trust.reasonForRefusal(reported).orElse(null);
    }

    /** Whether enough is known of a task, and trusted, to follow it. */
    public boolean canFollow(TaskReference task) {
        return source(task) != null;
    }

    /** Follows the task after its stream broke, or returns {@code null} if there is nothing to follow. */
    public @Nullable GenerationProtocol afterBreak(TaskReference task) {
        return poller(task, pace.delay());
    }

    /**
     * Starts polling a task that is known only by its id or source link.
     *
     * @param gateway its name, for the message
     * @throws IllegalArgumentException if there is nothing to follow, or its link is not trusted
     */
    public GenerationProtocol resume(TaskReference task, String gateway) {
        GenerationProtocol poller = poller(task, Duration.ZERO);
        if (poller == null) {
            String obstacle = obstacle(task);
            throw new IllegalArgumentException(obstacle != null ? "The task cannot be resumed: " + obstacle
                    : "Gateway " + gateway + " has no source link for task " + task.taskId()
                            + ": give the source link itself, or set camel.component.sora.gateways." + gateway
                            + ".sourceUrl");
        }
        return poller;
    }

    private @Nullable TaskPoller poller(TaskReference task, Duration firstDelay) {
        Link source = source(task);
        if (source == null) {
            return null;
        }
        List<Link> links = new ArrayList<>(List.of(source));
        Link share = task.taskId() == null ? null : Link.of(source.uri().getScheme() + "://" + source.uri().getRawAuthority()
                + "/api/share/" + segment(task.taskId()));
        if (share != null) {
            links.add(share);
        }
        return new TaskPoller((link, listener) -> client.get(link, trust, limits, listener), links, pace,
                firstDelay, timer);
    }

    /** The link that the report named, if it may be followed, else the one that the gateway's template gives. */
    private @Nullable Link source(TaskReference task) {
        Link reported = task.source();
        return reported != null && trust.allows(reported) ? reported : fromTemplate(task);
    }

    private @Nullable Link fromTemplate(TaskReference task) {
        if (sourceTemplate == null || task.taskId() == null) {
            return null;
        }
        Link link = Link.of(sourceTemplate.replace("{taskId}", segment(task.taskId())));
        return link != null && trust.allows(link) ? link : null;
    }

    private static String segment(String taskId) {
        return URLEncoder.encode(taskId, StandardCharsets.UTF_8);
    }
}
