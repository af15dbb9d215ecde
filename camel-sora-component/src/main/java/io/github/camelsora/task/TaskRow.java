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
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A row of the table of tasks, with what is known of its owner at the same moment.
 *
 * @param version changes with every change of the row
 * @param ownerId empty where there is no owner
 * @param renewals of the owner; -1 where it has no row
 */
record TaskRow(SoraTaskRepository.Stored stored, long version, String ownerId, long renewals) {

    static final String SELECT = "SELECT t.task_key, t.state, t.document, t.token, t.version, t.owner_id, t.owned_since, "
            + "o.renewals, o.renewed_at, o.lease_millis, CURRENT_TIMESTAMP "
            + "FROM sora_task t LEFT JOIN sora_task_owner o ON o.id = t.owner_id WHERE ";

    /**
     * @param lease of an owner that has no row
     * @throws SoraTaskRepositoryException if the document is no task
     */
    static TaskRow read(ResultSet row, Duration lease) throws SQLException {
        String key = row.getString(1);
        String ownerId = row.getString(6);
        long renewals = row.getLong(8);
        if (row.wasNull()) {
            renewals = -1;
        }
        boolean owned = ownerId != null && TaskOwners.time(row, 11).isBefore(endOfLease(row, lease));
        SoraTask task = task(key, row.getString(2), row.getString(3));
        return new TaskRow(new SoraTaskRepository.Stored(task, row.getString(4), owned), row.getLong(5),
                ownerId == null ? "" : ownerId, renewals);
    }

    /** A claim lives for a whole lease from its own beginning, even if its process has renewed its row late. */
    private static Instant endOfLease(ResultSet row, Duration lease) throws SQLException {
        Instant since = TaskOwners.time(row, 7);
        @Nullable Timestamp renewed = row.getTimestamp(9);
        if (renewed == null) {
            return since.plus(lease);
        }
        Instant renewedAt = renewed.toInstant();
        return (renewedAt.isAfter(since) ? renewedAt : since).plusMillis(row.getLong(10));
    }

    private static SoraTask task(String key, String state, String document) {
        try {
            return TaskDocument.read(key, state, document);
        } catch (IllegalArgumentException e) {
            throw new SoraTaskRepositoryException("The stored task of the key " + key + " cannot be read: " + e.getMessage());
        }
    }
}
