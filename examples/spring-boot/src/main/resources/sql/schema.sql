-- What the pages show. What was bought is in the tables of the task repository, under the same ids.
create table if not exists video (
  number bigint generated always as identity,
  id varchar(36) primary key,
  -- counts the changes, so that a page can tell new from old
  version int default 1 not null,
  prompt varchar(8000) not null,
  gateway varchar(100) not null,
  model varchar(100),
  remix_of varchar(36),
  -- the picture to start from, as a data: URL
  image character large object,
  stage varchar(20) default 'SENT' not null,
  progress int,
  task_id varchar(128),
  preview_url varchar(8192),
  video_url varchar(8192),
  thumbnail_url varchar(8192),
  outcome varchar(20),
  category varchar(40),
  reason varchar(1000),
  retryable boolean,
  possibly_charged boolean,
  response_model varchar(200),
  tokens int,
  -- somebody cancelled it: it is not finished by itself
  cancelled boolean default false not null,
  -- milliseconds since 1970
  created bigint default extract(epoch from current_timestamp) * 1000 not null,
  changed bigint,
  -- when it was tried again
  sent bigint
);

-- Lists of earlier versions. They knew no request keys: what they did not finish may have been paid for, and is not sent again.
drop view if exists card;
drop view if exists task;
alter table video add column if not exists image character large object;
alter table video add column if not exists response_model varchar(200);
alter table video add column if not exists tokens int;
alter table video add column if not exists cancelled boolean default false not null;
alter table video add column if not exists sent bigint;
alter table video alter column if exists ended rename to changed;
update video set stage = 'FAILED', outcome = 'LOST', possibly_charged = true, version = version + 1, changed = created
where changed is null or stage = 'INTERRUPTED';

-- What a page gets to know of a video, under the names of its JSON.
create view card as
  select number as "number", id as "id", version as "version", prompt as "prompt", gateway as "gateway", model as "model",
    remix_of as "remixOf", stage as "stage", progress as "progress", task_id as "taskId", preview_url as "previewUrl",
    video_url as "videoUrl", thumbnail_url as "thumbnailUrl", outcome as "outcome", category as "category", reason as "reason",
    retryable as "retryable", possibly_charged as "possiblyCharged", response_model as "responseModel", tokens as "tokens",
    image is not null as "picture", created as "created", coalesce(sent, created) as "sent", changed as "changed"
  from video where stage <> 'DELETED';
