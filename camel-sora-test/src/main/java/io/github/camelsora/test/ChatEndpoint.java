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
package io.github.camelsora.test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Handles {@code POST /v1/chat/completions}: checks the key, counts the charge, chooses the answer. Thread-safe. */
final class ChatEndpoint {

    private final KeyCheck keys;
    private final TaskStore tasks;
    private final Duration chunkDelay;
    private final Duration duration;
    private final boolean stampChunks;
    private final WriteListener writes;
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Set<ChatStream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger paidRequests = new AtomicInteger();
    private volatile Answer always;

    ChatEndpoint(KeyCheck keys, TaskStore tasks, Duration chunkDelay, Duration duration, boolean stampChunks,
            WriteListener writes) {
        this.keys = keys;
        this.tasks = tasks;
        this.chunkDelay = chunkDelay;
        this.duration = duration;
        this.stampChunks = stampChunks;
        this.writes = writes;
    }

    void answer(List<Answer> next) {
        answers.addAll(next);
    }

    void answerAlways(Answer answer) {
        always = answer;
    }

    int requests() {
        return requests.get();
    }

    int paidRequests() {
        return paidRequests.get();
    }

    int openStreams() {
        return streams.size();
    }

    void reset() {
        answers.clear();
        always = null;
        streams.forEach(ChatStream::abort);
        requests.set(0);
        paidRequests.set(0);
    }

    void handle(HttpServerRequest http, Buffer body, String base) {
        requests.incrementAndGet();
        String complaint = keys.complaint(http.headers());
        if (complaint != null) {
            Errors.send(http, 401, complaint, "invalid_api_key");
            return;
        }
        ChatRequest request;
        try {
            request = ChatRequest.parse(body);
        } catch (IllegalArgumentException e) {
            Errors.send(http, 400, e.getMessage(), null);
            return;
        }
        generate(http, request, base);
    }

    private void generate(HttpServerRequest http, ChatRequest request, String base) {
        AnswerSpec spec = answerTo(request).spec();
        TaskLinks links = TaskLinks.fresh(base);
        Script script = spec.script(request, links);
        Duration delay = spec.chunkDelay == null ? chunkDelay : spec.chunkDelay;
        Duration whole = spec.duration != null ? spec.duration : spec.chunkDelay != null ? null : duration;
        Task task = new Task(request, links, script, Pace.of(script, delay, whole), spec);
        ChunkEncoder encoder = new ChunkEncoder(spec.format, stampChunks, request);
        if (spec.paid()) {
            paidRequests.incrementAndGet();
            tasks.add(task);
        }
        var context = Vertx.currentContext();
        ChatStream stream = new ChatStream(http, context, spec, script, task, encoder, writes, streams::remove);
        streams.add(stream);
        task.start(context, stream::pump);
    }

    private Answer answerTo(ChatRequest request) {
        Answer scripted = answers.poll();
        if (scripted == null) {
            scripted = always;
        }
        return scripted == null ? Directive.answerTo(request.prompt()) : scripted;
    }
}
