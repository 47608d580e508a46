-- Ids whose records are internal traffic, as the stored records and the quality rules say. Made
-- anew whenever everything is judged.
CREATE TABLE internal_person (person INTEGER NOT NULL);

-- What people let back in: all records of an id, or one message of a source. With a
-- message, `person` only says whose it is. `rule` is empty for every rule.
CREATE TABLE readmitted (
  no INTEGER NOT NULL, rule VARCHAR NOT NULL, person INTEGER, source INTEGER, message UUID, message_text VARCHAR,
  note VARCHAR NOT NULL, readmitted_at TIMESTAMPTZ NOT NULL);
