-- States of lists that can be opened again: what is asked, in JSON, with the values of its filters.
-- Without a name it is only what the address of a page means.
CREATE TABLE saved_view (
  id VARCHAR NOT NULL, area VARCHAR NOT NULL, owner VARCHAR NOT NULL, name VARCHAR NOT NULL, shared BOOLEAN NOT NULL,
  state VARCHAR NOT NULL, made_at TIMESTAMPTZ NOT NULL, used_at TIMESTAMPTZ NOT NULL);

-- Points given by hand have numbers, and may end before their last day: from the local day
-- `ended_day` on, which was said at `ended_at`.
ALTER TABLE adjustment ADD COLUMN no BIGINT;
ALTER TABLE adjustment ADD COLUMN ended_day INTEGER;
ALTER TABLE adjustment ADD COLUMN ended_at TIMESTAMPTZ;
ALTER TABLE adjustment ADD COLUMN ended_by VARCHAR;
UPDATE adjustment SET no = rowid + 1;

-- How people see a customer or an account; beside the score, never in it.
CREATE TABLE sentiment (
  no BIGINT NOT NULL, person INTEGER, account INTEGER, mood VARCHAR NOT NULL, note VARCHAR NOT NULL, author VARCHAR NOT NULL,
  said_at TIMESTAMPTZ NOT NULL);

-- Links between two ids that a person said are wrong: they are not made from `undone_at` until
-- `restored_at`, whatever records say.
CREATE TABLE undone_link (
  no BIGINT NOT NULL, person INTEGER NOT NULL, target INTEGER NOT NULL, note VARCHAR NOT NULL,
  undone_at TIMESTAMPTZ NOT NULL, undone_by VARCHAR NOT NULL, restored_at TIMESTAMPTZ, restored_by VARCHAR);
