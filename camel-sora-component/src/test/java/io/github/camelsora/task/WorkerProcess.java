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
package io.github.camelsora.task;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import javax.sql.DataSource;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.event.SoraVideo;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGConnectionPoolDataSource;

/**
 * A worker of a fleet, in a JVM of its own: takes orders from its standard input, one line each ({@code order KEY MOMENT}),
 * and acknowledges them on its standard output ({@code ack KEY VIDEO link} or {@code ack KEY exception}). When an order comes
 * to its moment, the worker says so ({@code at KEY MOMENT}) and stands still there, to be killed.
 */
final class WorkerProcess {

    /** Says that an order has no moment. */
    static final String NEVER = "NEVER";

    private final Map<String, String> moments = new ConcurrentHashMap<>();
    private final ProducerTemplate template;

    private WorkerProcess(ProducerTemplate template) {
        this.template = template;
    }

    /** What it takes: the URL of the database, that of the gateway, and the lease in milliseconds. */
    public static void main(String[] arguments) throws Exception {
        CamelContext context = new DefaultCamelContext();
        WorkerProcess worker = new WorkerProcess(context.createProducerTemplate());
        JdbcTaskRepository repository = new JdbcTaskRepository(pool(arguments[0]));
        repository.setCreateSchema(true);
        repository.setLease(Duration.ofMillis(Long.parseLong(arguments[2])));
        SoraConfiguration options = context.getComponent("sora", SoraComponent.class).getConfiguration();
        options.setBaseUrl(arguments[1]);
        options.setApiKey("sk-the-key-of-a-worker");
        options.setTaskRepository(worker.watched(repository));
        options.setRecoveryDelay(50);
        options.setRecoveryMaxDelay(200);
        options.setRecoveryTimeout(60_000);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:orders").to("sora:generate?requestKey=${header.order}");
            }
        });
        context.start();
        say("ready");
        worker.takeOrders();
        // The test is over, or gone.
        System.exit(0);
    }

    /** As an application has one: a new connection for each statement would cost far more than the statement. */
    private static DataSource pool(String url) {
        if (url.startsWith("jdbc:h2:")) {
            return JdbcConnectionPool.create((JdbcDataSource) TestDatabase.of(url));
        }
        PGConnectionPoolDataSource postgresql = new PGConnectionPoolDataSource();
        postgresql.setUrl(url);
        return JdbcConnectionPool.create(postgresql);
    }

    private void takeOrders() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] order = line.split(" ");
            moments.put(order[1], order[2]);
            template.asyncSend("direct:orders", exchange -> {
                exchange.getMessage().setBody(prompt(order[1]));
                exchange.getMessage().setHeader("order", order[1]);
            }).thenAccept(exchange -> acknowledge(order[1], exchange));
        }
    }

    /** Tells the gateway which order it is paid for. */
    static String prompt(String key) {
        return "A cat for " + key;
    }

    private void acknowledge(String key, Exchange exchange) {
        at(key, Moment.BEFORE_ACKNOWLEDGEMENT);
        Exception e = exchange.getException();
        say("ack " + key + " " + (e != null ? e.toString().replaceAll("\\R", " ")
                : "VIDEO " + exchange.getMessage().getBody(SoraVideo.class).videoUrl()));
    }

    private SoraTaskRepository watched(SoraTaskRepository repository) {
        return (SoraTaskRepository) Proxy.newProxyInstance(WorkerProcess.class.getClassLoader(),
                new Class<?>[] { SoraTaskRepository.class }, (proxy, method, arguments) -> {
                    boolean claims = method.getName().equals("claim");
                    boolean updates = method.getName().equals("update");
                    SoraTask task = claims || updates ? (SoraTask) arguments[1] : null;
                    if (claims) {
                        at(task.key(), Moment.BEFORE_CLAIM);
                    } else if (updates) {
                        at(task.key(), task.state().isFinished() ? Moment.STORING_RESULT : Moment.STORING_ID);
                    }
                    Object result;
                    try {
                        result = method.invoke(repository, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (claims && result.equals(true)) {
                        at(task.key(), Moment.CLAIMED);
                    } else if (updates) {
                        at(task.key(), task.state().isFinished() ? Moment.RESULT_STORED : Moment.ID_STORED);
                    } else if (result instanceof Optional<?> found) {
                        found.ifPresent(this::seen);
                    } else if (result instanceof List<?> found) {
                        found.forEach(this::seen);
                    }
                    return result;
                });
    }

    private void seen(Object found) {
        if (found instanceof SoraTaskRepository.Stored stored && stored.owned()
                && moments.remove(stored.task().key(), Moment.WAITING.name())) {
            say("at " + stored.task().key() + " " + Moment.WAITING);
        }
    }

    /** Stands still if this is the moment of the order. */
    private void at(String key, Moment moment) {
        if (moments.remove(key, moment.name())) {
            say("at " + key + " " + moment);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
