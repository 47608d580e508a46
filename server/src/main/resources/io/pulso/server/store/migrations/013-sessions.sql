-- Sessions of subjects, on the local day on which they start. `id` stands for the session id that
-- the sender gave, 0 without one. `first_…` is the first event, and `exit_…` the last page view.
CREATE TABLE session (
  subject INTEGER NOT NULL, id BIGINT NOT NULL, day INTEGER NOT NULL, started_at TIMESTAMPTZ NOT NULL, ended_at TIMESTAMPTZ NOT NULL,
  pages INTEGER NOT NULL, events INTEGER NOT NULL, first_import INTEGER NOT NULL, first_seq BIGINT NOT NULL,
  exit_at TIMESTAMPTZ, exit_import INTEGER, exit_seq BIGINT);
-- Whose sessions are to be made anew, of their events from an instant on, in microseconds; without
-- a subject everybody's.
CREATE TABLE session_due (subject INTEGER, since BIGINT NOT NULL);
-- They are made when the store is opened, and so is what was said of customers, of whom earlier
-- versions forgot some.
INSERT INTO setting SELECT 'derive', 'again' WHERE NOT EXISTS (SELECT 1 FROM setting WHERE name = 'derive');
