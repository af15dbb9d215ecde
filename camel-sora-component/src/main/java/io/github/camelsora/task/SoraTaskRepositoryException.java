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

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;

import org.jspecify.annotations.Nullable;

/**
 * The store of a task repository could not do what it was asked. Unless the message says otherwise, it is not known whether
 * anything was written.
 *
 * <p>The message names what was tried, the request key, and the codes of the database. It never has the database's own
 * message, which may quote prompts, links and credentials. For the same reason there is no cause.
 */
public final class SoraTaskRepositoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String sqlState;
    private final int errorCode;

    /** An error that has no codes. */
    public SoraTaskRepositoryException(String message) {
        this(message, null, 0);
    }

    private SoraTaskRepositoryException(String message, @Nullable String sqlState, int errorCode) {
        super(message);
        this.sqlState = sqlState;
        this.errorCode = errorCode;
    }

    /** What the database answered to an operation, such as {@code Claiming the key 4711}. */
    static SoraTaskRepositoryException of(String operation, SQLException e) {
        return new SoraTaskRepositoryException(operation + " failed: " + meaning(e) + " (SQLState " + e.getSQLState()
                + ", error code " + e.getErrorCode() + ", " + e.getClass().getSimpleName() + "). The log of the database or of "
                + "its connection pool tells more", e.getSQLState(), e.getErrorCode());
    }

    /** By the classes of SQLSTATE, ISO/IEC 9075-2, and those that PostgreSQL and H2 add. */
    private static String meaning(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (e instanceof SQLTimeoutException || state.equals("57014") || state.equals("HYT00")) {
            return "the database took longer than the query timeout, or than it waits for a lock";
        }
        if (e instanceof SQLTransientConnectionException && e.getSQLState() == null) {
            return "the connection pool had no connection to give: the database does not answer, or the pool is too small";
        }
        return switch (state) {
            case "42501", "90096" -> "the user may not do this: it needs SELECT, INSERT, UPDATE and DELETE on the tables "
                    + "sora_task, sora_task_owner and sora_task_schema, and CREATE if it is to make them";
            case "42P01", "42S02", "42S03", "42S04" -> "a table is missing, or a table of that name is in another schema";
            case "42703", "42S22" -> "a column is missing: a table of that name belongs to another program. Give the tasks a "
                    + "schema or a database of their own";
            case "3D000", "90149" -> "there is no database of that name. Create it, or correct the URL";
            case "90020" -> "another process has the file of the database open. Share it with AUTO_SERVER=TRUE in the URL, or "
                    + "as a server";
            default -> meaningOfClass(state);
        };
    }

    private static String meaningOfClass(String state) {
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "08" -> "there is no connection to the database, or it broke";
            case "22" -> "the database refuses a value";
            case "23" -> "the database has such a row, or refuses it";
            case "25" -> "the database or the transaction is read-only";
            case "28" -> "the database refuses the user or the password";
            case "40" -> "the transaction was rolled back";
            case "42" -> "the tables are not those of this version of the component";
            case "53" -> "the database has no memory, disk or connections left";
            case "57" -> "the database stops, or an administrator ended the connection";
            default -> "the database or the connection pool refused it";
        };
    }

    /** The SQLSTATE of the database, or {@code null} where it told none. */
    public @Nullable String getSqlState() {
        return sqlState;
    }

    /** The database's own error code; 0 where it told none. */
    public int getErrorCode() {
        return errorCode;
    }
}
