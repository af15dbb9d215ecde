-- What has ended keeps its end: a step behind a paid video that fails is no reason to say that nothing was sent.
update video
set stage = 'FAILED', outcome = 'REFUSED', reason = :#${exception.message}, possibly_charged = false, version = version + 1,
  ended = extract(epoch from current_timestamp) * 1000
where id = :#${exchangeProperty.video}
  and stage not in ('COMPLETED', 'FAILED')
