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

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;

import javax.sql.DataSource;

/**
 * A connection pool that sees each statement before it is executed, can break what the database does, and counts what is not
 * given back.
 */
final class WatchedDataSource implements DataSource, AutoCloseable {

    /** What happens in between. */
    interface Step {
        void run() throws SQLException;
    }

    /** What happens before a statement. */
    interface BeforeStatement {
        void of(String sql) throws SQLException;
    }

    private static final Step NOTHING = () -> {
    };

    final List<String> statements = new CopyOnWriteArrayList<>();
    final Set<Object> open = ConcurrentHashMap.newKeySet();
    volatile Step beforeConnection = NOTHING;
    volatile BeforeStatement beforeStatement = sql -> {
    };
    volatile Step beforeCommit = NOTHING;
    volatile Step afterCommit = NOTHING;

    private final DataSource database;
    private final boolean autoCommit;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

    WatchedDataSource(DataSource database, boolean autoCommit) {
        this.database = database;
        this.autoCommit = autoCommit;
    }

    /** All is well again. */
    void repair() {
        beforeConnection = NOTHING;
        beforeStatement = sql -> {
        };
        beforeCommit = NOTHING;
        afterCommit = NOTHING;
    }

    /** The next connections are new ones. */
    @Override
    public void close() throws SQLException {
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.close();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        beforeConnection.run();
        Connection connection = idle.poll();
        if (connection == null) {
            connection = database.getConnection();
            connection.setAutoCommit(autoCommit);
        }
        return watched(Connection.class, connection, "");
    }

    private <T> T watched(Class<T> type, T target, String sql) {
        Object proxy = Proxy.newProxyInstance(WatchedDataSource.class.getClassLoader(), new Class<?>[] { type },
                (self, method, arguments) -> call(self, target, method, arguments, sql));
        open.add(proxy);
        return type.cast(proxy);
    }

    private Object call(Object self, Object target, Method method, Object[] arguments, String sql) throws Throwable {
        switch (method.getName()) {
            case "hashCode":
                return System.identityHashCode(self);
            case "equals":
                return self == arguments[0];
            case "close":
                if (open.remove(self) && target instanceof Connection connection && !connection.isClosed()) {
                    idle.push(connection);
                    return null;
                }
                break;
            case "execute", "executeQuery", "executeUpdate":
                String executed = arguments == null ? sql : (String) arguments[0];
                beforeStatement.of(executed);
                statements.add(executed);
                break;
            case "commit":
                beforeCommit.run();
                break;
            default:
        }
        Object result;
        try {
            result = method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (method.getName().equals("commit")) {
            afterCommit.run();
        }
        if (result instanceof PreparedStatement statement && method.getName().equals("prepareStatement")) {
            return watched(PreparedStatement.class, statement, (String) arguments[0]);
        }
        if (result instanceof Statement statement && method.getName().equals("createStatement")) {
            return watched(Statement.class, statement, sql);
        }
        return result instanceof ResultSet rows ? watched(ResultSet.class, rows, sql) : result;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return database.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        database.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        database.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return database.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return database.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return database.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return database.isWrapperFor(type);
    }
}
