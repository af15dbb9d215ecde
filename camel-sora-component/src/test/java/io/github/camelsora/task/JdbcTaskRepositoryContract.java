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

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;

import io.github.camelsora.task.SoraTaskRepository.Stored;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.github.camelsora.task.Tasks.NOON;
import static io.github.camelsora.task.Tasks.claimed;
import static io.github.camelsora.task.Tasks.completed;
import static io.github.camelsora.task.Tasks.lost;
import static io.github.camelsora.task.Tasks.submitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What the repository of a database promises besides: owners that die, and databases that break. */
abstract class JdbcTaskRepositoryContract extends TaskRepositoryContract {

    @TempDir
    static Path folder;

    private TestDatabase database;
    private WatchedDataSource watched;
    /** Two processes. */
    private JdbcTaskRepository mine;
    private JdbcTaskRepository theirs;

    abstract TestDatabase open() throws SQLException;

    /** Whether the connections of the pool commit by themselves. */
    abstract boolean autoCommit();

    @BeforeEach
    void start() throws SQLException {
        database = open();
        watched = new WatchedDataSource(database.dataSource(), autoCommit());
        mine = process();
        theirs = process();
    }

    @AfterEach
    void nothingIsLeftOpen() throws SQLException {
        watched.close();
        database.close();
        assertThat(watched.open).isEmpty();
    }

    private JdbcTaskRepository process() {
        JdbcTaskRepository repository = new JdbcTaskRepository(watched);
        repository.setCreateSchema(true);
        repository.renewLease();
        return repository;
    }

    @Override
    SoraTaskRepository repository() {
        return mine;
    }

    @Test
    void anotherProcessSeesTheOwner() {
        mine.claim("t1", claimed("k"));
        assertThat(theirs.find("k")).contains(new Stored(claimed("k"), "t1", true));
        assertThat(theirs.takeOver("t2", theirs.find("k").orElseThrow(), lost(claimed("k")))).isFalse();
        assertThat(theirs.unfinished(10)).isEmpty();
    }

    @Test
    void claimsOfADeadOwnerAreListedAndTakenOver() throws SQLException {
        SoraTask known = submitted(claimed("k"), "task_1");
        mine.claim("t1", claimed("k"));
        mine.update("t1", known);
        everyLeaseExpires();
        theirs.renewLease();
        assertThat(theirs.unfinished(10)).containsExactly(known);
        Stored seen = theirs.find("k").orElseThrow();
        assertThat(seen).isEqualTo(new Stored(known, "t1", false));
        assertThat(theirs.takeOver("t2", seen, known)).isTrue();
        assertThat(mine.update("t1", completed(known, "task_1"))).as("the dead owner, revived").isFalse();
        assertThat(mine.find("k")).contains(new Stored(known, "t2", true));
        assertThat(mine.unfinished(10)).isEmpty();
    }

    @Test
    void ownerThatRenewsItsLeaseInTimeKeepsItsClaim() throws SQLException {
        mine.claim("t1", claimed("k"));
        everyLeaseExpires();
        Stored seen = theirs.find("k").orElseThrow();
        assertThat(seen.owned()).isFalse();
        mine.renewLease();
        assertThat(theirs.takeOver("t2", seen, claimed("k"))).isFalse();
        assertThat(mine.update("t1", lost(claimed("k")))).isTrue();
    }

    @Test
    void ownerThatRenewsItsLeaseInTheMiddleOfATakeOverKeepsItsClaim() throws SQLException {
        mine.claim("t1", claimed("k"));
        everyLeaseExpires();
        Stored seen = theirs.find("k").orElseThrow();
        meanwhile("UPDATE sora_task ", mine::renewLease);
        assertThat(theirs.takeOver("t2", seen, claimed("k"))).isFalse();
        assertThat(mine.update("t1", lost(claimed("k")))).isTrue();
    }

    @Test
    void updateInTheMiddleOfATakeOverIsNotOverwritten() throws SQLException {
        mine.claim("t1", claimed("k"));
        everyLeaseExpires();
        Stored seen = theirs.find("k").orElseThrow();
        meanwhile("UPDATE sora_task ", () -> mine.update("t1", completed(claimed("k"), "task_1")));
        assertThat(theirs.takeOver("t2", seen, claimed("k"))).isFalse();
        assertThat(mine.find("k")).map(Stored::task).contains(completed(claimed("k"), "task_1"));
    }

    @Test
    void twentyProcessesThatTakeOverFromADeadOneHaveOneWinner() throws Exception {
        mine.claim("t", claimed("k"));
        everyLeaseExpires();
        List<Boolean> won = atOnce(20, i -> {
            JdbcTaskRepository process = process();
            return process.takeOver("t" + i, process.find("k").orElseThrow(), claimed("k"));
        });
        assertThat(won).containsOnlyOnce(true);
    }

    @Test
    void claimLivesAWholeLeaseThoughItsProcessWasAsleep() throws SQLException {
        everyLeaseExpires();
        mine.claim("t1", claimed("k"));
        assertThat(theirs.find("k")).contains(new Stored(claimed("k"), "t1", true));
        execute("DELETE FROM sora_task_owner");
        assertThat(theirs.find("k")).contains(new Stored(claimed("k"), "t1", true));
        assertThat(theirs.unfinished(10)).isEmpty();
    }

    @Test
    void leaseOfTheOwnerCounts() throws SQLException {
        mine.setLease(Duration.ofHours(3));
        mine.renewLease();
        mine.claim("t1", claimed("k"));
        everyLeaseExpires();
        assertThat(theirs.find("k")).map(Stored::owned).contains(true);
    }

    @Test
    void clocksAndTimeZonesOfProcessesDoNotCount() throws SQLException {
        TimeZone before = TimeZone.getDefault();
        try {
            for (String zone : List.of("Pacific/Auckland", "America/Los_Angeles")) {
                for (Duration off : List.of(Duration.ofHours(1), Duration.ofHours(-1), Duration.ofDays(-400))) {
                    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
                    watched.close();
                    Instant wrong = Instant.now().plus(off);
                    mine.renewLease();
                    mine.claim("t1", claimed("k", wrong));
                    TimeZone.setDefault(TimeZone.getTimeZone(zone));
                    watched.close();
                    assertThat(theirs.find("k")).contains(new Stored(claimed("k", wrong), "t1", true));
                    everyLeaseExpires();
                    assertThat(theirs.find("k")).contains(new Stored(claimed("k", wrong), "t1", false));
                    mine.renewLease();
                    assertThat(theirs.find("k")).map(Stored::owned).contains(true);
                    mine.remove("k");
                }
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void rowsOfDeadOwnersGoWhenNothingRefersToThem() throws SQLException {
        mine.claim("t1", claimed("k"));
        everyLeaseExpires();
        process();
        assertThat(owners()).as("one to take over from, and the new one").isEqualTo(2);
        theirs.renewLease();
        theirs.takeOver("t2", theirs.find("k").orElseThrow(), claimed("k"));
        everyLeaseExpires();
        mine.renewLease();
        assertThat(mine.removeFinished(NOON)).isZero();
        assertThat(owners()).as("the one with the claim, and the one that lives").isEqualTo(2);
    }

    @Test
    void statementsAreFewAndNoneWithoutNeed() {
        watched.statements.clear();
        mine.claim("t1", claimed("k"));
        assertThat(watched.statements).hasSize(1);
        mine.update("t1", submitted(claimed("k"), "task_1"));
        assertThat(watched.statements).hasSize(2);
        mine.renewLease();
        assertThat(watched.statements).hasSize(3);
        mine.find("k");
        assertThat(watched.statements).hasSize(4);
        mine.release("t1", "k");
        assertThat(watched.statements).hasSize(5);
    }

    @Test
    void connectionThatBreaksBetweenStatementAndCommitLeavesAClaimThatCanBeRepeated() {
        watched.beforeStatement = sql -> failIfCommitsByItself("08006");
        watched.beforeCommit = () -> fail("08006");
        assertFails(() -> mine.claim("t1", claimed("k")), "Claiming the key k", "no connection");
        watched.repair();
        assertThat(mine.find("k")).isEmpty();
        assertThat(mine.claim("t1", claimed("k"))).isTrue();
    }

    @Test
    void connectionThatBreaksAfterTheCommitLeavesAClaimThatCanBeRepeated() {
        watched.afterCommit = () -> fail("08006");
        if (!autoCommit()) {
            assertFails(() -> mine.claim("t1", claimed("k")), "Claiming the key k", "no connection");
        } else {
            mine.claim("t1", claimed("k"));
        }
        watched.repair();
        assertThat(theirs.claim("t2", claimed("k"))).isFalse();
        assertThat(mine.claim("t1", claimed("k"))).isTrue();
    }

    @Test
    void statementThatWasRolledBackBecauseOfOthersIsRepeated() {
        int[] failures = { 2 };
        watched.beforeStatement = sql -> {
            if (failures[0]-- > 0) {
                fail("40001");
            }
        };
        assertThat(mine.claim("t1", claimed("k"))).isTrue();
        watched.beforeStatement = sql -> fail("40003");
        assertFails(() -> mine.update("t1", claimed("k")), "Storing the task of the key k", "40003");
    }

    @Test
    void databaseThatIsDownIsAClearErrorAndHeals() {
        JdbcTaskRepository process = new JdbcTaskRepository(watched);
        watched.beforeConnection = () -> fail("08001");
        assertFails(process::renewLease, "no connection", "08001");
        assertFails(() -> mine.find("k"), "Finding the key k", "08001");
        assertFails(() -> mine.claim("t1", claimed("k")), "Claiming the key k", "08001");
        watched.repair();
        process.renewLease();
        assertThat(mine.claim("t1", claimed("k"))).isTrue();
    }

    @Test
    void oneSlowStatementDelaysNoOther() {
        mine.claim("t1", claimed("slow"));
        meanwhile("UPDATE sora_task ", () -> {
            // in the middle of the slow one
            assertThat(mine.claim("t2", claimed("k"))).isTrue();
            mine.renewLease();
        });
        assertThat(mine.update("t1", lost(claimed("slow")))).isTrue();
    }

    @Test
    void statementThatTakesTooLongIsEnded() throws SQLException {
        mine.claim("t1", claimed("k"));
        mine.setQueryTimeout(Duration.ofSeconds(1));
        try (Connection other = database.dataSource().getConnection(); Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.executeUpdate("UPDATE sora_task SET version = version + 1");
            assertFails(() -> mine.update("t1", claimed("k")), "Storing the task of the key k");
            other.rollback();
        }
        assertThat(mine.update("t1", claimed("k"))).isTrue();
    }

    @Test
    void constraintOfSomebodyElseIsAnErrorAndNoClaim() throws SQLException {
        execute("ALTER TABLE sora_task ADD CONSTRAINT theirs CHECK (state <> 'CLAIMED')");
        assertFails(() -> mine.claim("t1", claimed("k")), "Claiming the key k", "23");
    }

    @Test
    void noMessageQuotesWhatIsStored() throws SQLException {
        mine.claim("t1", submitted(claimed("k"), "task_1"));
        // PostgreSQL says which row failed, with every value
        execute("ALTER TABLE sora_task ADD CONSTRAINT theirs CHECK (version < 2)");
        assertFails(() -> mine.update("t1", completed(claimed("k"), "task_1")), "Storing the task of the key k");
        execute("UPDATE sora_task SET document = '{\"prompt\": \"" + Tasks.PROMPT + "\", '");
        assertFails(() -> mine.find("k"), "The stored task of the key k cannot be read");
        watched.beforeConnection = () -> {
            throw new SQLException("No suitable driver for jdbc:x?password=secret " + Tasks.LINK);
        };
        assertFails(() -> mine.find("k"), "Finding the key k");
    }

    @Test
    void documentsOfOtherVersionsAreRead() throws SQLException {
        mine.claim("t1", claimed("k"));
        SoraTask known = completed(claimed("k"), "task_1");
        mine.update("t1", known);
        String newer = TaskDocument.write(known).replace("{\"requestHash\"", "{\"new\":{\"a\":[1]},\"requestHash\"")
                .replace("\"video\":{", "\"video\":{\"newer\":true,");
        execute("UPDATE sora_task SET document = '" + newer + "'");
        assertThat(mine.find("k")).map(Stored::task).contains(known);
    }

    @Test
    void unreadableTaskIsNamed() throws SQLException {
        mine.claim("t1", claimed("k"));
        execute("UPDATE sora_task SET document = '{}'");
        assertFails(() -> mine.find("k"), "The stored task of the key k cannot be read", "requestHash");
        execute("UPDATE sora_task SET document = 'x', state = 'LATER'");
        assertFails(() -> mine.find("k"), "The stored task of the key k cannot be read");
        assertThat(mine.remove("k")).isTrue();
    }

    @Test
    void withoutTablesTheErrorSaysWhatToDo() throws Exception {
        dropTables();
        JdbcTaskRepository process = new JdbcTaskRepository(watched);
        assertFails(process::renewLease, "no tables", "io/github/camelsora/task/001-tasks.sql", "setCreateSchema(true)");
        byte[] script = JdbcTaskRepository.class.getResourceAsStream("001-tasks.sql").readAllBytes();
        for (String statement : new String(script, StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "").split(";")) {
            if (!statement.isBlank()) {
                execute(statement);
            }
        }
        process.renewLease();
        assertThat(process.claim("t1", claimed("k"))).isTrue();
    }

    @Test
    void tableOfAnotherProgramIsNamedAsSuchAndLeftAlone() throws SQLException {
        dropTables();
        execute("CREATE TABLE sora_task (id INTEGER, title VARCHAR(20))");
        execute("INSERT INTO sora_task VALUES (1, 'theirs')");
        JdbcTaskRepository process = new JdbcTaskRepository(watched);
        process.setCreateSchema(true);
        assertFails(process::renewLease, "001-tasks.sql", "a table of that name belongs to another program");
        execute("UPDATE sora_task SET title = 'still there' WHERE id = 1");
    }

    @Test
    void codesThatAnAdministratorCanRemedyNameTheRemedy() {
        Map<String, String> remedies = Map.of("42501", "it needs SELECT, INSERT, UPDATE and DELETE", "3D000", "Create it",
                "90149", "Create it", "90020", "AUTO_SERVER=TRUE", "28P01", "refuses the user or the password",
                "42703", "a schema or a database of their own");
        remedies.forEach((state, remedy) -> {
            watched.beforeStatement = statement -> fail(state);
            assertFails(() -> mine.find("k"), remedy, state);
        });
        watched.beforeConnection = () -> {
            throw new SQLTransientConnectionException("Connection is not available, request timed out after 30000ms");
        };
        assertFails(() -> mine.find("k"), "the connection pool had no connection to give");
    }

    @Test
    void eightProcessesCreateTheTablesAtOnce() throws Exception {
        for (int round = 0; round < 3; round++) {
            dropTables();
            List<Boolean> claims = atOnce(8, i -> process().claim("t" + i, claimed("k")));
            assertThat(claims).containsOnlyOnce(true);
            assertThat(owners()).isEqualTo(8);
        }
    }

    private void dropTables() throws SQLException {
        for (String table : List.of("sora_task", "sora_task_owner", "sora_task_schema")) {
            execute("DROP TABLE " + table);
        }
    }

    /** The clock of the database has gone on for an hour. */
    private void everyLeaseExpires() throws SQLException {
        execute("UPDATE sora_task_owner SET renewed_at = renewed_at - INTERVAL '1' HOUR");
        execute("UPDATE sora_task SET owned_since = owned_since - INTERVAL '1' HOUR");
    }

    /** Once, before the next statement that begins so. */
    private void meanwhile(String sql, Runnable action) {
        watched.beforeStatement = statement -> {
            if (statement.startsWith(sql)) {
                watched.repair();
                action.run();
            }
        };
    }

    private int owners() throws SQLException {
        try (Connection connection = database.dataSource().getConnection(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM sora_task_owner")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        TestDatabase.execute(database.dataSource(), sql);
    }

    private void failIfCommitsByItself(String sqlState) throws SQLException {
        if (autoCommit()) {
            fail(sqlState);
        }
    }

    private static void fail(String sqlState) throws SQLException {
        throw new SQLException("Detail: Key (task_key)=(" + Tasks.PROMPT + "), password=secret", sqlState, 7);
    }

    private static void assertFails(Runnable call, String... words) {
        assertThatExceptionOfType(SoraTaskRepositoryException.class).isThrownBy(call::run).withNoCause()
                .satisfies(e -> assertThat(e.getMessage()).contains(words).doesNotContain("secret", "task_1", "Detail"))
                .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());
    }
}
