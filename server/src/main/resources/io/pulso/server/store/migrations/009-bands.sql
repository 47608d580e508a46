-- Completed days, counted over identified customers or over accounts: the scores of a model, under
-- the version in force on the day, whose text has that hash; `active` had an active event in the
-- model's window. Mean and median are milli-points.
CREATE TABLE daily_score (
  model VARCHAR NOT NULL, version VARCHAR NOT NULL, hash VARCHAR NOT NULL, day INTEGER NOT NULL, scored INTEGER NOT NULL,
  unavailable INTEGER NOT NULL, active INTEGER NOT NULL, mean BIGINT, median BIGINT, revision BIGINT NOT NULL);
CREATE TABLE daily_band (model VARCHAR NOT NULL, day INTEGER NOT NULL, band VARCHAR NOT NULL, place INTEGER NOT NULL, scored INTEGER NOT NULL);
-- How many had an active event on the day, and in the 30 days up to it.
CREATE TABLE daily_active (kind VARCHAR NOT NULL, day INTEGER NOT NULL, active INTEGER NOT NULL, month INTEGER NOT NULL, revision BIGINT NOT NULL);

-- Up to which day they are counted or being counted, and how often stored records changed any of
-- those days since.
CREATE TABLE counted_day (last_day INTEGER NOT NULL, revision BIGINT NOT NULL);
INSERT INTO counted_day VALUES (-2147483648, 0);
-- From which day on they were changed in which revision; of several that touch a day the last one.
CREATE TABLE touched_day (first_day INTEGER NOT NULL, revision BIGINT NOT NULL);
