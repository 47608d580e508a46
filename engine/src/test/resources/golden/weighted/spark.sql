-- units of raw events
SELECT activity, subject, account, day, CAST(LEAST(SUM(units), 1000000000000) AS BIGINT) AS units
FROM (
  -- events that match, with their local day and what they count
  SELECT c.activity AS activity, COALESCE(m.subject, e.person) AS subject, 0 AS account,
    ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 AS day, unix_micros(e.occurred_at) AS occurred, COALESCE(e.message_text, CAST(e.message AS VARCHAR)) AS message,
    CAST(1000 AS BIGINT) AS units
  FROM event e
  -- which activity can match which kind of event
  JOIN (
    SELECT k.no AS kind, 0 AS activity FROM kind k WHERE COALESCE(k.event = 'Subscription Renewed', FALSE)
    UNION ALL
    SELECT k.no AS kind, 1 AS activity FROM kind k WHERE COALESCE(k.event = 'Email Opened', FALSE)
  ) AS c ON c.kind = e.kind
  JOIN kind k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  WHERE e.excluded = 0
    AND e.person IS NOT NULL
) AS matched
WHERE units > 0
GROUP BY activity, subject, account, day;

-- scores of units
WITH
-- what each activity is worth: caps in milli-units, points in milli-points
rule(place, activity, profile, day_cap, window_cap, points, divisor, team) AS (
  VALUES
    (0, 0, 0, CAST(1000000000000 AS BIGINT), CAST(1000 AS BIGINT), CAST(60000 AS BIGINT), CAST(1000000000 AS BIGINT), -1),
    (1, 1, 0, CAST(1000000000000 AS BIGINT), CAST(8000 AS BIGINT), CAST(40000 AS BIGINT), CAST(8000000000 AS BIGINT), -1)
),
-- the worth of a unit by its age in days, in parts per million
factor(profile, age, ppm) AS (
  VALUES
    (0, 0, 1000000), (0, 1, 1000000), (0, 2, 1000000), (0, 3, 1000000), (0, 4, 1000000), (0, 5, 1000000), (0, 6, 1000000)
),
-- decayed units in the window, in billionths
summed AS (
  SELECT u.subject, r.place, SUM(CAST(LEAST(u.units, r.day_cap) AS DECIMAL(38, 0)) * f.ppm) AS units
  FROM rollup AS u
  JOIN rule r ON r.activity = u.activity
  JOIN factor f ON f.profile = r.profile AND f.age = 20543 - u.day
  GROUP BY u.subject, r.place
),
-- what each activity gives
contribution AS (
  SELECT s.subject, r.team, CASE WHEN s.units * r.points < 0 THEN -((((-(s.units * r.points) + ((CAST(r.divisor AS DECIMAL(38, 0))) div 2))) div CAST(r.divisor AS DECIMAL(38, 0)))) ELSE (((s.units * r.points + ((CAST(r.divisor AS DECIMAL(38, 0))) div 2))) div CAST(r.divisor AS DECIMAL(38, 0))) END AS points
  FROM (
    SELECT s.subject, s.place, LEAST(s.units, CAST(r.window_cap AS DECIMAL(38, 0)) * 1000000) AS units FROM summed s
    JOIN rule r ON r.place = s.place
  ) AS s JOIN rule r ON r.place = s.place
),
-- groups are kept inside their caps
team_sum AS (
  SELECT subject, team, SUM(points) AS points FROM contribution GROUP BY subject, team
),
capped AS (
  SELECT subject, points AS points FROM team_sum
),
total AS (
  SELECT subject, SUM(points) AS points FROM capped GROUP BY subject
),
-- base, what was given by hand, and the clamp
scored AS (
  SELECT p.no AS subject, GREATEST(LEAST((CAST(0 AS DECIMAL(38, 0)) + COALESCE(t.points, 0)), 100000), 0) AS score
  FROM subject AS p
  LEFT JOIN total t ON t.subject = p.no
)
SELECT subject, CASE WHEN score BETWEEN -1000000000000000 AND 1000000000000000 THEN CAST(score AS BIGINT) END AS score
FROM scored;
