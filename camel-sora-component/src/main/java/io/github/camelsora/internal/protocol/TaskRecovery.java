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

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.internal.link.LinkClient;
import io.github.camelsora.internal.link.LinkTrust;
import io.github.camelsora.internal.text.SoraLink;

/**
 * Finds out how a task that exists can be followed: by the source link of its report, else by its id in the gateway's source
 * link template; and by the share link of the same host. Immutable.
 */
public final class TaskRecovery {

    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(30);

    private final LinkClient client;
    private final LinkTrust trust;
    private final String sourceTemplate;
    private final TaskPoller.Pace pace;
    private final int maxSize;
    private final ScheduledExecutorService timer;

    /**
     * @param sourceTemplate the gateway's source link with {@code {taskId}} in it, or {@code null}
     * @param delay before the first poll after a break, and between the first two
     * @param maxDelay to which it grows
     * @param timeout of the whole
     * @param maxSize bytes of one answer
     */
    public TaskRecovery(LinkClient client, LinkTrust trust, String sourceTemplate, Duration delay, Duration maxDelay,
            Duration timeout, int maxSize, ScheduledExecutorService timer) {
        this.client = client;
        this.trust = trust;
        this.sourceTemplate = sourceTemplate;
        this.pace = new TaskPoller.Pace(delay, maxDelay, timeout);
        this.maxSize = maxSize;
        this.timer = timer;
    }

    /**
     * Why a task cannot be followed, as a clause; {@code null} if it can, and also if nothing is known of it that could be
     * followed.
     */
    public String obstacle(SoraFacts facts) {
        URI reported = reported(facts);
        if (reported == null || trust.refusal(reported) == null || templated(facts) != null) {
            return null;
        }
        return trust.refusal(reported);
    }

    /** Whether enough is known of a task, and trusted, to follow it. */
    public boolean follows(SoraFacts facts) {
        return poller(facts, Duration.ZERO) != null;
    }

    /** Follows the task after its stream broke, or returns {@code null} if there is nothing to follow. */
    public GenerationProtocol afterBreak(SoraFacts facts) {
        return poller(facts, pace.delay());
    }

    /**
     * Follows a task of which nothing but its id or source link may be known, from now on.
     *
     * @throws IllegalArgumentException if there is nothing to follow, or its link is not trusted
     */
    public GenerationProtocol resume(SoraFacts facts) {
        GenerationProtocol poller = poller(facts, Duration.ZERO);
        if (poller == null) {
            String obstacle = obstacle(facts);
            throw new IllegalArgumentException(obstacle != null ? "The task cannot be resumed: " + obstacle
                    : "Gateway " + facts.gateway() + " has no source link for task " + facts.taskId()
                            + ": give the source link itself, or set camel.component.sora.gateways." + facts.gateway()
                            + ".sourceUrl");
        }
        return poller;
    }

    private TaskPoller poller(SoraFacts facts, Duration firstDelay) {
        URI reported = reported(facts);
        URI source = reported != null && trust.refusal(reported) == null ? reported : templated(facts);
        if (source == null) {
            return null;
        }
        List<URI> links = new ArrayList<>(List.of(source));
        if (facts.taskId() != null) {
            links.add(URI.create(source.getScheme() + "://" + source.getRawAuthority() + "/api/share/" + segment(facts)));
        }
        return new TaskPoller((link, listener) -> client.get(link, trust, POLL_TIMEOUT, maxSize, listener), links, pace,
                firstDelay, timer);
    }

    private static URI reported(SoraFacts facts) {
        return SoraLink.isLink(facts.sourceUrl()) ? URI.create(facts.sourceUrl()) : null;
    }

    private URI templated(SoraFacts facts) {
        if (sourceTemplate == null || facts.taskId() == null) {
            return null;
        }
        String link = sourceTemplate.replace("{taskId}", segment(facts));
        return SoraLink.isLink(link) && trust.refusal(URI.create(link)) == null ? URI.create(link) : null;
    }

    private static String segment(SoraFacts facts) {
        return URLEncoder.encode(facts.taskId(), StandardCharsets.UTF_8);
    }
}
