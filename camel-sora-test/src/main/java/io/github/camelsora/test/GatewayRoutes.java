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

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Routes each request to its handler and records it. Thread-safe. */
final class GatewayRoutes {

    private static final Pattern TASK = Pattern.compile("/(source|api/share|web)/([^/]+)");

    private final ChatEndpoint chat;
    private final TaskStore tasks;
    private final RequestLog log;
    private final Media media = new Media();

    GatewayRoutes(ChatEndpoint chat, TaskStore tasks, RequestLog log) {
        this.chat = chat;
        this.tasks = tasks;
        this.log = log;
    }

    void handle(HttpServerRequest request, String base) {
        request.body().onSuccess(body -> {
            log.add(request, body);
            serve(request, body, base);
        });
    }

    private void serve(HttpServerRequest request, Buffer body, String base) {
        String path = request.path();
        if (path.equals("/v1/chat/completions")) {
            if (request.method() == HttpMethod.POST) {
                chat.handle(request, body, base);
            } else {
                request.response().putHeader("Allow", "POST");
                Errors.send(request, 405, "Only POST is served here", null);
            }
        } else if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            request.response().putHeader("Allow", "GET, HEAD");
            Errors.send(request, 405, "Only GET and HEAD are served here", null);
        } else if (path.startsWith("/cdn/") && path.endsWith(".mp4")) {
            Task task = tasks.ofMedia(path);
            VideoAnswer answer = task == null ? VideoAnswer.video() : task.nextVideoAnswer();
            media.make(request, Media.Kind.VIDEO, promptOf(task), file -> answer.send(request, file));
        } else if (path.startsWith("/cdn/") && path.endsWith(".webp")) {
            media.send(request, Media.Kind.THUMBNAIL, promptOf(tasks.ofMedia(path)));
        } else if (path.equals("/")) {
            Reply.send(request, 200, "text/plain; charset=utf-8", "Sora simulator: POST " + base + "/v1/chat/completions\n");
        } else {
            serveTask(request, path);
        }
    }

    /** A link that no task has any more leads to a video without words. */
    private static String promptOf(Task task) {
        return task == null ? "" : task.prompt();
    }

    private void serveTask(HttpServerRequest request, String path) {
        Matcher matcher = TASK.matcher(path);
        Task task = matcher.matches() ? tasks.find(matcher.group(2)) : null;
        if (task == null) {
            Errors.send(request, 404, "Nothing here: " + path, "not_found");
            return;
        }
        switch (matcher.group(1)) {
            case "source" -> task.nextSourceAnswer().send(task.snapshot(), request, media);
            case "api/share" -> task.nextShareAnswer().send(task.snapshot(), request, media);
            default -> Reply.send(request, 200, "text/html; charset=utf-8", page(task.snapshot()));
        }
    }

    private static String page(SimulatedTask task) {
        boolean completed = task.state() == SimulatedTask.State.COMPLETED;
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + task.id() + "</title></head>"
                + "<body>\n<h1>" + escaped(task.prompt()) + "</h1>\n<p>" + task.state().status() + ", "
                + task.progress() + " %</p>\n"
                + (completed ? "<video controls src=\"" + task.videoUrl() + "\"></video>\n" : "") + "</body></html>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
