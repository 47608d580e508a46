-- events of sessions
SELECT COALESCE(m.subject, e.person) AS subject,
  unix_micros(e.occurred_at) AS at,
  COALESCE(CASE WHEN contains(e.context, '"sessionId"') THEN NULLIF(COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(e.context), '$.sessionId', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(e.context), '$.sessionId', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.context), '$.sessionId', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.context), '$.sessionId', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(e.context), '$.sessionId', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(e.context), '$.sessionId', 'BOOLEAN') END AS STRING)), 's:') END, CASE WHEN contains(e.properties, '"$session_id"') THEN NULLIF(COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$["$session_id"]', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(e.properties), '$["$session_id"]', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.properties), '$["$session_id"]', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.properties), '$["$session_id"]', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$["$session_id"]', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(e.properties), '$["$session_id"]', 'BOOLEAN') END AS STRING)), 's:') END) AS own,
  k.type = 'page' AS page,
  e.import AS import,
  e.seq AS seq
FROM event e
  JOIN kind k ON k.no = e.kind
  JOIN source s ON s.no = e.source
  LEFT JOIN merged m ON m.person = e.person
WHERE e.excluded = 0
  AND e.person IS NOT NULL
  AND e.occurred_at >= timestamp_micros(1772319600000000)
  AND e.occurred_at < timestamp_micros(1774994400000000)
  AND (e.channel IN ('web', 'app') OR (e.channel IS NULL AND (NOT s.trusted OR COALESCE(CASE WHEN contains(e.context, '"sessionId"') THEN NULLIF(COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(e.context), '$.sessionId', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(e.context), '$.sessionId', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.context), '$.sessionId', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.context), '$.sessionId', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(e.context), '$.sessionId', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(e.context), '$.sessionId', 'BOOLEAN') END AS STRING)), 's:') END, CASE WHEN contains(e.properties, '"$session_id"') THEN NULLIF(COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$["$session_id"]', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(e.properties), '$["$session_id"]', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.properties), '$["$session_id"]', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.properties), '$["$session_id"]', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$["$session_id"]', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(e.properties), '$["$session_id"]', 'BOOLEAN') END AS STRING)), 's:') END) IS NOT NULL)))
  AND k.passive <> 1
  AND (k.passive = 0 OR NOT COALESCE(schema_of_variant(try_variant_get(parse_json(e.properties), '$.agent', 'VARIANT')) <> 'VOID', FALSE))
  AND COALESCE(k.event <> 'Time Spent', TRUE)
ORDER BY subject, e.occurred_at, COALESCE(e.received_at, e.occurred_at), COALESCE(e.message_text, CAST(e.message AS STRING)), s.name;

-- all, ANYBODY, every WHOLE
SELECT period, CAST(NULL AS STRING) AS part, CAST(COUNT(*) AS BIGINT) AS n, CAST(COUNT(*) AS DECIMAL(38, 0)) AS total
FROM (
  -- sessions that count, with their period
  SELECT 20513 AS period,
    CAST(NULL AS STRING) AS part,
    x.subject AS subject,
    x.pages AS pages,
    unix_micros(x.ended_at) - unix_micros(x.started_at) AS took
  FROM session x
  WHERE x.day BETWEEN 20513 AND 20553
) AS visit
GROUP BY period;

-- with_page, IDENTIFIED, every DAY, by channel
SELECT period, part, CAST(COUNT(*) AS BIGINT) AS n, CAST(COUNT(*) AS DECIMAL(38, 0)) AS total
FROM (
  -- sessions that count, with their period
  SELECT x.day AS period,
    's:' || e.channel AS part,
    x.subject AS subject,
    x.pages AS pages,
    unix_micros(x.ended_at) - unix_micros(x.started_at) AS took
  FROM session x
  JOIN event e ON e.import = x.first_import AND e.seq = x.first_seq
  JOIN kind k ON k.no = e.kind
  JOIN subject u ON u.no = x.subject AND u.identified
  WHERE x.day BETWEEN 20513 AND 20553
    AND x.pages > 0
) AS visit
GROUP BY period, part;

-- pages, ANONYMOUS, every WEEK, by traits.plan
SELECT period, part, CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(pages) AS DECIMAL(38, 0)) AS total
FROM (
  -- sessions that count, with their period
  SELECT 20507 + ((x.day - 20507) div 7) * 7 AS period,
    COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(t.traits), '$.plan', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(t.traits), '$.plan', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(t.traits), '$.plan', 'BOOLEAN') END AS STRING)) AS part,
    x.subject AS subject,
    x.pages AS pages,
    unix_micros(x.ended_at) - unix_micros(x.started_at) AS took
  FROM session x
  JOIN event e ON e.import = x.first_import AND e.seq = x.first_seq
  JOIN kind k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
  JOIN subject u ON u.no = x.subject AND NOT u.identified
  WHERE x.day BETWEEN 20507 AND 20555
    AND x.pages > 0
) AS visit
GROUP BY period, part;

-- bounces, ANYBODY, every MONTH, by properties.path
SELECT period, part, CAST(COUNT(*) AS BIGINT) AS n, CAST(COUNT(*) AS DECIMAL(38, 0)) AS total
FROM (
  -- sessions that count, with their period
  SELECT CASE WHEN x.day < 20544 THEN 20513 ELSE 20544 END AS period,
    COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.path', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(e.properties), '$.path', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.properties), '$.path', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.properties), '$.path', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.path', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(e.properties), '$.path', 'BOOLEAN') END AS STRING)) AS part,
    x.subject AS subject,
    x.pages AS pages,
    unix_micros(x.ended_at) - unix_micros(x.started_at) AS took
  FROM session x
  JOIN event e ON e.import = x.first_import AND e.seq = x.first_seq
  JOIN kind k ON k.no = e.kind
  WHERE x.day BETWEEN 20513 AND 20573
    AND x.pages = 1
    AND x.events = 1
) AS visit
GROUP BY period, part;

-- seconds, IDENTIFIED, every WHOLE
SELECT period, CAST(NULL AS STRING) AS part, CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(CAST(took AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS total
FROM (
  -- sessions that count, with their period
  SELECT 20513 AS period,
    CAST(NULL AS STRING) AS part,
    x.subject AS subject,
    x.pages AS pages,
    unix_micros(x.ended_at) - unix_micros(x.started_at) AS took
  FROM session x
  JOIN subject u ON u.no = x.subject AND u.identified
  WHERE x.day BETWEEN 20513 AND 20553
) AS visit
GROUP BY period;

-- seconds_median, ANONYMOUS, every DAY, by channel
SELECT period, part, CAST(MAX(many) AS BIGINT) AS n,
  CAST(SUM(CASE WHEN 2 * place = many + 1 THEN 2 * took ELSE took END) AS DECIMAL(38, 0)) AS total
FROM (
  SELECT period, part, took,
    ROW_NUMBER() OVER (PARTITION BY period, part ORDER BY took) AS place,
    COUNT(*) OVER (PARTITION BY period, part) AS many
  FROM (
      -- sessions that count, with their period
      SELECT x.day AS period,
        's:' || e.channel AS part,
        x.subject AS subject,
        x.pages AS pages,
        unix_micros(x.ended_at) - unix_micros(x.started_at) AS took
      FROM session x
      JOIN event e ON e.import = x.first_import AND e.seq = x.first_seq
      JOIN kind k ON k.no = e.kind
      JOIN subject u ON u.no = x.subject AND NOT u.identified
      WHERE x.day BETWEEN 20513 AND 20553
  ) AS visit
) AS ordered
WHERE 2 * place BETWEEN many AND many + 2
GROUP BY period, part;

-- visitors, ANYBODY, every WEEK, by traits.plan
SELECT period, part, CAST(COUNT(DISTINCT subject) AS BIGINT) AS n, CAST(COUNT(DISTINCT subject) AS DECIMAL(38, 0)) AS total
FROM (
  -- sessions that count, with their period
  SELECT 20507 + ((x.day - 20507) div 7) * 7 AS period,
    COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(t.traits), '$.plan', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(t.traits), '$.plan', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(t.traits), '$.plan', 'BOOLEAN') END AS STRING)) AS part,
    x.subject AS subject,
    x.pages AS pages,
    unix_micros(x.ended_at) - unix_micros(x.started_at) AS took
  FROM session x
  JOIN event e ON e.import = x.first_import AND e.seq = x.first_seq
  JOIN kind k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
  WHERE x.day BETWEEN 20507 AND 20555
) AS visit
GROUP BY period, part;

-- exits, IDENTIFIED, every MONTH, by properties.path
SELECT period, part, CAST(COUNT(*) AS BIGINT) AS n, CAST(COUNT(*) AS DECIMAL(38, 0)) AS total
FROM (
  -- sessions that count, with their period
  SELECT CASE WHEN ((unix_micros(x.exit_at) + CASE WHEN x.exit_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 < 20544 THEN 20513 ELSE 20544 END AS period,
    COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.path', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(e.properties), '$.path', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.properties), '$.path', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.properties), '$.path', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.path', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(e.properties), '$.path', 'BOOLEAN') END AS STRING)) AS part,
    x.subject AS subject,
    x.pages AS pages,
    unix_micros(x.ended_at) - unix_micros(x.started_at) AS took
  FROM session x
  JOIN event e ON e.import = x.exit_import AND e.seq = x.exit_seq
  JOIN kind k ON k.no = e.kind
  JOIN subject u ON u.no = x.subject AND u.identified
  WHERE ((unix_micros(x.exit_at) + CASE WHEN x.exit_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 BETWEEN 20513 AND 20573
    AND x.exit_at >= timestamp_micros(1772233200000000)
    AND x.exit_at < timestamp_micros(1777672800000000)
) AS visit
GROUP BY period, part;

-- active, ANONYMOUS, every WHOLE
SELECT period, part, CAST(COUNT(*) AS BIGINT) AS n, CAST(COUNT(*) AS DECIMAL(38, 0)) AS total
FROM (
  -- subjects by the periods in which they were active
  SELECT DISTINCT 20513 AS period, x.subject AS subject, f.since AS since,
    CAST(NULL AS STRING) AS part
  FROM rollup x
  JOIN (SELECT subject, MIN(day) AS since FROM rollup r WHERE activity = 0 GROUP BY subject) f ON f.subject = x.subject
  JOIN subject u ON u.no = x.subject AND NOT u.identified
  WHERE x.activity = 0
    AND x.day BETWEEN 20513 AND 20553
) AS visitor
WHERE TRUE
GROUP BY period, part;

-- returning, ANYBODY, every DAY, by channel
SELECT period, part, CAST(COUNT(*) AS BIGINT) AS n, CAST(COUNT(*) AS DECIMAL(38, 0)) AS total
FROM (
  -- subjects by the periods in which they were active
  SELECT DISTINCT x.day AS period, x.subject AS subject, f.since AS since,
    x.part AS part
  FROM (
    SELECT 0 AS activity, COALESCE(m.subject, e.person) AS subject, ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 AS day,
      's:' || e.channel AS part
    FROM event e
    JOIN kind k ON k.no = e.kind
    LEFT JOIN merged m ON m.person = e.person
    WHERE e.excluded = 0 AND e.person IS NOT NULL
      AND e.occurred_at >= timestamp_micros(1772233200000000)
      AND e.occurred_at < timestamp_micros(1775944800000000)
      AND (k.passive = 0 OR (k.passive = 2 AND NOT (COALESCE(schema_of_variant(try_variant_get(parse_json(e.properties), '$.agent', 'VARIANT')) <> 'VOID', FALSE))))
  ) x
  JOIN (SELECT subject, MIN(day) AS since FROM rollup r WHERE activity = 0 GROUP BY subject) f ON f.subject = x.subject
  WHERE x.activity = 0
    AND x.day BETWEEN 20513 AND 20553
) AS visitor
WHERE since < period
GROUP BY period, part;

-- of_returning, IDENTIFIED, every WEEK, by traits.plan
SELECT v.period AS period, v.part AS part, CAST(COUNT(*) AS BIGINT) AS n, CAST(COUNT(*) AS DECIMAL(38, 0)) AS total
FROM (
  -- sessions that count, with their period
  SELECT 20507 + ((x.day - 20507) div 7) * 7 AS period,
    COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(t.traits), '$.plan', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(t.traits), '$.plan', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(t.traits), '$.plan', 'BOOLEAN') END AS STRING)) AS part,
    x.subject AS subject,
    x.pages AS pages,
    unix_micros(x.ended_at) - unix_micros(x.started_at) AS took
  FROM session x
  JOIN event e ON e.import = x.first_import AND e.seq = x.first_seq
  JOIN kind k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
  JOIN subject u ON u.no = x.subject AND u.identified
  WHERE x.day BETWEEN 20507 AND 20555
) AS v
JOIN (SELECT subject, MIN(day) AS since FROM rollup r WHERE activity = 0 GROUP BY subject) f
  ON f.subject = v.subject AND f.since < v.period
GROUP BY v.period, v.part;

-- days_between, ANONYMOUS, every MONTH, by properties.path
SELECT period, part, CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(CAST(since AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS total
FROM (
  -- sessions that count, with their period
  SELECT CASE WHEN x.day < 20544 THEN 20513 ELSE 20544 END AS period,
    COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.path', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(e.properties), '$.path', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.properties), '$.path', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.properties), '$.path', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.path', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(e.properties), '$.path', 'BOOLEAN') END AS STRING)) AS part,
    x.subject AS subject,
    x.pages AS pages,
    unix_micros(x.started_at) - unix_micros(x.previous_at) AS since
  FROM session x
  JOIN event e ON e.import = x.first_import AND e.seq = x.first_seq
  JOIN kind k ON k.no = e.kind
  JOIN subject u ON u.no = x.subject AND NOT u.identified
  WHERE x.day BETWEEN 20513 AND 20573
    AND x.previous_at IS NOT NULL
) AS visit
GROUP BY period, part;

-- days_between_median, ANYBODY, every WHOLE
SELECT period, part, CAST(MAX(many) AS BIGINT) AS n,
  CAST(SUM(CASE WHEN 2 * place = many + 1 THEN 2 * since ELSE since END) AS DECIMAL(38, 0)) AS total
FROM (
  SELECT period, part, since,
    ROW_NUMBER() OVER (PARTITION BY period, part ORDER BY since) AS place,
    COUNT(*) OVER (PARTITION BY period, part) AS many
  FROM (
      -- sessions that count, with their period
      SELECT 20513 AS period,
        CAST(NULL AS STRING) AS part,
        x.subject AS subject,
        x.pages AS pages,
        unix_micros(x.started_at) - unix_micros(x.previous_at) AS since
      FROM session x
      WHERE x.day BETWEEN 20513 AND 20553
        AND x.previous_at IS NOT NULL
  ) AS visit
) AS ordered
WHERE 2 * place BETWEEN many AND many + 2
GROUP BY period, part;

-- intervals, IDENTIFIED, every DAY, by channel
SELECT period, part, CAST(COUNT(*) AS BIGINT) AS n, CAST(COUNT(*) AS DECIMAL(38, 0)) AS total
FROM (
  -- sessions that count, with their period
  SELECT x.day AS period,
    's:' || e.channel AS part,
    x.subject AS subject,
    x.pages AS pages,
    unix_micros(x.ended_at) - unix_micros(x.started_at) AS took
  FROM session x
  JOIN event e ON e.import = x.first_import AND e.seq = x.first_seq
  JOIN kind k ON k.no = e.kind
  JOIN subject u ON u.no = x.subject AND u.identified
  WHERE x.day BETWEEN 20513 AND 20553
    AND x.previous_at IS NOT NULL
) AS visit
GROUP BY period, part;
