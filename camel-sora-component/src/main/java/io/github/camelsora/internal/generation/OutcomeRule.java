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
package io.github.camelsora.internal.generation;

import java.io.IOException;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.GatewayRefusedException.Answer;
import io.github.camelsora.event.GenerationFailedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.internal.json.ErrorDetails;
import io.github.camelsora.internal.protocol.ProtocolEnd;
import io.github.camelsora.internal.text.ForeignText;
import io.github.camelsora.internal.text.Seconds;
import org.jspecify.annotations.Nullable;

import static io.github.camelsora.event.SoraFailureCategory.CONFIGURATION;
import static io.github.camelsora.event.SoraFailureCategory.UNKNOWN;
import static io.github.camelsora.event.SoraFailureCategory.UPSTREAM;

/**
 * Decides the outcome of one generation from what is known when nothing more will be read, and says it in a sentence. The
 * first that fits: refused, if nothing was bought; completed, if a whole video link was read, whatever came after it; failed,
 * if the gateway says so; else lost.
 */
public final class OutcomeRule {

    private final GenerationRequest request;
    private final TaskKnowledge known;
    private final SoraFacts facts;
    private final boolean paid;

    /**
     * @param paid whether this generation sent a paid request; false for resume
     * @param time when it ends, in milliseconds
     */
    OutcomeRule(GenerationRequest request, TaskKnowledge known, boolean paid, long time) {
        this.request = request;
        this.known = known;
        SoraFacts now = known.facts();
        this.facts = now.at(0, time, now.progress());
        this.paid = paid;
    }

    /** The exception that the generation ends with, or {@code null} if there is a video. */
    @Nullable SoraException decide(ProtocolEnd end) {
        if (end instanceof ProtocolEnd.NotSent notSent) {
            return notSent(notSent);
        }
        if (end instanceof ProtocolEnd.NotClaimed notClaimed) {
            return notClaimed(notClaimed.cause());
        }
        if (end instanceof ProtocolEnd.Answered answered) {
            return answered(answered);
        }
        SoraException failure = failureUnlessVideo();
        return hasVideo() || failure != null ? failure : lost(end);
    }

    /** As {@link #decide}, after a stream that broke as {@code broken} says was followed by polling. */
    @Nullable SoraException decideRecovery(GenerationLostException broken, ProtocolEnd end) {
        SoraException failure = failureUnlessVideo();
        return hasVideo() || failure != null ? failure : lostFor(broken, clause(end));
    }

    /** As {@link #decide}, when the component itself stops the generation. */
    @Nullable SoraException stopped(StopReason reason) {
        SoraException failure = failureUnlessVideo();
        return hasVideo() || failure != null ? failure
                : lost(sentence("was stopped", ": " + reason.why() + reason.ofTask()), null, reason.category());
    }

    /** When the component stops before anything was sent. */
    GatewayRefusedException withdrawn(StopReason reason) {
        return new GatewayRefusedException("Nothing was sent to gateway " + request.gateway() + " for model " + request.model()
                + ": " + reason.why(), facts, Answer.NONE, null, reason.category());
    }

    /** As {@link #decide}, when a failing reply route stops the generation. */
    @Nullable SoraException stoppedBy(SoraEvent event, Throwable failure) {
        SoraException stopped = stopped(StopReason.of("its reply for event " + event.getSequence() + " (" + event.getType()
                + ") failed with " + failure.getClass().getSimpleName() + " and stopOnException is true"));
        if (stopped != null) {
            stopped.addSuppressed(failure);
        }
        return stopped;
    }

    private boolean hasVideo() {
        return facts.videoUrl() != null;
    }

    private @Nullable SoraException failureUnlessVideo() {
        return hasVideo() || known.failure() == null ? null
                : failed(known.failureText(), known.failure().reason(), known.failure().words());
    }

    /** The loss as it is known now: with why recovery did not find the video, if it was tried. */
    GenerationLostException lostFor(GenerationLostException broken, @Nullable String obstacle) {
        GenerationLostException lost = new GenerationLostException(
                broken.getMessage() + (obstacle == null ? "" : "; recovery: " + obstacle), facts,
                broken.getReason().equals(broken.getMessage()) ? null : broken.getReason(), broken.getCategory());
        for (Throwable suppressed : broken.getSuppressed()) {
            lost.addSuppressed(suppressed);
        }
        return lost;
    }

    private SoraException notSent(ProtocolEnd.NotSent end) {
        IOException cause = end.cause();
        String late = end.limit() == null ? "" : " in time (" + end.limit() + ")";
        SoraFailureCategory category = FailureClassifier.classify(cause);
        String remedy = category == CONFIGURATION ? "; check the baseUrl, and for its certificate sslContextParameters" : "";
        SoraException refused = new GatewayRefusedException("No connection to gateway " + request.gateway() + " ("
                + end.host() + ")" + late + ": " + name(cause) + "; nothing was sent" + remedy, facts, Answer.NONE, null,
                category);
        refused.addSuppressed(cause);
        return refused;
    }

    private SoraException notClaimed(Throwable cause) {
        SoraException refused = withdrawn(StopReason.of("the task repository, which tells whether it was bought before, "
                + "has failed: " + name(cause)));
        refused.addSuppressed(cause);
        return refused;
    }

    private SoraException answered(ProtocolEnd.Answered answer) {
        @Nullable ErrorDetails said = answer.error();
        int status = answer.status();
        String reason = said == null ? null : said.reason();
        SoraFailureCategory category = FailureClassifier.classify(said == null ? null : said.words(), status);
        String sentence = "Gateway " + request.gateway() + " answered " + status + " for model " + request.model()
                + (answer.retryAfter() == null ? "" : " (Retry-After: " + Seconds.of(answer.retryAfter()) + ")")
                + (said == null ? "" : ": " + said.describe());
        if (nothingBought(answer)) {
            return new GatewayRefusedException(sentence + "; nothing was bought" + remedy(status, category), facts,
                    new Answer(status, answer.retryAfter()), reason, category);
        }
        return lost(sentence + "; the job may be running and may be charged"
                + (answer.nextHost() == null ? "" : "; the next requests use the fallback host " + answer.nextHost()), reason,
                category);
    }

    // docs/protocol.md, "Money": a 3xx, a 4xx except 408 and 499, and a 500 or 503 with a JSON error body.
    private static boolean nothingBought(ProtocolEnd.Answered answer) {
        int status = answer.status();
        return status >= 300 && status < 500 && status != 408 && status != 499
                || (status == 500 || status == 503) && answer.hasErrorBody();
    }

    private static String remedy(int status, SoraFailureCategory category) {
        if (status >= 300 && status < 400) {
            return "; redirects are not followed with a key: set baseUrl to where the gateway is";
        }
        return switch (category) {
            case AUTHENTICATION -> "; check the apiKey";
            case QUOTA -> "; check the balance of the key";
            case MODEL_UNAVAILABLE -> "; choose another model";
            case CAPACITY -> "; try again later";
            case REJECTED -> "; change the prompt";
            case CONFIGURATION, UPSTREAM, CANCELLED, UNKNOWN -> status == 404 ? "; check the baseUrl" : "";
        };
    }

    private SoraException failed(@Nullable String said, @Nullable String reason, @Nullable String words) {
        return new GenerationFailedException("Gateway " + request.gateway() + " failed " + task() + ": "
                + (said == null ? "it gives no reason" : ForeignText.clean(said)), facts, reason,
                FailureClassifier.classify(words, 0));
    }

    private SoraException lost(ProtocolEnd end) {
        if (end instanceof ProtocolEnd.NotAStream other) {
            return lost("Gateway " + request.gateway() + " answered with " + other.what()
                    + " instead of a stream for model " + request.model(), null, UPSTREAM);
        }
        if (end instanceof ProtocolEnd.Cancelled) {
            return lost(sentence("was stopped", ""), null, UNKNOWN);
        }
        String clause = clause(end);
        String how = end instanceof ProtocolEnd.Broken ? "broke"
                : end instanceof ProtocolEnd.GivenUp ? "was given up" : "ended";
        SoraException lost = lost(sentence(how, clause == null ? "" : ": " + clause), null, UPSTREAM);
        if (end instanceof ProtocolEnd.Broken broken) {
            lost.addSuppressed(broken.cause());
        }
        return lost;
    }

    private static @Nullable String clause(ProtocolEnd end) {
        return end instanceof ProtocolEnd.Broken broken ? name(broken.cause())
                : end instanceof ProtocolEnd.GivenUp givenUp ? givenUp.why() : null;
    }

    private String sentence(String how, String clause) {
        String progress = facts.progress() == null ? "" : " after " + facts.progress() + " %";
        if (!paid) {
            return "No result was found for " + task() + " of gateway " + request.gateway() + progress + clause;
        }
        int malformed = known.malformedPayloads();
        return "Stream of gateway " + request.gateway() + " " + how + progress + " without a result for " + task() + clause
                + (malformed == 0 ? "" : "; malformed payloads: " + malformed);
    }

    private GenerationLostException lost(String sentence, @Nullable String reason, SoraFailureCategory category) {
        boolean traceable = facts.taskId() != null || facts.sourceUrl() != null;
        return new GenerationLostException(sentence + (traceable ? "; resume it with sora:resume"
                : "; do not send it again before you have looked for its video"), facts, reason, category);
    }

    private String task() {
        return facts.taskId() != null ? "task " + facts.taskId()
                : request.model() == null ? "its task" : "a generation of model " + request.model();
    }

    private static String name(Throwable cause) {
        String said = ForeignText.clean(cause.getMessage());
        return cause.getClass().getSimpleName() + (said == null ? "" : ": " + said);
    }
}
