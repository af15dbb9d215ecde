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
package io.github.camelsora.examples.fleet;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/**
 * Keeps an order on its thread until its task is in the database, or until there is nothing to wait for. That takes as long as
 * the gateway needs to name the task: about a second, instead of the minutes until the video is there. If the gateway names
 * none, nothing could be resumed, and the order stays until its end. Thread-safe.
 */
public final class HandOver {

    private final ProducerTemplate template;
    private final Map<String, CompletableFuture<Exchange>> waiting = new ConcurrentHashMap<>();

    /** @param template sends to the route that makes the video, without a thread */
    public HandOver(ProducerTemplate template) {
        this.template = template;
    }

    /** Called on the thread that holds the transaction: what it throws rolls it back. */
    public void untilSubmitted(Exchange order) throws Exception {
        String key = order.getMessage().getHeader("orderId", String.class);
        if (key == null) {
            throw new IllegalArgumentException("The order has no header orderId");
        }
        CompletableFuture<Exchange> submitted = waiting.computeIfAbsent(key, same -> new CompletableFuture<>());
        String prompt = order.getMessage().getBody(String.class);
        CompletableFuture<Exchange> ended = template.asyncSend("direct:make", exchange -> {
            exchange.getMessage().setBody(prompt);
            exchange.getMessage().setHeader("orderId", key);
        });
        try {
            Object first = CompletableFuture.anyOf(submitted, ended).get();
            if (first instanceof Exchange failed && failed.getException() != null) {
                throw failed.getException();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The order " + key + " could not be handed over", e);
        } finally {
            waiting.remove(key, submitted);
        }
    }

    /** The task of an order is in the database: this comes before the event does. */
    public void submitted(String key) {
        CompletableFuture<Exchange> order = waiting.get(key);
        if (order != null) {
            order.complete(null);
        }
    }
}
