-- How many outside the engaged bands answered a contact; null where that was not counted.
ALTER TABLE daily_score ADD COLUMN responsive BIGINT;
