-- What metrics read of the events that they count, as rows beside the events: those of records of
-- imports up to `mark`. `names`, `matched`, `told` and `number` are SQL over an event, `told` and
-- `number` null where nothing is told; `message` says whether the message id is kept.
CREATE TABLE kept_fact (
  no INTEGER NOT NULL, names VARCHAR NOT NULL, matched VARCHAR NOT NULL, told VARCHAR, number VARCHAR,
  message VARCHAR, mark INTEGER NOT NULL);
-- `told` is the MD5 of what is told.
CREATE TABLE fact_row (
  fact INTEGER NOT NULL, person INTEGER, source INTEGER NOT NULL, import INTEGER NOT NULL, seq BIGINT NOT NULL,
  occurred_at TIMESTAMPTZ NOT NULL, number BIGINT, told UUID, message VARCHAR);
-- How often stored records were changed or removed.
CREATE TABLE fact_changes (often BIGINT NOT NULL);
INSERT INTO fact_changes VALUES (0);
