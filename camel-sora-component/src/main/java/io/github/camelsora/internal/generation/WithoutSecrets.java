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

import io.github.camelsora.event.SoraUsage;
import io.github.camelsora.internal.json.ErrorDetails;
import io.github.camelsora.internal.protocol.ProtocolEnd;
import io.github.camelsora.internal.protocol.TaskListener;
import io.github.camelsora.internal.record.ReportFailure;
import io.github.camelsora.internal.record.TaskRecord;
import io.github.camelsora.internal.text.Link;
import io.github.camelsora.internal.text.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the component's own keys out of all that a gateway says of a task, before anything else sees it: report, errors, ids,
 * models, links, and how it ended. Not thread-safe.
 */
final class WithoutSecrets implements TaskListener {

    private final TaskListener task;
    private final Secrets secrets;
    private final Secrets.Pieces report;
    private final Secrets.Pieces thinking;
    /** The chunks of a stream share them, so they are looked through once. */
    private @Nullable String foreignId;
    private @Nullable String id;
    private @Nullable String foreignModel;
    private @Nullable String model;

    WithoutSecrets(TaskListener task, Secrets secrets) {
        this.task = task;
        this.secrets = secrets;
        this.report = secrets.pieces();
        this.thinking = secrets.pieces();
    }

    @Override
    public void report(String text) {
        String kept = report.next(text);
        if (!kept.isEmpty()) {
            task.report(kept);
        }
    }

    @Override
    public void thinking(String text) {
        String kept = thinking.next(text);
        if (!kept.isEmpty()) {
            task.thinking(kept);
        }
    }

    /** The text is complete. */
    void end() {
        String rest = report.end();
        if (!rest.isEmpty()) {
            task.report(rest);
        }
    }

    @Override
    public void video(Link link) {
        Link kept = secrets.cut(link);
        if (kept != null) {
            task.video(kept);
        }
    }

    @Override
    public void completion(@Nullable String toldId, @Nullable String toldModel, @Nullable String finishReason,
            @Nullable SoraUsage usage) {
        if (toldId != foreignId) {
            foreignId = toldId;
            id = secrets.cut(toldId);
        }
        if (toldModel != foreignModel) {
            foreignModel = toldModel;
            model = secrets.cut(toldModel);
        }
        task.completion(id, model, secrets.cut(finishReason), usage);
    }

    @Override
    public void failed(ErrorDetails error) {
        task.failed(cut(error));
    }

    private ErrorDetails cut(ErrorDetails error) {
        return new ErrorDetails(secrets.cut(error.message()), secrets.cut(error.type()), secrets.cut(error.code()),
                String.valueOf(secrets.cut(error.words())));
    }

    @Override
    public void record(TaskRecord read) {
        ReportFailure failure = read.failure();
        String taskId = secrets.cut(read.taskId());
        task.record(new TaskRecord(read.status(), taskId != null && taskId.equals(read.taskId()) ? taskId : null,
                read.progress(), secrets.cut(read.video()), secrets.cut(read.thumbnail()),
                failure == null ? null : new ReportFailure(secrets.cut(failure.reason()),
                        String.valueOf(secrets.cut(failure.words()))),
                secrets.cut(read.content())));
    }

    @Override
    public void malformed() {
        task.malformed();
    }

    /** How it ended, in words without them. */
    ProtocolEnd end(ProtocolEnd end) {
        if (end instanceof ProtocolEnd.NotSent notSent) {
            return new ProtocolEnd.NotSent(notSent.host(), cut(notSent.cause()), notSent.limit());
        }
        if (end instanceof ProtocolEnd.Broken broken) {
            return new ProtocolEnd.Broken(cut(broken.cause()));
        }
        if (end instanceof ProtocolEnd.Answered answer && answer.error() != null) {
            return new ProtocolEnd.Answered(answer.status(), answer.retryAfter(), cut(answer.error()), answer.hasErrorBody(),
                    answer.nextHost());
        }
        if (end instanceof ProtocolEnd.NotAStream other) {
            return new ProtocolEnd.NotAStream(String.valueOf(secrets.cut(other.what())));
        }
        if (end instanceof ProtocolEnd.GivenUp givenUp) {
            return new ProtocolEnd.GivenUp(String.valueOf(secrets.cut(givenUp.why())));
        }
        return end;
    }

    /** HttpClient quotes what it cannot parse. */
    private IOException cut(IOException cause) {
        Throwable next = cause;
        for (int level = 0; next != null && level < 8; level++) {
            String said = String.valueOf(next.getMessage());
            if (!said.equals(secrets.cut(said))) {
                return new IOException(cause.getClass().getSimpleName() + ": " + secrets.cut(cause.getMessage()));
            }
            next = next.getCause();
        }
        return cause;
    }
}
