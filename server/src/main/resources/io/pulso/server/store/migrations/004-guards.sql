-- The names of events and the keys of properties that each source has used over HTTP, each once.
CREATE TABLE source_word (source INTEGER NOT NULL, is_key BOOLEAN NOT NULL, word VARCHAR NOT NULL);
INSERT INTO source_word
  SELECT DISTINCT e.source, FALSE, k.event FROM event e JOIN kind k ON k.no = e.kind JOIN import i ON i.no = e.import
  WHERE k.type = 'track' AND k.event IS NOT NULL AND i.files = 'live';

-- Secrets with which sources sign who their users are: encrypted, empty once revoked.
CREATE TABLE signing_secret (
  kid VARCHAR NOT NULL, source INTEGER NOT NULL, sealed VARCHAR NOT NULL, created_at TIMESTAMPTZ NOT NULL, revoked_at TIMESTAMPTZ);
