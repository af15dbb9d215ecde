-- The body is the event as a map; what it does not know (any more: a resumed task tells less) is null.
update video
set version = version + 1,
  stage = case when :#${body[type]} = 'PROGRESS' then 'GENERATING' else :#${body[type]} end,
  progress = coalesce(:#${body[progress]}, progress),
  task_id = coalesce(:#${body[taskId]}, task_id),
  preview_url = coalesce(:#${body[previewUrl]}, preview_url),
  video_url = :#${body[videoUrl]},
  thumbnail_url = coalesce(:#${body[thumbnailUrl]}, thumbnail_url),
  response_model = coalesce(:#${body[responseModel]}, response_model),
  tokens = coalesce(:#${header.CamelSoraTotalTokens}, tokens),
  outcome = :#${body[outcome]},
  category = :#${body[category]},
  reason = :#${body[reason]},
  retryable = :#${body[retryable]},
  possibly_charged = :#${body[possiblyCharged]},
  changed = extract(epoch from current_timestamp) * 1000
where id = :#${exchangeProperty.video} and stage <> 'DELETED'
