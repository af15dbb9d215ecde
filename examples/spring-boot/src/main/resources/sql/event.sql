-- The body is the event as a map; what it does not know is null.
update video
set version = version + 1,
  stage = case when :#${body[outcome]} = 'LOST' and :#${camelContext.status.name} = 'Stopping' then 'INTERRUPTED'
    when :#${body[type]} = 'PROGRESS' then 'GENERATING' else :#${body[type]} end,
  progress = :#${body[progress]},
  task_id = :#${body[taskId]},
  preview_url = :#${body[previewUrl]},
  source_url = :#${body[sourceUrl]},
  video_url = :#${body[videoUrl]},
  thumbnail_url = :#${body[thumbnailUrl]},
  outcome = :#${body[outcome]},
  category = :#${body[category]},
  reason = :#${body[reason]},
  retryable = :#${body[retryable]},
  possibly_charged = :#${body[possiblyCharged]},
  ended = case when :#${body[outcome]} is null then null else extract(epoch from current_timestamp) * 1000 end
where id = :#${exchangeProperty.video}
