-- units of raw events
SELECT activity, subject, account, day, CAST(LEAST(SUM(units), 1000000000000) AS BIGINT) AS units
FROM (
  -- events that match, with their local day and what they count
  SELECT c.activity AS activity, COALESCE(m.subject, e.person) AS subject, 0 AS account,
    ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 AS day, unix_micros(e.occurred_at) AS occurred, COALESCE(e.message_text, CAST(e.message AS VARCHAR)) AS message,
    CASE c.activity WHEN 0 THEN CAST(1000 AS BIGINT) WHEN 1 THEN CASE WHEN CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.properties), '$.minutes', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.properties), '$.minutes', 'DOUBLE') END BETWEEN 5.0E-4D AND 1.0E9D THEN CAST(TRY_CAST(CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.properties), '$.minutes', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.properties), '$.minutes', 'DOUBLE') END AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) ELSE 0 END WHEN 3 THEN CAST(1000 AS BIGINT) WHEN 4 THEN CAST(1000 AS BIGINT) END AS units
  FROM event e
  -- which activity can match which kind of event
  JOIN (
    SELECT k.no AS kind, 0 AS activity FROM kind k WHERE COALESCE(k.event = 'Invite Sent', FALSE)
    UNION ALL
    SELECT k.no AS kind, 1 AS activity FROM kind k WHERE COALESCE(k.event = 'Session Ended', FALSE)
    UNION ALL
    SELECT k.no AS kind, 3 AS activity FROM kind k WHERE COALESCE(k.type = 'page' AND startswith(k.name, '/docs'), FALSE)
    UNION ALL
    SELECT k.no AS kind, 4 AS activity FROM kind k WHERE COALESCE(k.event = 'Subscription Cancelled', FALSE)
  ) AS c ON c.kind = e.kind
  JOIN kind k ON k.no = e.kind
  JOIN source s ON s.no = e.source
  LEFT JOIN merged m ON m.person = e.person
  LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
  WHERE e.excluded = 0
    AND e.person IS NOT NULL
    AND CASE c.activity
      WHEN 1 THEN COALESCE(k.event = 'Session Ended' AND e.channel = 'web', FALSE)
      WHEN 3 THEN COALESCE(k.type = 'page' AND startswith(k.name, '/docs') AND CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(t.traits), '$.plan', 'STRING') END <> 'internal', FALSE)
      WHEN 4 THEN COALESCE(k.event = 'Subscription Cancelled' AND s.trusted, FALSE)
      ELSE TRUE END
) AS matched
WHERE units > 0
GROUP BY activity, subject, account, day
UNION ALL
SELECT activity, subject, account, day, CAST(COUNT(DISTINCT value) * 1000 AS BIGINT) AS units
FROM (
  -- events that match, with their local day and what they count
  SELECT c.activity AS activity, COALESCE(m.subject, e.person) AS subject, 0 AS account,
    ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 AS day, unix_micros(e.occurred_at) AS occurred, COALESCE(e.message_text, CAST(e.message AS VARCHAR)) AS message,
    COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.feature', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(e.properties), '$.feature', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.properties), '$.feature', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.properties), '$.feature', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.feature', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(e.properties), '$.feature', 'BOOLEAN') END AS STRING)) AS value
  FROM event e
  -- which activity can match which kind of event
  JOIN (
    SELECT k.no AS kind, 2 AS activity FROM kind k WHERE COALESCE(k.event = 'Feature Used', FALSE)
  ) AS c ON c.kind = e.kind
  JOIN kind k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  WHERE e.excluded = 0
    AND e.person IS NOT NULL
) AS matched
WHERE value IS NOT NULL
GROUP BY activity, subject, account, day;

-- scores of units
WITH
-- what each activity is worth: caps in milli-units, points in milli-points
rule(place, activity, profile, day_cap, window_cap, points, divisor, team) AS (
  VALUES
    (0, 0, 0, CAST(3000 AS BIGINT), CAST(12000 AS BIGINT), CAST(10000 AS BIGINT), CAST(1000000000 AS BIGINT), 0),
    (1, 1, 0, CAST(60000 AS BIGINT), CAST(4000000000000000000 AS BIGINT), CAST(200 AS BIGINT), CAST(1000000000 AS BIGINT), -1),
    (2, 2, 1, CAST(1000000000000 AS BIGINT), CAST(4000000000000000000 AS BIGINT), CAST(2000 AS BIGINT), CAST(1000000000 AS BIGINT), -1),
    (3, 3, 2, CAST(1000000000000 AS BIGINT), CAST(4000000000000000000 AS BIGINT), CAST(500 AS BIGINT), CAST(1000000000 AS BIGINT), -1),
    (4, 4, 0, CAST(1000000000000 AS BIGINT), CAST(4000000000000000000 AS BIGINT), CAST(-60000 AS BIGINT), CAST(1000000000 AS BIGINT), -1)
),
-- the worth of a unit by its age in days, in parts per million
factor(profile, age, ppm) AS (
  VALUES
    (0, 0, 1000000), (0, 1, 905724), (0, 2, 820335), (0, 3, 742997), (0, 4, 672950), (0, 5, 609507), (0, 6, 552045),
    (1, 0, 1000000), (1, 1, 1000000), (1, 2, 1000000), (1, 3, 1000000), (1, 4, 1000000), (1, 5, 1000000), (1, 6, 1000000),
    (2, 0, 1000000), (2, 1, 905724), (2, 2, 820335), (2, 3, 742997), (2, 4, 672950), (2, 5, 609507), (2, 6, 552045), (2, 7, 500000), (2, 8, 452862), (2, 9, 410168), (2, 10, 371499), (2, 11, 336475), (2, 12, 304753), (2, 13, 276022)
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
  SELECT subject, CASE team WHEN 0 THEN GREATEST(LEAST(points, 60000), 1000) ELSE points END AS points FROM team_sum
),
total AS (
  SELECT subject, SUM(points) AS points FROM capped GROUP BY subject
),
-- base, what was given by hand, and the clamp
scored AS (
  SELECT p.no AS subject, GREATEST(LEAST((CAST(5000 AS DECIMAL(38, 0)) + CASE WHEN EXISTS (SELECT 1 FROM team_sum x WHERE x.subject = p.no AND x.team = 0) THEN 0 ELSE 1000 END + COALESCE(t.points, 0)), 200000), -100000) AS score
  FROM subject AS p
  LEFT JOIN total t ON t.subject = p.no
)
SELECT subject, CASE WHEN score BETWEEN -1000000000000000 AND 1000000000000000 THEN CAST(score AS BIGINT) END AS score
FROM scored;
