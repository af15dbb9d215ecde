create table if not exists video (
  number bigint generated always as identity,
  id varchar(36) primary key,
  -- counts the changes, so that a page can tell new from old
  version int default 1 not null,
  prompt varchar(8000) not null,
  gateway varchar(100) not null,
  model varchar(100),
  remix_of varchar(36),
  stage varchar(20) default 'SENT' not null,
  progress int,
  task_id varchar(128),
  preview_url varchar(8192),
  source_url varchar(8192),
  video_url varchar(8192),
  thumbnail_url varchar(8192),
  outcome varchar(20),
  category varchar(40),
  reason varchar(1000),
  retryable boolean,
  possibly_charged boolean,
  -- milliseconds since 1970
  created bigint default extract(epoch from current_timestamp) * 1000 not null,
  ended bigint,
  -- the SoraVideo as JSON: all that a remix needs
  result character large object
);

-- The picture to start from, as a data: URL, for "Try again"; removed when the video is there. Added here and not above, as
-- databases of earlier versions have the table without it.
alter table video add column if not exists image character large object;

-- What a page gets to know of a video, under the names of its JSON.
create or replace view card as
  select number as "number", id as "id", version as "version", prompt as "prompt", gateway as "gateway", model as "model",
    remix_of as "remixOf", stage as "stage", progress as "progress", task_id as "taskId", preview_url as "previewUrl",
    video_url as "videoUrl", thumbnail_url as "thumbnailUrl", outcome as "outcome", category as "category", reason as "reason",
    retryable as "retryable", possibly_charged as "possiblyCharged", created as "created", ended as "ended",
    result is not null as "changeable", image is not null as "pictured"
  from video;

-- What it takes to go on with a task.
create or replace view task as
  select id as "id", task_id as "taskId", source_url as "sourceUrl", gateway as "gateway", model as "model", prompt as "prompt"
  from video;
