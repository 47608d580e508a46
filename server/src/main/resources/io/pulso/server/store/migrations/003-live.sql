-- By id: its earliest record of any kind, since when it exists by itself, and whether it was ever
-- given as a user's.
CREATE TABLE person_seen (
  person INTEGER NOT NULL, earliest TIMESTAMPTZ NOT NULL, first_at TIMESTAMPTZ, first_day INTEGER, is_user BOOLEAN NOT NULL);
-- The earliest record that says that one id is another.
CREATE TABLE link (
  person INTEGER NOT NULL, target INTEGER NOT NULL, occurred BIGINT NOT NULL, received BIGINT NOT NULL, message VARCHAR NOT NULL);
-- What is to be added to the units in `rollup`: several rows of one activity, subject, account and
-- day add up, and may be negative.
CREATE TABLE rollup_tail (activity INTEGER NOT NULL, subject INTEGER NOT NULL, account INTEGER NOT NULL, day INTEGER NOT NULL, units BIGINT NOT NULL);
-- The two first tables are made when the store is opened.
INSERT INTO setting VALUES ('derive', 'again');
