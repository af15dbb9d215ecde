update video set stage = 'SENT', outcome = null, version = version + 1, changed = extract(epoch from current_timestamp) * 1000
where id = :#${exchangeProperty.video}
