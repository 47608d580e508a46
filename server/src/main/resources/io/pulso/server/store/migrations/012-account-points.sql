-- Points by hand are given to customers or to accounts.
ALTER TABLE adjustment ALTER COLUMN person DROP NOT NULL;
ALTER TABLE adjustment ADD COLUMN account INTEGER;
