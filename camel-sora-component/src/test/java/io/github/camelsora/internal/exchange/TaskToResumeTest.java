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

import java.util.Map;
import java.util.stream.Stream;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.json.SoraJson;
import io.github.camelsora.internal.text.Link;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class TaskToResumeTest {

    private static final String LINK = "https://asyncdata.net/source/task_1";

    private static Message message(Object body, Map<String, Object> headers) {
        Message message = new DefaultExchange(new DefaultCamelContext()).getMessage();
        message.setBody(body);
        message.setHeaders(headers);
        return message;
    }

    private static TaskToResume in(Object body) {
        return TaskToResume.in(message(body, Map.of()));
    }

    private static GenerationLostException lost(SoraFacts facts) {
        return new GenerationLostException("lost", facts, null, SoraFailureCategory.UPSTREAM);
    }

    @Test
    void aResultNamesItsTaskAndIsTheEarlierVideo() {
        SoraVideo video = SoraVideo.builder().gateway("goapi").taskId("task_1").sourceUrl(LINK).build();
        TaskToResume task = in(video);
        assertThat(task.reference().taskId()).isEqualTo("task_1");
        assertThat(task.reference().source()).hasToString("Link[asyncdata.net]");
        assertThat(task.earlier()).isSameAs(video);
    }

    @Test
    void anEventNamesItsTask() {
        assertThat(in(new SoraEvent.Submitted(SoraFacts.builder().sequence(1).taskId("task_1").build())).reference().taskId())
                .isEqualTo("task_1");
    }

    static Stream<Arguments> bodiesOfOneGeneration() {
        SoraFacts facts = SoraFacts.builder().generationId("generation_1").sequence(1).taskId("task_1").build();
        SoraEvent event = new SoraEvent.Submitted(facts);
        SoraVideo video = SoraVideo.builder().generationId("generation_1").taskId("task_1").videoUrl("https://a.example/v.mp4")
                .build();
        Map<String, Object> headers = Map.of(SoraConstants.GENERATION_ID, "generation_1");
        Map<String, Object> stale = Map.of(SoraConstants.GENERATION_ID, "of an earlier step");
        return Stream.of(arguments(event, stale), arguments(video, stale), arguments(SoraJson.write(event), stale),
                arguments(SoraJson.write(video), stale), arguments(SoraJson.toMap(event), stale),
                arguments(SoraJson.toMap(video), stale), arguments("task_1", headers), arguments(LINK, headers),
                arguments("a prompt", Map.of(SoraConstants.GENERATION_ID, "generation_1", SoraConstants.TASK_ID, "task_1")));
    }

    @ParameterizedTest
    @MethodSource("bodiesOfOneGeneration")
    void theGenerationThatGoesOnKeepsItsId(Object body, Map<String, Object> headers) {
        assertThat(TaskToResume.in(message(body, headers)).generationId()).isEqualTo("generation_1");
    }

    @Test
    void aVideoThatWasStoredWithoutAnIdDoesNotTakeThatOfAnEarlierStep() {
        String json = "{\"videoUrl\":\"https://a.example/v.mp4\",\"taskId\":\"task_1\"}";
        assertThat(TaskToResume.in(message(json, Map.of(SoraConstants.GENERATION_ID, "other"))).generationId()).isNull();
    }

    @Test
    void aGenerationIdForgesNoLogLine() {
        assertThat(TaskToResume.in(message("task_1", Map.of(SoraConstants.GENERATION_ID, "a\nERROR b"))).generationId())
                .isEqualTo("a ERROR b");
        assertThat(TaskToResume.in(message("task_1", Map.of(SoraConstants.GENERATION_ID, " "))).generationId()).isNull();
    }

    @Test
    void headersComeBeforeATextBody() {
        Message message = message("the prompt", Map.of(SoraConstants.TASK_ID, "task_1"));
        assertThat(TaskToResume.in(message).reference().taskId()).isEqualTo("task_1");
    }

    @Test
    void anExceptionThatWasCaughtComesBeforeABodyThatMayBeThePrompt() {
        Message message = message("task_of_a_prompt_7", Map.of(SoraConstants.TASK_ID, "task_of_a_header"));
        message.getExchange().setProperty(Exchange.EXCEPTION_CAUGHT,
                lost(SoraFacts.builder().generationId("generation_1").taskId("task_1").sourceUrl(LINK).build()));
        TaskToResume task = TaskToResume.in(message);
        assertThat(task.reference().taskId()).isEqualTo("task_1");
        assertThat(task.reference().source()).isEqualTo(Link.of(LINK));
        assertThat(task.generationId()).isEqualTo("generation_1");
    }

    @Test
    void anExceptionThatNamesNoTaskStaysTheException() {
        Message message = message("task_of_a_prompt_7", Map.of());
        GenerationLostException lost = lost(SoraFacts.builder().build());
        message.getExchange().setProperty(Exchange.EXCEPTION_CAUGHT, lost);
        assertThatThrownBy(() -> TaskToResume.in(message)).isSameAs(lost);
    }

    @Test
    void aPromptOfOneWordIsNotTakenForATaskId() {
        assertThatIllegalArgumentException().isThrownBy(() -> in("Sunrise").unknown()).withMessageContaining("has a digit")
                .withMessageContaining(SoraConstants.TASK_ID);
    }

    @Test
    void aTextIsALinkOrATaskId() {
        assertThat(in(" task_1\n").reference().taskId()).isEqualTo("task_1");
        TaskToResume task = in(LINK);
        assertThat(task.reference().taskId()).isNull();
        assertThat(task.reference().source()).isNotNull();
    }

    @Test
    void anInvalidLinkOfAResultLeavesItsTaskId() {
        SoraVideo video = SoraVideo.builder().gateway("goapi").taskId("task_1").sourceUrl("not a link").build();
        assertThat(in(video).reference().source()).isNull();
    }

    @Test
    void aResultWithoutIdAndLinkIsAnError() {
        SoraVideo video = SoraVideo.builder().gateway("goapi").videoUrl("https://a.example/v.mp4").build();
        assertThatIllegalArgumentException().isThrownBy(() -> in(video).unknown())
                .withMessageContaining("neither a task id nor a source");
    }

    @ParameterizedTest
    @ValueSource(strings = { "../admin", "two words", "https://" })
    void aTextThatIsNoTaskIdIsAnError(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> in(text).unknown())
                .withMessageContaining("Not a task id: " + text);
    }

    @Test
    void aHeaderThatIsNoLinkIsAnError() {
        Message message = message("x", Map.of(SoraConstants.SOURCE_URL, "ftp://a.example"));
        assertThatIllegalArgumentException().isThrownBy(() -> TaskToResume.in(message))
                .withMessageContaining("Not a source link");
    }

    @Test
    void anEmptyMessageIsAnErrorThatSaysWhatToGive() {
        assertThatIllegalArgumentException().isThrownBy(() -> in(null)).withMessageContaining(SoraConstants.TASK_ID);
        assertThatIllegalArgumentException().isThrownBy(() -> in(" ")).withMessageContaining(SoraConstants.SOURCE_URL);
    }
}
