-- Who was put on the list of a segment: customers by an id that they had then, or accounts; from
-- `from_at` until `to_at`, which is null while they are on it.
CREATE TABLE segment_listed (
  segment VARCHAR NOT NULL, person INTEGER, account INTEGER, from_at TIMESTAMPTZ NOT NULL, to_at TIMESTAMPTZ);
