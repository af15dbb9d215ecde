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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.task.JdbcTaskRepository;
import org.apache.camel.Exchange;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a second delivery costs the database; DatabaseTroubleTest counts the statements of the first. */
class StatementsTest extends SoraRouteTest {

    private static final int GENERATIONS = 50;
    private static final Pattern TASKS = Pattern.compile("(INSERT INTO|UPDATE|DELETE FROM|SELECT .* FROM) sora_task\\b");

    private final Queue<String> statements = new ConcurrentLinkedQueue<>();

    @Test
    void aSecondDeliveryCostsThreeStatementsAtMost() throws Exception {
        JdbcTaskRepository repository = new JdbcTaskRepository(counted());
        repository.setCreateSchema(true);
        context.getComponent("sora", SoraComponent.class).getConfiguration().setTaskRepository(repository);
        routes(route -> route.from("direct:in").to("sora:generate?requestKey=${body}"));
        deliver();
        statements.clear();
        deliver();
        assertThat(tasks()).hasSizeLessThanOrEqualTo(3 * GENERATIONS);
        assertThat(simulator().paidRequests()).isEqualTo(GENERATIONS);
    }

    private void deliver() throws Exception {
        List<CompletableFuture<Exchange>> deliveries = IntStream.range(0, GENERATIONS).mapToObj(i -> template.asyncSend(
                "direct:in", exchange -> exchange.getMessage().setBody("a cat " + i))).toList();
        for (CompletableFuture<Exchange> delivery : deliveries) {
            Exchange delivered = delivery.get(60, TimeUnit.SECONDS);
            assertThat(delivered.getException()).isNull();
            assertThat(delivered.getMessage().getBody()).isInstanceOf(SoraVideo.class);
        }
    }

    private List<String> tasks() {
        return statements.stream().filter(sql -> TASKS.matcher(sql).lookingAt()).toList();
    }

    private DataSource counted() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return proxy(DataSource.class, database);
    }

    /** Remembers what is prepared: each statement is executed once. */
    private <T> T proxy(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { type },
                (self, method, values) -> {
                    if (method.getName().equals("prepareStatement")) {
                        statements.add((String) values[0]);
                    }
                    Object result;
                    try {
                        result = method.invoke(target, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    return result instanceof Connection connection ? proxy(Connection.class, connection) : result;
                }));
    }
}
