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

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The table of owners: one row for each process, which it renews as long as it lives. Only the clock of the database counts: it
 * writes the time of a renewal, and it tells the time by which the row is read.
 */
final class TaskOwners {

    private static final String RENEW = "UPDATE sora_task_owner SET renewed_at = CURRENT_TIMESTAMP, renewals = renewals + 1, "
            + "lease_millis = ? WHERE id = ?";
    private static final String ADD = "INSERT INTO sora_task_owner (lease_millis, id, renewed_at, renewals) "
            + "VALUES (?, ?, CURRENT_TIMESTAMP, 0)";
    private static final String LIST = "SELECT id, renewals, renewed_at, lease_millis, CURRENT_TIMESTAMP FROM sora_task_owner";
    private static final String REMOVE = "DELETE FROM sora_task_owner WHERE id = ? AND renewals = ? AND NOT EXISTS "
            + "(SELECT 1 FROM sora_task WHERE owner_id = ? AND state IN ('CLAIMED', 'SUBMITTED'))";

    private final TaskDatabase database;
    private final String id;

    TaskOwners(TaskDatabase database, String id) {
        this.database = database;
        this.id = id;
    }

    /** A row, and whether its process lives. */
    private record Owner(String id, long renewals, boolean living) {

        static Owner read(ResultSet row) throws SQLException {
            Instant end = time(row, 3).plusMillis(row.getLong(4));
            return new Owner(row.getString(1), row.getLong(2), time(row, 5).isBefore(end));
        }
    }

    void renew(Duration lease) {
        String operation = "Renewing the lease of this process";
        if (database.update(operation, RENEW, lease.toMillis(), id) == 0) {
            try {
                database.update(operation, ADD, lease.toMillis(), id);
            } catch (SoraTaskRepositoryException e) {
                // Another thread of this process may have been faster.
                if (database.update(operation, RENEW, lease.toMillis(), id) == 0) {
                    throw e;
                }
            }
            removeDead();
        }
    }

    /** The ids of the processes that live. */
    List<String> living() {
        return list().stream().filter(Owner::living).map(Owner::id).toList();
    }

    /** Removes the rows of dead processes, unless there is something to take over from them. */
    void removeDead() {
        for (Owner owner : list()) {
            if (!owner.living) {
                database.update("Removing a dead owner", REMOVE, owner.id, owner.renewals, owner.id);
            }
        }
    }

    private List<Owner> list() {
        return database.query("Listing the owners of tasks", 0, Owner::read, LIST);
    }

    static Instant time(ResultSet row, int column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
