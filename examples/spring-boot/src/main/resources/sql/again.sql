update video
set stage = 'SENT', outcome = null, category = null, reason = null, cancelled = false, version = version + 1,
  sent = extract(epoch from current_timestamp) * 1000, changed = extract(epoch from current_timestamp) * 1000
where id = :#${exchangeProperty.video}
