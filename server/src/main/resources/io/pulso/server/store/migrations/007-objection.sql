-- Who objected to being scored: the id that was named, when, by whom it was entered, and when and by
-- whom it was taken back.
CREATE TABLE objection (
  no BIGINT NOT NULL, person INTEGER NOT NULL, objected_at TIMESTAMPTZ NOT NULL, author VARCHAR NOT NULL, note VARCHAR NOT NULL,
  withdrawn_at TIMESTAMPTZ, withdrawn_by VARCHAR);
