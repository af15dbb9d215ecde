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

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

import javax.sql.DataSource;

import io.github.camelsora.task.JdbcTaskRepository;
import org.h2.jdbcx.JdbcDataSource;

/** An H2 database whose statements a test counts, blocks or fails, and whose clock it sets. */
final class TroubledDatabase {

    private final JdbcDataSource database = new JdbcDataSource();
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private volatile Predicate<String> fails = sql -> false;
    private volatile Predicate<String> blocks = sql -> false;
    private volatile CountDownLatch blocked = new CountDownLatch(0);
    private volatile int hours;

    TroubledDatabase() {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    /** As each process has one. */
    JdbcTaskRepository repository() {
        JdbcTaskRepository repository = new JdbcTaskRepository(proxy(DataSource.class, (self, method, arguments) -> {
            Object result = call(database, method, arguments);
            return result instanceof Connection connection ? watched(connection) : result;
        }));
        repository.setCreateSchema(true);
        return repository;
    }

    JdbcTaskRepository repository(Duration lease) {
        JdbcTaskRepository repository = repository();
        repository.setLease(lease);
        return repository;
    }

    private Connection watched(Connection connection) {
        return proxy(Connection.class, (self, method, arguments) -> {
            if (!method.getName().equals("prepareStatement")) {
                return call(connection, method, arguments);
            }
            String sql = (String) arguments[0];
            if (fails.test(sql)) {
                throw new SQLException("the database is down", "08006");
            }
            if (blocks.test(sql)) {
                blocked.await();
            }
            statements.add(sql);
            return call(connection, method, new Object[] {
                sql.replace("CURRENT_TIMESTAMP", "DATEADD(HOUR, " + hours + ", CURRENT_TIMESTAMP)") });
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** From now on these fail. */
    void fail(Predicate<String> sql) {
        fails = sql;
    }

    /** From now on these wait. Returns what lets them go on. */
    Runnable block(Predicate<String> sql) {
        CountDownLatch latch = new CountDownLatch(1);
        blocked = latch;
        blocks = sql;
        return () -> {
            blocks = any -> false;
            latch.countDown();
        };
    }

    /** By how much its clock differs from the true one. */
    void jump(int byHours) {
        hours = byHours;
    }

    /** How many statements there were so far. */
    int statements() {
        return statements.size();
    }

    long statements(Predicate<String> sql) {
        return statements.stream().filter(sql).count();
    }

    static boolean isOfTasks(String sql) {
        return sql.contains("sora_task ") || sql.endsWith("sora_task");
    }

    static boolean isClaim(String sql) {
        return sql.startsWith("INSERT INTO sora_task ");
    }
}
