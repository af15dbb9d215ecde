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

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * Remembers generations in a database, for all processes that use it: PostgreSQL, H2, or another one with an adapted schema.
 * Each instance is an owner of its own: a process needs one.
 *
 * <p>The tables are made by the resource {@code io/github/camelsora/task/001-tasks.sql}, run by hand or, with
 * {@link #setCreateSchema}, by the first call. A claim, an update and a renewal are one statement each, and nothing is done
 * while nothing happens. Who owns a claim, and whether it still lives, is decided by the database and by its clock alone.
 * If that clock jumps forward by more than a lease, claims can be taken over until their processes renew the lease.
 *
 * <p>Every call takes a connection of its own and gives it back. Errors are {@link SoraTaskRepositoryException}s.
 */
public final class JdbcTaskRepository implements SoraTaskRepository {

    private static final String CLAIM = "INSERT INTO sora_task (state, task_id, claimed_at, updated_at, document, owner_id, "
            + "token, task_key, version, owned_since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, CURRENT_TIMESTAMP)";
    private static final String STORE = "UPDATE sora_task SET state = ?, task_id = ?, claimed_at = ?, updated_at = ?, "
            + "document = ?, version = version + 1";
    private static final String UPDATE = STORE + " WHERE task_key = ? AND token = ?";
    private static final String RELINQUISH = STORE + ", owner_id = NULL WHERE task_key = ? AND token = ?";
    /** An owner that renews its lease in this moment keeps its claim. */
    private static final String TAKE_OVER = STORE + ", owner_id = ?, token = ?, owned_since = CURRENT_TIMESTAMP "
            + "WHERE task_key = ? AND token = ? AND version = ? AND NOT EXISTS "
            + "(SELECT 1 FROM sora_task_owner WHERE id = ? AND renewals <> ?)";

    /** How often a claim is tried while others claim and release the same key. */
    private static final int MAX_TRIES = 3;
    private static final int MAX_KEY_LENGTH = 255;
    private static final int MAX_TASK_ID_LENGTH = 512;
    /** How many keys one statement asks for. */
    private static final int MAX_KEYS = 100;

    private final TaskDatabase database;
    private final TaskSchema schema;
    private final String ownerId = UUID.randomUUID().toString();
    private final TaskOwners owners;
    private boolean createSchema;
    private Duration lease = Duration.ofSeconds(30);
    private volatile boolean hasTables;

    /** Its connections may commit by themselves or not, but should belong to no other transaction. */
    public JdbcTaskRepository(DataSource dataSource) {
        database = new TaskDatabase(dataSource);
        schema = new TaskSchema(database);
        owners = new TaskOwners(database, ownerId);
    }

    /** Whether the first call creates the tables, or brings them up to date; {@code false} if not set. */
    public void setCreateSchema(boolean createSchema) {
        this.createSchema = createSchema;
    }

    /**
     * How long a process that no longer renews its lease owns its claims: 30 seconds if not set. A shorter one lets others take
     * over sooner, and also if the database was only away for a while.
     */
    public void setLease(Duration lease) {
        if (lease.toMillis() < 1) {
            throw new IllegalArgumentException("The lease is at least a millisecond, not " + lease);
        }
        this.lease = lease;
    }

    /** How long one statement may take, in whole seconds: 10 if not set. Waiting for a connection is the pool's business. */
    public void setQueryTimeout(Duration queryTimeout) {
        database.setQueryTimeout(queryTimeout);
    }

    @Override
    public boolean claim(String token, SoraTask task) {
        String operation = "Claiming the key " + task.key();
        requireTables();
        for (int tries = 1;; tries++) {
            try {
                database.update(operation, CLAIM, values(task, ownerId, token, task.key()));
                return true;
            } catch (SoraTaskRepositoryException e) {
                // Another claim, or our own, of a call that ended with an error after it was stored.
                Optional<String> stored = isConstraintViolation(e) ? storedToken(operation, task.key()) : Optional.empty();
                if (stored.isPresent()) {
                    return stored.get().equals(token);
                }
                // Only if the other claim was released meanwhile, the next try succeeds.
                if (tries == MAX_TRIES || !isConstraintViolation(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isConstraintViolation(SoraTaskRepositoryException e) {
        return String.valueOf(e.getSqlState()).startsWith("23");
    }

    private Optional<String> storedToken(String operation, String key) {
        return database.query(operation, 1, row -> row.getString(1), "SELECT token FROM sora_task WHERE task_key = ?", key)
                .stream().findFirst();
    }

    @Override
    public boolean takeOver(String token, Stored seen, SoraTask next) {
        String operation = "Taking over the key " + next.key();
        List<TaskRow> rows = rows(operation, 1, "t.task_key = ?", next.key());
        if (rows.isEmpty()) {
            return false;
        }
        TaskRow row = rows.get(0);
        Stored stored = row.stored();
        if (stored.token().equals(token)) {
            return true;
        }
        boolean finished = stored.task().state().isFinished();
        if (!stored.token().equals(seen.token()) || !stored.task().equals(seen.task()) || stored.owned() && !finished) {
            return false;
        }
        return database.update(operation, TAKE_OVER, values(next, ownerId, token, next.key(), seen.token(), row.version(),
                finished ? "" : row.ownerId(), row.renewals())) == 1;
    }

    @Override
    public boolean update(String token, SoraTask task) {
        requireTables();
        return database.update("Storing the task of the key " + task.key(), UPDATE, values(task, task.key(), token)) == 1;
    }

    @Override
    public boolean relinquish(String token, SoraTask task) {
        requireTables();
        return database.update("Giving up the key " + task.key(), RELINQUISH, values(task, task.key(), token)) == 1;
    }

    @Override
    public boolean release(String token, String key) {
        requireTables();
        return database.update("Releasing the key " + key, "DELETE FROM sora_task WHERE task_key = ? AND token = ?", key,
                token) == 1;
    }

    @Override
    public Optional<Stored> find(String key) {
        return findAll(List.of(key)).stream().findFirst();
    }

    @Override
    public List<Stored> findAll(Collection<String> keys) {
        List<String> possible = keys.stream().distinct().filter(key -> fits(key, MAX_KEY_LENGTH)).toList();
        List<Stored> found = new ArrayList<>();
        for (int from = 0; from < possible.size(); from += MAX_KEYS) {
            List<String> some = possible.subList(from, Math.min(possible.size(), from + MAX_KEYS));
            String operation = some.size() == 1 ? "Finding the key " + some.get(0) : "Finding " + some.size() + " keys";
            rows(operation, 0, "t.task_key IN (" + questionMarks(some.size()) + ")", some.toArray())
                    .forEach(row -> found.add(row.stored()));
        }
        return found;
    }

    @Override
    public Optional<Stored> findByTaskId(String taskId) {
        if (!fits(taskId, MAX_TASK_ID_LENGTH)) {
            return Optional.empty();
        }
        return rows("Finding a task by its id", 1, "t.task_id = ? ORDER BY t.claimed_at DESC", taskId).stream().findFirst()
                .map(TaskRow::stored);
    }

    @Override
    public List<SoraTask> unfinished(int max) {
        requireTables();
        List<String> living = owners.living();
        String ofDead = living.isEmpty() ? ""
                : " AND (t.owner_id IS NULL OR t.owner_id NOT IN (" + questionMarks(living.size()) + "))";
        return rows("Listing what is not finished", max, "t.state IN ('CLAIMED', 'SUBMITTED')" + ofDead
                + " ORDER BY t.claimed_at", living.toArray()).stream().map(TaskRow::stored)
                .filter(stored -> !stored.owned()).map(Stored::task).toList();
    }

    @Override
    public boolean remove(String key) {
        requireTables();
        return fits(key, MAX_KEY_LENGTH)
                && database.update("Removing the key " + key, "DELETE FROM sora_task WHERE task_key = ?", key) == 1;
    }

    @Override
    public int removeFinished(Instant before) {
        requireTables();
        int removed = database.update("Removing finished tasks", "DELETE FROM sora_task WHERE state NOT IN "
                + "('CLAIMED', 'SUBMITTED') AND updated_at < ?", before);
        owners.removeDead();
        return removed;
    }

    @Override
    public void renewLease() {
        requireTables();
        owners.renew(lease);
    }

    @Override
    public Duration lease() {
        return lease;
    }

    /** Once, and again after an error: the database may have been away. */
    private void requireTables() {
        if (!hasTables) {
            schema.require(createSchema);
            hasTables = true;
        }
    }

    private List<TaskRow> rows(String operation, int max, String condition, Object... values) {
        requireTables();
        return database.query(operation, max, row -> TaskRow.read(row, lease), TaskRow.SELECT + condition, values);
    }

    /** The values of the columns in the order of {@link #CLAIM} and {@link #STORE}, and then the others. */
    private static @Nullable Object[] values(SoraTask task, Object... others) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(task.state().name());
        values.add(columnOf(task.taskId()));
        values.add(task.claimedAt());
        values.add(task.updatedAt());
        values.add(TaskDocument.write(task));
        Collections.addAll(values, others);
        return values.toArray();
    }

    /** An id that does not fit is in the document alone: a paid task is stored whatever its gateway calls it. */
    private static @Nullable String columnOf(@Nullable String taskId) {
        return taskId == null || !fits(taskId, MAX_TASK_ID_LENGTH) ? null : taskId;
    }

    /** Whether a column can hold it unchanged. */
    private static boolean fits(String text, int max) {
        return text.length() <= max && text.codePoints().noneMatch(SoraTask::isNoPlainText);
    }

    private static String questionMarks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}
