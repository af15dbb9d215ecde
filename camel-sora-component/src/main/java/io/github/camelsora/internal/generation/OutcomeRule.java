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
import java.net.SocketTimeoutException;
import java.time.Duration;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.GenerationFailedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.internal.chat.ChatError;
import io.github.camelsora.internal.http.GatewayEnd;
import io.github.camelsora.internal.text.ForeignText;
import io.github.camelsora.internal.text.Seconds;

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

    OutcomeRule(GenerationRequest request, TaskKnowledge known) {
        this.request = request;
        this.known = known;
        this.facts = known.facts();
    }

    /**
     * The exception that the generation ends with, or {@code null} if there is a video.
     *
     * @param why our own reason to end it, or {@code null} if it was not us
     */
    SoraException decide(GatewayEnd end, String why) {
        if (end instanceof GatewayEnd.NotSent notSent) {
            return notSent(notSent.cause());
        }
        if (end instanceof GatewayEnd.Answered answered) {
            return answered(answered);
        }
        SoraException decided = decided();
        return facts.videoUrl() != null || decided != null ? decided : lost(end, why);
    }

    /** As {@link #decide}, after a stream that broke as {@code broken} says was followed by polling. */
    SoraException decideRecovery(GenerationLostException broken, GatewayEnd end, String gaveUp) {
        SoraException decided = decided();
        if (facts.videoUrl() != null || decided != null) {
            return decided;
        }
        return lostFor(broken, gaveUp != null ? gaveUp : clause(end));
    }

    private SoraException decided() {
        return facts.videoUrl() != null || known.failure() == null ? null
                : failed(known.failureText(), known.failure().reason(), known.failure().words());
    }

    /** The same loss, and why the task was not found afterwards. */
    GenerationLostException lostFor(GenerationLostException broken, String obstacle) {
        if (obstacle == null) {
            return broken;
        }
        GenerationLostException lost = new GenerationLostException(broken.getMessage() + "; recovery: " + obstacle,
                facts.taskId(), facts.sourceUrl(), null, broken.getCategory());
        for (Throwable suppressed : broken.getSuppressed()) {
            lost.addSuppressed(suppressed);
        }
        return lost;
    }

    /** The exception of a generation that its own reply route stopped. */
    SoraException stoppedBy(SoraEvent event, Exception failure) {
        SoraException stopped = lost(stream("was stopped", ": its reply for event " + event.getSequence() + " ("
                + event.getType() + ") failed with " + failure.getClass().getSimpleName() + " and stopOnException is true"),
                null, UNKNOWN);
        stopped.addSuppressed(failure);
        return stopped;
    }

    private SoraException notSent(IOException cause) {
        String late = cause instanceof SocketTimeoutException ? " in time (connectTimeout)" : "";
        SoraException refused = new GatewayRefusedException("No connection to gateway " + request.gateway() + " ("
                + request.host() + ")" + late + ": " + name(cause) + "; nothing was sent", 0, null, null, UPSTREAM);
        refused.addSuppressed(cause);
        return refused;
    }

    private SoraException answered(GatewayEnd.Answered answer) {
        ChatError said = ChatError.parse(answer.body());
        int status = answer.status();
        String reason = said == null ? null : said.reason();
        SoraFailureCategory category = FailureClassifier.classify(said == null ? null : said.words(), status);
        String sentence = "Gateway " + request.gateway() + " answered " + status + " for model " + request.model()
                + (answer.retryAfter() == null ? "" : " (Retry-After: " + Seconds.of(answer.retryAfter()) + ")")
                + (said == null ? "" : ": " + said.describe());
        if (nothingBought(status, said)) {
            return new GatewayRefusedException(sentence + "; nothing was bought" + remedy(status, category), status,
                    answer.retryAfter(), reason, category);
        }
        String elsewhere = request.fallbackHost() == null || status != 504 && status != 524 ? ""
                : "; the next requests use the fallback host " + request.fallbackHost();
        return lost(sentence + "; the job may be running and may be charged" + elsewhere, reason, category);
    }

    // PROTOCOL "Money": a 3xx, a 4xx except 408 and 499, and a 500 or 503 with a JSON error body.
    private static boolean nothingBought(int status, ChatError said) {
        return status >= 300 && status < 500 && status != 408 && status != 499
                || (status == 500 || status == 503) && said != null;
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
            case UPSTREAM, UNKNOWN -> status == 404 ? "; check the baseUrl" : "";
        };
    }

    private SoraException failed(String said, String reason, String words) {
        return new GenerationFailedException("Gateway " + request.gateway() + " failed " + task() + ": "
                + (said == null ? "it gives no reason" : ForeignText.clean(said)), facts.taskId(), reason,
                FailureClassifier.classify(words, 0));
    }

    private SoraException lost(GatewayEnd end, String why) {
        if (end instanceof GatewayEnd.NotAStream other) {
            return lost("Gateway " + request.gateway() + " answered with " + other.what()
                    + " instead of a stream for model " + request.model(), null, UPSTREAM);
        }
        if (end instanceof GatewayEnd.Cancelled) {
            return lost(stream("was stopped", why == null ? "" : ": " + why), null, UNKNOWN);
        }
        String clause = why != null ? why : clause(end);
        SoraException lost = lost(stream(end instanceof GatewayEnd.Broken ? "broke" : clause == null ? "ended" : "was given up",
                clause == null ? "" : ": " + clause), null, UPSTREAM);
        if (end instanceof GatewayEnd.Broken broken) {
            lost.addSuppressed(broken.cause());
        }
        return lost;
    }

    private static String clause(GatewayEnd end) {
        if (end instanceof GatewayEnd.Broken broken) {
            return name(broken.cause());
        }
        if (end instanceof GatewayEnd.Silent silent) {
            return "nothing came for " + Seconds.of(silent.readTimeout()) + " (streamingReadTimeout)";
        }
        if (end instanceof GatewayEnd.Expired expired) {
            return "it took longer than " + Seconds.of(expired.requestTimeout()) + " (requestTimeout)";
        }
        if (end instanceof GatewayEnd.TooLarge tooLarge) {
            return "an event or the report is larger than " + tooLarge.limit() + " bytes (maxPayloadSize)";
        }
        return null;
    }

    private String stream(String how, String clause) {
        String progress = facts.progress() == null ? "" : " after " + facts.progress() + " %";
        if (request.host() == null) {
            return "No result was found for " + task() + " of gateway " + request.gateway() + progress + clause;
        }
        return "Stream of gateway " + request.gateway() + " " + how + progress + " without a result for " + task() + clause;
    }

    private GenerationLostException lost(String sentence, String reason, SoraFailureCategory category) {
        boolean traceable = facts.taskId() != null || facts.sourceUrl() != null;
        return new GenerationLostException(sentence + (traceable ? "; resume it with sora:resume"
                : "; do not send it again before you have looked for its video"), facts.taskId(), facts.sourceUrl(), reason,
                category);
    }

    private String task() {
        return facts.taskId() != null ? "task " + facts.taskId()
                : request.model() == null ? "its task" : "a generation of model " + request.model();
    }

    private static String name(IOException cause) {
        String said = ForeignText.clean(cause.getMessage());
        return cause.getClass().getSimpleName() + (said == null ? "" : ": " + said);
    }
}
