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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.task.JdbcTaskRepository;
import io.github.camelsora.task.SoraTask;
import io.github.camelsora.task.SoraTaskState;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SourceAnswer;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The route of docs/fleet.md that goes on with what dead processes have left, without a broker. */
class UnfinishedRouteTest extends SoraRouteTest {

    @Test
    void theDocumentedTimerFinishesWhatADeadProcessHasLeft() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        SoraConfiguration options = context.getComponent("sora", SoraComponent.class).getConfiguration();
        routes(route -> route.from("direct:buy").to("sora:generate"));
        simulator().answer(Answer.success().progress(12, 61).cutAfter(12).sourceAnswers(SourceAnswer.report()));
        GenerationLostException bought = (GenerationLostException) send("direct:buy", "a cat").getException();
        JdbcTaskRepository dead = repository(database, Duration.ofMillis(1));
        claim(dead, "submitted", SoraVideo.builder().gateway("goapi").prompt("a cat").taskId(bought.getTaskId())
                .sourceUrl(bought.getSourceUrl()).build(), SoraTaskState.SUBMITTED);
        claim(dead, "without an answer", SoraVideo.builder().gateway("goapi").prompt("a dog").build(), SoraTaskState.CLAIMED);
        // Not before: a dead process without claims is forgotten, and what it claims then is its own for a whole lease.
        dead.renewLease();

        JdbcTaskRepository repository = repository(database, Duration.ofSeconds(30));
        options.setTaskRepository(repository);
        context.getRegistry().bind("soraTaskRepository", repository);
        MockEndpoint videos = getMockEndpoint("mock:videos");
        routes(route -> route.from("direct:video").to("mock:videos"));
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("unfinished.yaml", documentedRoute()));

        await().atMost(Duration.ofSeconds(30)).until(() -> repository.find("submitted").orElseThrow().task().state()
                .isFinished() && repository.find("without an answer").orElseThrow().task().state().isFinished());
        videos.expectedMessageCount(1);
        videos.assertIsSatisfied();
        assertThat(videos.getExchanges().get(0).getMessage().getHeader(SoraConstants.GENERATION_ID)).isEqualTo("submitted");
        assertThat(repository.find("submitted").orElseThrow().task().state()).isEqualTo(SoraTaskState.COMPLETED);
        assertThat(repository.find("without an answer").orElseThrow().task().state()).isEqualTo(SoraTaskState.LOST);
        assertThat(repository.unfinished(10)).isEmpty();
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    @Test
    void aGenerationWithoutATaskIsLostAndItsOwnIdIsAskedOfNoGateway() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        JdbcTaskRepository dead = repository(database, Duration.ofMillis(1));
        String id = UUID.randomUUID().toString();
        claim(dead, id, SoraVideo.builder().gateway("goapi").prompt("a dog").build(), SoraTaskState.CLAIMED);
        dead.renewLease();
        context.getComponent("sora", SoraComponent.class).getConfiguration()
                .setTaskRepository(repository(database, Duration.ofSeconds(30)));
        routes(route -> route.from("direct:resume").to("sora:resume"));

        GenerationLostException lost = (GenerationLostException) send("direct:resume", id).getException();
        assertThat(lost.getTaskId()).isNull();
        assertThat(lost.getGenerationId()).isEqualTo(id);
        assertThat(simulator().requests()).isEmpty();
    }

    private static String documentedRoute() throws Exception {
        String page = Files.readString(Path.of("../docs/fleet.md"));
        List<String> routes = Arrays.stream(page.split("```")).filter(block -> block.startsWith("yaml\n")
                && block.contains("unfinished(")).toList();
        assertThat(routes).hasSize(1);
        return routes.get(0).substring("yaml\n".length());
    }

    private static JdbcTaskRepository repository(JdbcDataSource database, Duration lease) {
        JdbcTaskRepository repository = new JdbcTaskRepository(database);
        repository.setCreateSchema(true);
        repository.setLease(lease);
        return repository;
    }

    private void claim(JdbcTaskRepository owner, String key, SoraVideo known, SoraTaskState state) {
        Instant now = Instant.now();
        owner.claim(UUID.randomUUID().toString(), new SoraTask(key, "", "chat", simulator().baseUrl(), null, state, known, null,
                now, now));
    }
}
