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
package io.github.camelsora.benchmarks.client;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.LongAdder;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelsora.task.JdbcTaskRepository;

/** The task repository of a run with request keys: a database behind a connection pool, its statements counted. */
final class CountedRepository implements AutoCloseable {

    private final HikariDataSource pool = new HikariDataSource();
    private final LongAdder statements = new LongAdder();

    CountedRepository(String url) {
        pool.setJdbcUrl(url);
    }

    /** What a route's component takes. */
    JdbcTaskRepository repository() {
        JdbcTaskRepository repository = new JdbcTaskRepository(counted(DataSource.class, pool));
        repository.setCreateSchema(true);
        return repository;
    }

    /** How many statements were sent to the database; each is a transaction. */
    long statements() {
        return statements.sum();
    }

    @Override
    public void close() {
        pool.close();
    }

    /** Counts what is prepared: each statement is executed once. */
    private <T> T counted(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { type },
                (self, method, values) -> {
                    if (method.getName().equals("prepareStatement")) {
                        statements.increment();
                    }
                    try {
                        Object result = method.invoke(target, values);
                        return result instanceof Connection connection ? counted(Connection.class, connection) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
