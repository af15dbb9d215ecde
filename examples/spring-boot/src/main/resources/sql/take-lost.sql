update video
set stage = 'RECOVERING', outcome = null, category = null, reason = null, retryable = null, possibly_charged = null, ended = null,
  version = version + 1
where id = :#${exchangeProperty.video} and (stage = 'INTERRUPTED' or outcome = 'LOST') and task_id is not null
