-- Snapshots of pages that others may open without signing in: frozen, without personal data. Only
-- the SHA-256 of the address is kept. Once it is revoked or over, the snapshot is empty.
CREATE TABLE share (
  id VARCHAR NOT NULL, hash VARCHAR NOT NULL, page VARCHAR NOT NULL, person INTEGER, snapshot VARCHAR NOT NULL,
  author VARCHAR NOT NULL, made_at TIMESTAMPTZ NOT NULL, expires_at TIMESTAMPTZ NOT NULL,
  revoked_at TIMESTAMPTZ, revoked_by VARCHAR, opened BIGINT NOT NULL);
