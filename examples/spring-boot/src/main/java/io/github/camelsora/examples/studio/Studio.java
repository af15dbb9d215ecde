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
package io.github.camelsora.examples.studio;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraVideo;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/** A bean for the routes: the known gateways, and the state that a page needs when it opens. */
@Component("studio")
public class Studio {

    private final CamelContext camel;

    Studio(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * @throws IllegalArgumentException with a sentence for the page, also if the order names a gateway that is not offered: the
     *         name becomes part of a URI
     */
    public void check(VideoOrder order) {
        if (order == null) {
            throw new IllegalArgumentException("The body must be JSON as the page sends it.");
        }
        order.check();
        if (!gateways().contains(order.gateway())) {
            throw new IllegalArgumentException("There is no such gateway; choose one of "
                    + String.join(", ", gateways()) + ".");
        }
    }

    /**
     * The order with the picture of an earlier one.
     *
     * @throws IllegalArgumentException if that one has no picture: a video without it would be paid for nothing
     */
    public VideoOrder withImage(@ExchangeProperty("order") VideoOrder order, @Body String image) {
        if (image == null) {
            throw new IllegalArgumentException("The picture is not there any more. Add it again.");
        }
        return new VideoOrder(order.prompt(), order.gateway(), order.model(), image, order.remixOf(), order.imageOf());
    }

    /** The list of videos, with what a page needs besides. */
    public Map<String, Object> overview(List<Map<String, Object>> videos) {
        return Map.of("now", System.currentTimeMillis(), "gateways", gateways(), "videos", videos);
    }

    /** A task whose video is not known yet: the input of {@code sora:resume}. */
    public SoraVideo unfinished(Map<String, String> task) {
        String prompt = task.get("prompt");
        return SoraVideo.builder().taskId(task.get("taskId")).sourceUrl(task.get("sourceUrl")).gateway(task.get("gateway"))
                .model(task.get("model")).prompt(prompt)
                .messages(List.of(SoraMessage.user(prompt), SoraMessage.assistant(""))).build();
    }

    /** The component's own gateway first, then those of {@code camel.component.sora.gateways.*}. */
    private Set<String> gateways() {
        SoraComponent sora = camel.getComponent("sora", SoraComponent.class);
        Set<String> names = new LinkedHashSet<>();
        names.add(sora.getConfiguration().getGateway());
        names.addAll(sora.getGateways().keySet());
        return names;
    }
}
