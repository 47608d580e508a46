-- Completed days as before, with the exact sum of the scores in milli-points, and the sum of the two
-- scores in the middle (twice the one, where their number is odd) in place of rounded means and
-- medians. The days are counted anew.
DROP TABLE daily_score;
CREATE TABLE daily_score (
  model VARCHAR NOT NULL, version VARCHAR NOT NULL, hash VARCHAR NOT NULL, day INTEGER NOT NULL, scored INTEGER NOT NULL,
  unavailable INTEGER NOT NULL, active INTEGER NOT NULL, total DECIMAL(38, 0) NOT NULL, middle BIGINT NOT NULL, revision BIGINT NOT NULL);
DELETE FROM daily_band;
