-- Keys with which sources send, and tokens with which programs read: only their SHA-256 is kept.
-- `hint` is the end of the value, for people; `origins` is a JSON list.
CREATE TABLE write_key (
  id VARCHAR NOT NULL, source INTEGER NOT NULL, browser BOOLEAN NOT NULL, hash VARCHAR NOT NULL, hint VARCHAR NOT NULL,
  origins VARCHAR NOT NULL, per_minute INTEGER NOT NULL, created_at TIMESTAMPTZ NOT NULL, revoked_at TIMESTAMPTZ);
CREATE TABLE api_token (
  id VARCHAR NOT NULL, name VARCHAR NOT NULL, scope VARCHAR NOT NULL, hash VARCHAR NOT NULL,
  created_at TIMESTAMPTZ NOT NULL, expires_at TIMESTAMPTZ, last_used_at TIMESTAMPTZ, revoked_at TIMESTAMPTZ);

-- How far the journal is loaded: written in the transaction that loads it.
CREATE TABLE journal_position (position BIGINT NOT NULL);
INSERT INTO journal_position VALUES (0);
