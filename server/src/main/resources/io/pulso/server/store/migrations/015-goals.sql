-- What a team wants a metric to be, by when: over as many days as `days` up to `last_day`. `began`
-- is what it was when the goal was set.
CREATE TABLE goal (
  metric VARCHAR NOT NULL, target DOUBLE NOT NULL, days INTEGER NOT NULL, first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL, began DOUBLE, author VARCHAR NOT NULL, set_at TIMESTAMPTZ NOT NULL);
