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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The tables: which version the database has, and the scripts that bring it up to date. Each script ends with its own number in
 * the table of versions. Several processes may run the same one at once: its statements can be repeated, and who loses a race
 * looks again. Thread-safe.
 */
final class TaskSchema {

    static final List<String> SCRIPTS = List.of("001-tasks.sql");

    private static final String VERSION = "SELECT COALESCE(MAX(version), 0) FROM sora_task_schema";
    /** Of PostgreSQL, of H2 and MySQL; of H2 where there are tables of similar names, or none at all. */
    private static final Set<String> NO_SUCH_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");
    /** Oracle has no SQLSTATE of its own for it. */
    private static final int NO_SUCH_TABLE_IN_ORACLE = 942;
    private static final int MAX_TRIES = 20;
    private static final long MAX_PAUSE_MILLIS = 250;

    private final TaskDatabase database;

    TaskSchema(TaskDatabase database) {
        this.database = database;
    }

    /** Returns if the tables are there, or have been made. */
    void require(boolean create) {
        int version = version();
        if (version < SCRIPTS.size() && !create) {
            throw new SoraTaskRepositoryException((version == 0 ? "The database has no tables for tasks"
                    : "The tables for tasks are of version " + version) + ": run the resource " + resource(version)
                    + " of camel-sora-component"
                    + " there, or let the component do it with setCreateSchema(true) of JdbcTaskRepository");
        }
        for (int tries = 1; version < SCRIPTS.size(); tries++) {
            try {
                database.run("Running " + resource(version), statements(resource(version)));
            } catch (SoraTaskRepositoryException e) {
                if (tries == MAX_TRIES) {
                    throw e;
                }
                // Another process is at it: PostgreSQL, for one, lets only one transaction create a table of a name.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextLong(1, MAX_PAUSE_MILLIS)));
            }
            version = version();
        }
    }

    private int version() {
        try {
            return database.query("Reading the version of the tables for tasks", 1, row -> row.getInt(1), VERSION).get(0);
        } catch (SoraTaskRepositoryException e) {
            if (NO_SUCH_TABLE.contains(String.valueOf(e.getSqlState())) || e.getErrorCode() == NO_SUCH_TABLE_IN_ORACLE) {
                return 0;
            }
            throw e;
        }
    }

    private static String resource(int version) {
        return TaskSchema.class.getPackageName().replace('.', '/') + "/" + SCRIPTS.get(version);
    }

    /** A statement ends with a semicolon at the end of a line. */
    private static List<String> statements(String resource) {
        try (InputStream in = TaskSchema.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + resource + " is missing in the jar of camel-sora-component");
            }
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
            return Arrays.stream(script.split(";\\s*\n")).map(String::strip).filter(sql -> !sql.isEmpty()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
