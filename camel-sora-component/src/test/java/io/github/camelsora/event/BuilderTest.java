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
package io.github.camelsora.event;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The builders set every component, each under its own name. */
class BuilderTest {

    private static final SoraUsage USAGE = new SoraUsage(1, 2, 3);

    @Test
    void factsAreSetByName() {
        assertThat(SoraFacts.builder().sequence(1).gateway("2").taskId("3").progress(4).videoUrl("5").thumbnailUrl("6")
                .previewUrl("7").sourceUrl("8").videoId("9").responseId("10").responseModel("11").finishReason("12")
                .usage(USAGE)
                .build()).isEqualTo(new SoraFacts(1, "2", "3", 4, "5", "6", "7", "8", "9", "10", "11", "12", USAGE));
    }

    @Test
    void aResultIsSetByName() {
        List<SoraMessage> messages = List.of(SoraMessage.user("14"));
        assertThat(SoraVideo.builder().videoUrl("1").videoUrls(List.of("2")).thumbnailUrl("3").previewUrl("4").sourceUrl("5")
                .taskId("6").videoId("7").gateway("8").model("9").responseModel("10").prompt("11").usage(USAGE).report("13")
                .messages(messages).build()).isEqualTo(new SoraVideo("1", List.of("2"), "3", "4", "5", "6", "7", "8", "9",
                        "10", "11", USAGE, "13", messages));
    }

    @Test
    void unknownFactsAreTakenFromOthers() {
        SoraFacts facts = SoraFacts.builder().sequence(7).taskId("own").build()
                .or(new SoraFacts(1, "2", "3", 4, "5", "6", "7", "8", "9", "10", "11", "12", USAGE));
        assertThat(facts).isEqualTo(new SoraFacts(7, "2", "own", 4, "5", "6", "7", "8", "9", "10", "11", "12", USAGE));
        assertThat(facts.at(8, 50)).isEqualTo(
                new SoraFacts(8, "2", "own", 50, "5", "6", "7", "8", "9", "10", "11", "12", USAGE));
    }
}
