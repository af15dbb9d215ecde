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
package io.github.camelsora.internal.exchange;

import java.util.ArrayList;
import java.util.List;

import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraVideo;

/**
 * What is sent for one message of a route.
 *
 * @param messages earlier prompts and reports, and last those of the prompt
 * @param prompt what the message asks for
 */
public record Conversation(List<SoraMessage> messages, Prompt prompt) {

    /** The earlier messages, and a prompt. */
    public static Conversation of(List<SoraMessage> earlier, Prompt prompt) {
        List<SoraMessage> all = new ArrayList<>(earlier);
        all.addAll(prompt.messages());
        return new Conversation(all, prompt);
    }

    /**
     * All that led to a video, its report included: what a change of it continues.
     *
     * @throws IllegalArgumentException if the report is not known: a gateway finds the video by it, and charges all the same
     */
    public static List<SoraMessage> leadingTo(SoraVideo video) {
        List<SoraMessage> messages = video.messages();
        if (messages.isEmpty()) {
            if (video.prompt() == null || video.report() == null) {
                throw new IllegalArgumentException("The video of task " + video.taskId() + " cannot be changed: it has "
                        + "neither messages nor both prompt and report");
            }
            messages = List.of(SoraMessage.user(video.prompt()), SoraMessage.assistant(video.report()));
        }
        if (messages.get(messages.size() - 1).text().isBlank()) {
            throw new IllegalArgumentException("The video of task " + video.taskId() + " cannot be changed: its report is not "
                    + "known, as it was found by polling; nothing was sent. Order a new video with sora:generate");
        }
        return messages;
    }

    /** The same with at most so many messages: the oldest go first, the first prompt stays. */
    public Conversation trimmed(int max) {
        int surplus = messages.size() - max;
        if (surplus <= 0) {
            return this;
        }
        List<SoraMessage> kept = new ArrayList<>(max);
        kept.add(messages.get(0));
        kept.addAll(messages.subList(1 + surplus, messages.size()));
        return new Conversation(kept, prompt);
    }
}
