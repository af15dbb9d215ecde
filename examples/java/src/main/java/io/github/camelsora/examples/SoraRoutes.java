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
package io.github.camelsora.examples;

import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.engine.DurationRoutePolicy;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.apache.camel.processor.aggregate.UseLatestAggregationStrategy;

/** Every prompt in the folder becomes a video beside its JSON; every step of every video is a line on the console. */
public class SoraRoutes extends RouteBuilder {

    @Override
    public void configure() {
        onException(Exception.class)
            .handled(true)
            .log("${exchangeProperty.video}: no video, ${exception.message}")
            .to("direct:count");

        // Prompts stay where they are: each run makes (and, on a real gateway, pays for) every video anew.
        from("file:{{example.prompts}}?include=.*\\.txt&noop=true&charset=UTF-8").routeId("prompts")
            .setProperty("video", simple("${file:onlyname.noext}"))
            .to("sora:generate?streamRepliesTo=direct:progress&inheritExchangePropertiesForReplies=true")
            .to("direct:download")
            .to("direct:count");

        from("direct:progress").routeId("progress")
            .choice()
                .when(simple("${body.type} == 'PROGRESS'"))
                    .log("${exchangeProperty.video}: ${body.progress} %")
                .when(simple("${body.type} == 'FAILED'"))
                    .log("${exchangeProperty.video}: failed, ${body.reason}")
                .otherwise()
                    .log("${exchangeProperty.video}: ${body.type.name.toLowerCase()}")
            .end();

        // The result first: whatever happens to the download, what was paid for is in the JSON.
        from("direct:download").routeId("download")
            .marshal().json(JsonLibrary.Jackson, true)
            .to("file:{{example.videos}}?fileName=${exchangeProperty.video}.json")
            .to("sora:download?directory={{example.videos}}&fileName=${exchangeProperty.video}.mp4")
            .log("${exchangeProperty.video}: saved");

        from("direct:count").routeId("count")
            .aggregate(constant("all prompts of the folder"), new UseLatestAggregationStrategy())
                .completionSize(exchangeProperty("CamelBatchSize"))
                .log("All prompts are done; the videos are in {{example.videos}}")
                .filter(simple("'{{example.watch}}' == 'false'"))
                    .to("direct:end");

        from("direct:end").routeId("end").routePolicy(untilDone())
            .log(LoggingLevel.DEBUG, "The example ends");
    }

    private static DurationRoutePolicy untilDone() {
        DurationRoutePolicy policy = new DurationRoutePolicy();
        policy.setMaxMessages(1);
        policy.setAction(DurationRoutePolicy.Action.STOP_CAMEL_CONTEXT);
        return policy;
    }
}
