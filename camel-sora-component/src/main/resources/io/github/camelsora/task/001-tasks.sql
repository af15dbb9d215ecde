-- The tables of JdbcTaskRepository, version 1; as they are for PostgreSQL and H2. JdbcTaskRepository.setCreateSchema(true)
-- runs this. Each statement can be repeated, as several processes may run it at the same moment.
--
-- For other databases, adapt the types: TEXT holds up to some 100 MB of ASCII (Oracle: CLOB, MySQL: LONGTEXT), the times have
-- microseconds and mean the same in every time zone (MySQL: TIMESTAMP(6)). Keys and ids must be compared exactly, case and
-- accents included (MySQL: COLLATE utf8mb4_bin).

CREATE TABLE IF NOT EXISTS sora_task_schema (
    version INTEGER NOT NULL PRIMARY KEY
);

-- One row for each process. It lives as long as it renews its row: until renewed_at plus lease_millis, by the clock of the
-- database.
CREATE TABLE IF NOT EXISTS sora_task_owner (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    renewed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    renewals BIGINT NOT NULL,
    lease_millis BIGINT NOT NULL
);

-- One row for each generation. task_id, claimed_at and updated_at stand in the document too: here they are searched for.
-- owner_id is NULL if the owner has given the task up; owned_since is by the clock of the database.
CREATE TABLE IF NOT EXISTS sora_task (
    task_key VARCHAR(255) NOT NULL PRIMARY KEY,
    state VARCHAR(20) NOT NULL,
    task_id VARCHAR(512),
    owner_id VARCHAR(36),
    token VARCHAR(100) NOT NULL,
    version BIGINT NOT NULL,
    owned_since TIMESTAMP WITH TIME ZONE NOT NULL,
    claimed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    document TEXT NOT NULL
);

CREATE INDEX IF NOT EXISTS sora_task_by_task_id ON sora_task (task_id);

CREATE INDEX IF NOT EXISTS sora_task_by_state ON sora_task (state, claimed_at);

INSERT INTO sora_task_schema (version) VALUES (1);
