insert into video (id, prompt, gateway, model, remix_of, image, changed)
values (:#${exchangeProperty.video}, :#${body.prompt}, :#${body.gateway}, :#${body.model}, :#${body.remixOf}, :#${body.image},
  extract(epoch from current_timestamp) * 1000)
