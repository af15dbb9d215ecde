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
package io.github.camelsora.generation;

import java.io.IOException;
import java.time.Duration;

import io.github.camelsora.chat.ChatError;
import io.github.camelsora.event.ForeignText;
import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.GenerationFailedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.gateway.GatewayEnd;
import io.github.camelsora.report.ReportFailure;

import static io.github.camelsora.event.SoraFailureCategory.UPSTREAM;

/**
 * Decides the outcome of one generation from what was read, when nothing more will be read, and says it in a sentence.
 * The first that fits: refused, if nothing was bought; completed, if a whole video link was read, whatever came after it;
 * failed, if the gateway says so; else lost.
 *
 * @param why our own reason to end it, or {@code null} if it was not us
 */
record OutcomeRule(GenerationRequest request, SoraFacts facts, ReportFailure failure, ChatError error, String why) {

    /** The exception that the generation ends with, or {@code null} if there is a video. */
    SoraException decide(GatewayEnd end) {
        if (end instanceof GatewayEnd.NotSent notSent) {
            return notSent(notSent.cause());
        }
        if (end instanceof GatewayEnd.Answered answered) {
            return answered(answered);
        }
        if (facts.videoUrl() != null) {
            return null;
        }
        if (error != null) {
            return failed(error.describe(), error.reason(), error.words());
        }
        if (failure != null) {
            return failed(failure.reason(), failure.reason(), failure.words());
        }
        return lost(end);
    }

    /** The exception of a generation that its own route stopped. */
    SoraException stopped() {
        return lost(stream("was stopped", ": " + why), SoraFailureCategory.UNKNOWN);
    }

    private SoraException notSent(IOException cause) {
        SoraException refused = new GatewayRefusedException("No connection to gateway " + request.gateway() + " ("
                + request.uri().getAuthority() + "): " + name(cause) + "; nothing was sent", 0, null, null, UPSTREAM);
        refused.addSuppressed(cause);
        return refused;
    }

    private SoraException answered(GatewayEnd.Answered answer) {
        ChatError said = ChatError.parse(answer.body());
        int status = answer.status();
        String reason = said == null ? null : said.reason();
        SoraFailureCategory category = SoraFailureCategory.of(said == null ? null : said.words(), status);
        String sentence = "Gateway " + request.gateway() + " answered " + status + " for model " + request.model()
                + (answer.retryAfter() == null ? "" : " (Retry-After: " + seconds(answer.retryAfter()) + ")")
                + (said == null ? "" : ": " + said.describe());
        if (nothingBought(status, said)) {
            return new GatewayRefusedException(sentence + "; nothing was bought" + remedy(status, category), status,
                    answer.retryAfter(), reason, category);
        }
        return lost(sentence + "; the job may be running and may be charged", reason, category);
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
                SoraFailureCategory.of(words, 0));
    }

    private SoraException lost(GatewayEnd end) {
        if (end instanceof GatewayEnd.Broken broken) {
            SoraException lost = lost(stream("broke", ": " + name(broken.cause())), UPSTREAM);
            lost.addSuppressed(broken.cause());
            return lost;
        }
        if (end instanceof GatewayEnd.Silent silent) {
            return lost(stream("was given up", ": nothing came for "
                    + seconds(silent.readTimeout()) + " (streamingReadTimeout)"), UPSTREAM);
        }
        if (end instanceof GatewayEnd.Expired expired) {
            return lost(stream("was given up", ": it took longer than " + seconds(expired.requestTimeout())
                    + " (requestTimeout)"), UPSTREAM);
        }
        if (end instanceof GatewayEnd.TooLarge tooLarge) {
            return lost(stream("was given up", ": an event or the report is larger than " + tooLarge.limit()
                    + " bytes (maxPayloadSize)"), UPSTREAM);
        }
        if (end instanceof GatewayEnd.NotAStream other) {
            return lost("Gateway " + request.gateway() + " answered with " + other.what()
                    + " instead of a stream for model " + request.model(), UPSTREAM);
        }
        if (end instanceof GatewayEnd.Cancelled) {
            return lost(stream("was stopped", why == null ? "" : ": " + why), SoraFailureCategory.UNKNOWN);
        }
        return lost(stream("ended", ""), UPSTREAM);
    }

    private String stream(String how, String cause) {
        String progress = facts.progress() == null ? "" : " after " + facts.progress() + " %";
        return "Stream of gateway " + request.gateway() + " " + how + progress + " without a result for " + task() + cause;
    }

    private GenerationLostException lost(String sentence, SoraFailureCategory category) {
        return lost(sentence, null, category);
    }

    private GenerationLostException lost(String sentence, String reason, SoraFailureCategory category) {
        return new GenerationLostException(sentence + "; do not send it again before you have looked for its video",
                facts.taskId(), facts.sourceUrl(), reason, category);
    }

    private String task() {
        return facts.taskId() == null ? "a generation of model " + request.model() : "task " + facts.taskId();
    }

    private static String name(IOException cause) {
        String said = ForeignText.clean(cause.getMessage());
        return cause.getClass().getSimpleName() + (said == null ? "" : ": " + said);
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
