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

import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelsora.task.JdbcTaskRepository;
import io.github.camelsora.task.SoraTaskRepository;
import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.PropertyInject;
import org.apache.camel.util.TimeUtils;
import org.springframework.jms.connection.CachingConnectionFactory;

/** What the routes of a worker use: the broker, the database, and what is remembered there. */
public final class Beans implements CamelConfiguration {

    /** One connection; its sessions are used again. Without a window a worker takes only the orders that it works on. */
    @BindToRegistry
    public ConnectionFactory connectionFactory(@PropertyInject("broker.url") String url) {
        ActiveMQConnectionFactory artemis = new ActiveMQConnectionFactory(url);
        artemis.setConsumerWindowSize(0);
        artemis.setReconnectAttempts(-1);
        CachingConnectionFactory factory = new CachingConnectionFactory(artemis);
        factory.setCacheConsumers(false);
        return factory;
    }

    /** The one repository of this process: it is the owner of what the process claims. */
    @BindToRegistry
    public SoraTaskRepository taskRepository(@PropertyInject("database.url") String url,
            @PropertyInject("database.user") String user, @PropertyInject("database.password") String password,
            @PropertyInject("database.lease") String lease) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        if (!user.isBlank()) {
            pool.setUsername(user);
            pool.setPassword(password);
        }
        JdbcTaskRepository repository = new JdbcTaskRepository(pool);
        repository.setCreateSchema(true);
        repository.setLease(Duration.ofMillis(TimeUtils.toMilliSeconds(lease)));
        return repository;
    }

    @BindToRegistry
    public HandOver handOver(CamelContext camel) {
        return new HandOver(camel.createProducerTemplate());
    }
}
