-- Settings that the stored data depend on: the time zone of the days.
CREATE TABLE setting (name VARCHAR NOT NULL, value VARCHAR NOT NULL);

-- Dictionaries: texts become small integers. All ids of people share one name space.
CREATE TABLE person (no INTEGER NOT NULL, id VARCHAR NOT NULL);
CREATE TABLE account (no INTEGER NOT NULL, id VARCHAR NOT NULL);
CREATE TABLE source (no INTEGER NOT NULL, name VARCHAR NOT NULL, trusted BOOLEAN NOT NULL);
-- What happened: passive 0 = never, 1 = always, 2 = when properties.agent is given.
CREATE TABLE kind (no INTEGER NOT NULL, type VARCHAR NOT NULL, event VARCHAR, name VARCHAR, passive INTEGER NOT NULL);

-- One import: everything it stored carries its number.
CREATE TABLE import (
  no INTEGER NOT NULL, source INTEGER NOT NULL, files VARCHAR NOT NULL, imported_at TIMESTAMPTZ NOT NULL,
  received BIGINT NOT NULL, stored BIGINT NOT NULL, duplicates BIGINT NOT NULL);
CREATE TABLE import_rejected (import INTEGER NOT NULL, reason VARCHAR NOT NULL, rows BIGINT NOT NULL);

-- Track, page and screen. `person` is the userId (flag 4), else the anonymousId, null for public
-- names; `anonymous` is the anonymousId beside a userId; `account` is context.groupId;
-- `received_at` is null where it is assumed to equal `occurred_at`; `message` is the message id,
-- or a hash of it when it is no UUID and then stands in `message_text`; `seq` is the place in its
-- import.
CREATE TABLE event (
  person INTEGER, anonymous INTEGER, account INTEGER, kind INTEGER NOT NULL, source INTEGER NOT NULL,
  import INTEGER NOT NULL, seq BIGINT NOT NULL, occurred_at TIMESTAMPTZ NOT NULL, received_at TIMESTAMPTZ,
  message UUID NOT NULL, message_text VARCHAR, channel VARCHAR, value DOUBLE, flags INTEGER NOT NULL,
  excluded INTEGER NOT NULL, properties VARCHAR, context VARCHAR);

-- Identify, group and alias.
CREATE TABLE call (
  type VARCHAR NOT NULL, person INTEGER, anonymous INTEGER, previous INTEGER, account INTEGER,
  source INTEGER NOT NULL, import INTEGER NOT NULL, seq BIGINT NOT NULL,
  occurred_at TIMESTAMPTZ NOT NULL, received_at TIMESTAMPTZ,
  message UUID NOT NULL, message_text VARCHAR, flags INTEGER NOT NULL, excluded INTEGER NOT NULL,
  traits VARCHAR, context VARCHAR);

-- Rows that were not stored, with where they came from and why.
CREATE TABLE rejected (
  no BIGINT NOT NULL, import INTEGER NOT NULL, source INTEGER NOT NULL, file VARCHAR NOT NULL, line BIGINT NOT NULL,
  reason VARCHAR NOT NULL, detail VARCHAR NOT NULL, body VARCHAR NOT NULL, rejected_at TIMESTAMPTZ NOT NULL,
  replayed BOOLEAN NOT NULL);

-- Derived from events and calls; rebuilt after each import.
CREATE TABLE merged (person INTEGER NOT NULL, subject INTEGER NOT NULL);
CREATE TABLE refused_link (person INTEGER NOT NULL, target INTEGER NOT NULL, occurred_at TIMESTAMPTZ NOT NULL, reason VARCHAR NOT NULL);
CREATE TABLE subject (no INTEGER NOT NULL, first_at TIMESTAMPTZ NOT NULL, first_day INTEGER NOT NULL, identified BOOLEAN NOT NULL);
CREATE TABLE account_subject (no INTEGER NOT NULL, first_at TIMESTAMPTZ NOT NULL, first_day INTEGER NOT NULL);
CREATE TABLE trait_state (subject INTEGER NOT NULL, from_at TIMESTAMPTZ NOT NULL, to_at TIMESTAMPTZ NOT NULL, traits VARCHAR NOT NULL);
CREATE TABLE account_state (account INTEGER NOT NULL, from_at TIMESTAMPTZ NOT NULL, to_at TIMESTAMPTZ NOT NULL, traits VARCHAR NOT NULL);
CREATE TABLE membership (subject INTEGER NOT NULL, from_at TIMESTAMPTZ NOT NULL, to_at TIMESTAMPTZ NOT NULL, account INTEGER NOT NULL);

-- Uncut milli-units by activity, subject and local day; `account` is 0 for activities of customer
-- models.
CREATE TABLE rollup_activity (no INTEGER NOT NULL, key VARCHAR NOT NULL, per_account BOOLEAN NOT NULL, name VARCHAR NOT NULL, uncounted VARCHAR NOT NULL);
CREATE TABLE rollup (activity INTEGER NOT NULL, subject INTEGER NOT NULL, account INTEGER NOT NULL, day INTEGER NOT NULL, units BIGINT NOT NULL);

-- Published models, and points given by hand.
CREATE TABLE model_version (
  model VARCHAR NOT NULL, version INTEGER NOT NULL, hash VARCHAR NOT NULL, text VARCHAR NOT NULL,
  author VARCHAR NOT NULL, published_at TIMESTAMPTZ NOT NULL, note VARCHAR NOT NULL);
CREATE TABLE adjustment (
  person INTEGER NOT NULL, model VARCHAR NOT NULL, points BIGINT NOT NULL, first_day INTEGER NOT NULL, last_day INTEGER NOT NULL,
  reason VARCHAR NOT NULL, author VARCHAR NOT NULL, received_at TIMESTAMPTZ NOT NULL);
