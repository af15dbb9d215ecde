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

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * Runs single statements, each on a connection and in a transaction of its own, whether the connection commits by itself or
 * not. Knows no table. Thread-safe.
 */
final class TaskDatabase {

    /** How often a statement is tried that the database has rolled back because of others. */
    private static final int MAX_TRIES = 3;
    /** ISO/IEC 9075-2: the one code of class 40 that does not say that nothing was written. */
    private static final String COMPLETION_UNKNOWN = "40003";

    private final DataSource dataSource;
    private volatile Duration queryTimeout = Duration.ofSeconds(10);

    TaskDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void setQueryTimeout(Duration queryTimeout) {
        this.queryTimeout = queryTimeout;
    }

    /** Reads one row. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * @param operation what for, in an exception
     * @return how many rows have changed
     */
    int update(String operation, String sql, @Nullable Object... values) {
        return call(operation, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, values);
                return statement.executeUpdate();
            }
        });
    }

    /** Reads at most so many rows; 0: all. */
    <T> List<T> query(String operation, int maxRows, RowReader<T> reader, String sql, @Nullable Object... values) {
        return call(operation, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, values);
                statement.setMaxRows(maxRows);
                try (ResultSet rows = statement.executeQuery()) {
                    List<T> read = new ArrayList<>();
                    while (rows.next()) {
                        read.add(reader.read(rows));
                    }
                    return read;
                }
            }
        });
    }

    /** Runs the statements of a script in one transaction, if the connection does not commit by itself. */
    void run(String operation, List<String> script) {
        call(operation, connection -> {
            try (Statement statement = connection.createStatement()) {
                limit(statement);
                for (String sql : script) {
                    statement.execute(sql);
                }
                return script.size();
            }
        });
    }

    private void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        limit(statement);
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value == null) {
                statement.setNull(i + 1, Types.VARCHAR);
            } else if (value instanceof Instant time) {
                statement.setObject(i + 1, time.atOffset(ZoneOffset.UTC));
            } else if (value instanceof Long number) {
                statement.setLong(i + 1, number);
            } else {
                statement.setString(i + 1, value.toString());
            }
        }
    }

    private void limit(Statement statement) throws SQLException {
        statement.setQueryTimeout((int) Math.max(1, queryTimeout.toSeconds()));
    }

    private <T> T call(String operation, Work<T> work) {
        for (int tries = 1;; tries++) {
            try {
                return inTransaction(work);
            } catch (SQLException e) {
                if (tries == MAX_TRIES || !isRolledBackByOthers(e)) {
                    throw SoraTaskRepositoryException.of(operation, e);
                }
            }
        }
    }

    private static boolean isRolledBackByOthers(SQLException e) {
        String state = e.getSQLState();
        return state != null && state.startsWith("40") && !state.equals(COMPLETION_UNKNOWN);
    }

    private <T> T inTransaction(Work<T> work) throws SQLException {
        Connection connection = dataSource.getConnection();
        boolean done = false;
        try {
            T result = work.on(connection);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            done = true;
            return result;
        } finally {
            close(connection, done);
        }
    }

    /** What goes wrong here changes nothing: the statement is committed, or its own error is on the way. */
    private static void close(Connection connection, boolean done) {
        try (connection) {
            if (!done && !connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            // see above
        }
    }
}
