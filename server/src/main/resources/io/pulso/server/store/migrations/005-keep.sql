-- Ids that may not come back: keyed hashes (HMAC-SHA-256), with the key in a file beside the store.
CREATE TABLE erased (hash VARCHAR NOT NULL, erased_at TIMESTAMPTZ NOT NULL, reason VARCHAR NOT NULL);

-- Which store this is, also in its copies: positions in the journal belong to one store alone.
INSERT INTO setting VALUES ('id', CAST(uuid() AS VARCHAR));
