-- When the session before of the same subject started; null without one. All sessions are made anew.
ALTER TABLE session ADD COLUMN previous_at TIMESTAMPTZ;
DELETE FROM session;
DELETE FROM session_due;
INSERT INTO session_due VALUES (NULL, -4611686018427387904);
