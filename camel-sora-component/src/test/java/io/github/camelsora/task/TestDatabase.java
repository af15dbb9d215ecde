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

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

import static org.assertj.core.api.Assertions.fail;

/** An empty database for one test: of H2, or a schema of the PostgreSQL that this machine has. */
interface TestDatabase extends AutoCloseable {

    /** What tests say that are skipped without PostgreSQL. */
    String NO_POSTGRESQL = "There is no PostgreSQL: run the tests as .ci/postgresql ./mvnw …, or set SORA_POSTGRESQL to a JDBC "
            + "URL with user and password";

    DataSource dataSource();

    /** A JDBC URL with which another process finds it. */
    String url();

    @Override
    void close() throws SQLException;

    /** Whether the tests with PostgreSQL run: where CI is set also without it, to fail. */
    static boolean isHereOrMustBe() {
        return System.getenv("CI") != null || System.getenv("SORA_POSTGRESQL") != null;
    }

    static TestDatabase postgresql() throws SQLException {
        String url = System.getenv("SORA_POSTGRESQL");
        if (url == null) {
            fail(NO_POSTGRESQL);
        }
        String schema = "test_" + UUID.randomUUID().toString().replace("-", "");
        execute(of(url), "CREATE SCHEMA " + schema);
        return new Opened(url + "&currentSchema=" + schema, of(url).getConnection(), "DROP SCHEMA " + schema + " CASCADE");
    }

    static TestDatabase h2InMemory() throws SQLException {
        return h2("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    /** A file that several processes can open. */
    static TestDatabase h2File(Path folder) throws SQLException {
        return h2("jdbc:h2:file:" + folder.resolve(UUID.randomUUID().toString()) + ";AUTO_SERVER=TRUE");
    }

    private static TestDatabase h2(String url) throws SQLException {
        return new Opened(url, of(url).getConnection(), "SHUTDOWN");
    }

    static DataSource of(String url) {
        if (url.startsWith("jdbc:h2:")) {
            JdbcDataSource h2 = new JdbcDataSource();
            h2.setURL(url);
            return h2;
        }
        PGSimpleDataSource postgresql = new PGSimpleDataSource();
        postgresql.setUrl(url);
        return postgresql;
    }

    static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * @param open keeps it open: H2 would close and open the file with each connection
     * @param end run when the test is over
     */
    record Opened(String url, Connection open, String end) implements TestDatabase {

        @Override
        public DataSource dataSource() {
            return of(url);
        }

        @Override
        public void close() throws SQLException {
            try (open; Statement statement = open.createStatement()) {
                statement.execute(end);
            }
        }
    }
}
