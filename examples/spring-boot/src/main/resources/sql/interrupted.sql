-- Nothing is bought again. What has a task is looked for by the route "start"; the rest is for the person who reads the card.
update video
set stage = 'INTERRUPTED', version = version + 1, ended = extract(epoch from current_timestamp) * 1000
where stage not in ('COMPLETED', 'FAILED', 'INTERRUPTED');
