update video set result = :#${body}, version = version + 1 where id = :#${exchangeProperty.video}
