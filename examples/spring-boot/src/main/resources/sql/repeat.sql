insert into video (id, prompt, gateway, model, remix_of, image, changed)
select :#${exchangeProperty.video}, prompt, gateway, model, remix_of, image, extract(epoch from current_timestamp) * 1000
from video where id = :#${exchangeProperty.original}
