-- Who may use the pages. `password` is an Argon2id hash, empty for who has none; `accounts` is a CEL
-- condition over accounts, empty for all; `issuer` and `issued` name the person at an identity
-- provider. Who was removed stays, since the audit log names them.
CREATE TABLE member (
  id VARCHAR NOT NULL, email VARCHAR NOT NULL, name VARCHAR NOT NULL, role VARCHAR NOT NULL, accounts VARCHAR NOT NULL,
  language VARCHAR NOT NULL, theme VARCHAR NOT NULL, password VARCHAR NOT NULL, issuer VARCHAR NOT NULL, issued VARCHAR NOT NULL,
  created_at TIMESTAMPTZ NOT NULL, removed_at TIMESTAMPTZ);

-- Sessions and one-time links: only the SHA-256 of their values is kept. A link of nobody makes the
-- first administrator.
CREATE TABLE member_session (
  hash VARCHAR NOT NULL, member VARCHAR NOT NULL, address VARCHAR NOT NULL, began_at TIMESTAMPTZ NOT NULL, used_at TIMESTAMPTZ NOT NULL);
CREATE TABLE member_link (hash VARCHAR NOT NULL, member VARCHAR NOT NULL, expires_at TIMESTAMPTZ NOT NULL);

-- What people and programs did, each row chained to the one before it. `private` says of whom and
-- what in JSON, and `digest` is the SHA-256 of it and a salt: the chain holds after `private` and
-- `salt` were erased. `person` is the customer of whom it speaks, or -1 less the account's number.
CREATE TABLE audit (
  no BIGINT NOT NULL, done_at TIMESTAMPTZ NOT NULL, actor VARCHAR NOT NULL, address VARCHAR NOT NULL, action VARCHAR NOT NULL,
  person INTEGER, private VARCHAR NOT NULL, salt VARCHAR NOT NULL, digest VARCHAR NOT NULL, hash VARCHAR NOT NULL);
