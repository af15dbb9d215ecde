insert into video (id, prompt, gateway, model, remix_of, image)
values (:#${exchangeProperty.video}, :#${exchangeProperty.order.prompt}, :#${exchangeProperty.order.gateway},
  :#${exchangeProperty.order.model}, :#${exchangeProperty.order.remixOf}, :#${exchangeProperty.order.image})
