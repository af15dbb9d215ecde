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

import java.util.List;

import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.exchange.Conversation;
import io.github.camelsora.internal.exchange.Prompts;
import io.github.camelsora.internal.exchange.VideoGateway;
import io.github.camelsora.internal.protocol.ResolvedGateway;
import io.github.camelsora.internal.text.ForeignText;
import io.github.camelsora.task.SoraTask;
import io.github.camelsora.task.SoraTaskRepository;
import io.github.camelsora.task.SoraTaskState;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** {@code sora:remix}: continues the conversation that led to an earlier video ("continuous modification"). */
final class SoraRemixProducer extends SoraGenerateProducer {

    private static final List<String> USED_HEADERS = List.of(SoraConstants.IMAGE_URL, SoraConstants.BODY_PROPERTIES,
            SoraConstants.REMIX_OF);

    SoraRemixProducer(SoraEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        String id = id(exchange.getMessage().getHeader(SoraConstants.REMIX_OF));
        if (id == null) {
            return super.process(exchange, callback);
        }
        followComponent();
        return find(exchange, callback, tasks -> tasks.find(id).or(() -> tasks.findByTaskId(id)), (stored, later) -> {
            exchange.getMessage().setHeader(SoraConstants.REMIX_OF, video(id, stored.map(SoraTaskRepository.Stored::task)
                    .orElse(null)));
            super.process(exchange, later);
        });
    }

    /** A task id or a generation id: any text that is no JSON. */
    private static @Nullable String id(@Nullable Object earlier) {
        return earlier instanceof String text && !text.isBlank() && !text.strip().startsWith("{") ? text.strip() : null;
    }

    private static SoraVideo video(String id, @Nullable SoraTask task) {
        if (task == null) {
            throw new IllegalArgumentException("No generation of the id " + ForeignText.clean(id) + " is in the task "
                    + "repository, nor a task of that id; nothing was sent. Give the SoraVideo, or its JSON, as header "
                    + SoraConstants.REMIX_OF);
        }
        if (task.state() != SoraTaskState.COMPLETED) {
            throw new IllegalArgumentException("Generation " + task.key() + " has no video that could be changed: it is "
                    + task.state() + "; nothing was sent");
        }
        return task.video();
    }

    @Override
    protected List<String> usedHeaders() {
        return USED_HEADERS;
    }

    @Override
    protected ResolvedGateway gateway(Exchange exchange) {
        return getEndpoint().gateway(VideoGateway.name(video(exchange).gateway(), exchange.getMessage()));
    }

    @Override
    protected Conversation conversation(Exchange exchange) {
        return Conversation.of(Conversation.leadingTo(video(exchange)),
                Prompts.prompt(exchange.getMessage(), promptSource()));
    }

    private static SoraVideo video(Exchange exchange) {
        Object earlier = exchange.getMessage().getHeader(SoraConstants.REMIX_OF);
        if (earlier == null) {
            throw new IllegalArgumentException("sora:remix needs the header " + SoraConstants.REMIX_OF
                    + " with the SoraVideo that is to be changed, its JSON, its task id or its generation id");
        }
        SoraVideo video = exchange.getContext().getTypeConverter().tryConvertTo(SoraVideo.class, exchange, earlier);
        if (video == null) {
            throw new IllegalArgumentException("The header " + SoraConstants.REMIX_OF + " holds a "
                    + earlier.getClass().getName() + " that is no video: "
                    + "give the SoraVideo, its COMPLETED event, or the JSON of either");
        }
        // It may have been a stream, which can be read only once.
        exchange.getMessage().setHeader(SoraConstants.REMIX_OF, video);
        return video;
    }
}
