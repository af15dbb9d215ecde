update video
set stage = 'INTERRUPTED', reason = :#${exception.message}, version = version + 1,
  ended = extract(epoch from current_timestamp) * 1000
where id = :#${exchangeProperty.video}
