-- clicks, every WHOLE, by channel
-- what each adds
SELECT period, part, drawn, COALESCE(SUM(amount_0), 0) AS above, COALESCE(SUM(amount_1), 0) AS below
FROM (
  SELECT period, part, drawn, CAST(n AS DOUBLE) AS amount_0, CAST(NULL AS DOUBLE) AS amount_1
  FROM (
    SELECT period, part, drawn, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
    FROM (
      -- events that match, with their period
      SELECT 20513 AS period,
        's:' || e.channel AS part,
        COALESCE(m.subject, e.person) AS drawn
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      WHERE e.excluded = 0
        AND e.occurred_at >= timestamp_micros(1772233200000000)
        AND e.occurred_at < timestamp_micros(1775944800000000)
        AND ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 BETWEEN 20513 AND 20553
        AND COALESCE(k.event = 'Ad Clicked', FALSE)
    ) AS fact
    GROUP BY period, part, drawn
  ) AS of_0
  UNION ALL
  SELECT period, part, drawn, CAST(NULL AS DOUBLE) AS amount_0, CAST(n AS DOUBLE) AS amount_1
  FROM (
    SELECT period, part, drawn, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
    FROM (
      -- events that match, with their period
      SELECT 20513 AS period,
        's:' || e.channel AS part,
        COALESCE(m.subject, e.person) AS drawn
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      JOIN subject u ON u.no = COALESCE(m.subject, e.person) AND u.identified
      WHERE e.excluded = 0
        AND e.occurred_at >= timestamp_micros(1772233200000000)
        AND e.occurred_at < timestamp_micros(1775944800000000)
        AND ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 BETWEEN 20513 AND 20553
        AND COALESCE(k.event = 'Ad Viewed', FALSE)
    ) AS fact
    GROUP BY period, part, drawn
  ) AS of_1
) AS added
GROUP BY period, part, drawn;

-- money, every DAY
-- what each adds
SELECT period, CAST(NULL AS STRING) AS part, drawn, (COALESCE(SUM(amount_0), 0) - COALESCE(SUM(amount_1), 0)) AS above, CAST(0 AS DOUBLE) AS below
FROM (
  SELECT period, part, drawn, CAST(total AS DOUBLE) / 1000 AS amount_0, CAST(NULL AS DOUBLE) AS amount_1
  FROM (
    SELECT period, CAST(NULL AS STRING) AS part, drawn, CAST(NULL AS BIGINT) AS number, CAST(COUNT(number) AS BIGINT) AS n, SUM(CAST(number AS DECIMAL(38, 0))) AS total
    FROM (
      -- events that match, with their period
      SELECT day AS period, f.subject AS drawn, f.number
      FROM kept_rows f
      WHERE day BETWEEN 20513 AND 20553
    ) AS fact
    GROUP BY period, drawn
  ) AS of_0
  UNION ALL
  SELECT period, part, drawn, CAST(NULL AS DOUBLE) AS amount_0, CAST(total AS DOUBLE) / 1000 AS amount_1
  FROM (
    SELECT period, CAST(NULL AS STRING) AS part, drawn, CAST(NULL AS BIGINT) AS number, CAST(COUNT(number) AS BIGINT) AS n, SUM(CAST(number AS DECIMAL(38, 0))) AS total
    FROM (
      -- events that match, with their period
      SELECT day AS period, f.subject AS drawn, f.number
      FROM kept_rows f
      WHERE day BETWEEN 20513 AND 20553
    ) AS fact
    GROUP BY period, drawn
  ) AS of_1
) AS added
GROUP BY period, drawn;

-- orders, every WEEK, by band
-- what each adds
SELECT period, part, drawn, COALESCE(SUM(amount_0), 0) AS above, COALESCE(SUM(amount_1), 0) AS below
FROM (
  SELECT period, part, drawn, CAST(n AS DOUBLE) AS amount_0, CAST(NULL AS DOUBLE) AS amount_1
  FROM (
    SELECT period, part, drawn, CAST(NULL AS BIGINT) AS number, CAST(COUNT(DISTINCT value) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
    FROM (
      -- events that match, with their period
      SELECT 20507 + ((day - 20507) div 7) * 7 AS period, g.part AS part, f.subject AS drawn, f.value
      FROM kept_rows f
      LEFT JOIN metric_group g ON g.subject = f.subject
      WHERE day BETWEEN 20507 AND 20555
    ) AS fact
    GROUP BY period, part, drawn
  ) AS of_0
  UNION ALL
  SELECT period, part, drawn, CAST(NULL AS DOUBLE) AS amount_0, CAST(n AS DOUBLE) AS amount_1
  FROM (
    SELECT period, part, drawn, CAST(NULL AS BIGINT) AS number, CAST(COUNT(DISTINCT subject) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
    FROM (
      -- events that match, with their period
      SELECT 20507 + ((day - 20507) div 7) * 7 AS period, g.part AS part, f.subject AS drawn, f.subject
      FROM kept_rows f
      LEFT JOIN metric_group g ON g.subject = f.subject
      WHERE day BETWEEN 20507 AND 20555
    ) AS fact
    GROUP BY period, part, drawn
  ) AS of_1
) AS added
GROUP BY period, part, drawn;

-- mails, every WHOLE, by traits.plan
-- what each adds
SELECT period, part, drawn, COALESCE(SUM(amount_0), 0) AS above, COALESCE(SUM(amount_1), 0) AS below
FROM (
  SELECT period, part, drawn, CAST(n AS DOUBLE) AS amount_0, CAST(NULL AS DOUBLE) AS amount_1
  FROM (
    SELECT period, part, drawn, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
    FROM (
      -- pairs of a customer and a value
      SELECT DISTINCT period, part, drawn, subject, value
      FROM (
        SELECT 20513 AS period,
          COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(t.traits), '$.plan', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(t.traits), '$.plan', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(t.traits), '$.plan', 'BOOLEAN') END AS STRING)) AS part,
          COALESCE(m.subject, e.person) AS drawn,
          COALESCE(m.subject, e.person) AS subject,
          COALESCE(COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.mail_id', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(e.properties), '$.mail_id', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.properties), '$.mail_id', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.properties), '$.mail_id', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.mail_id', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(e.properties), '$.mail_id', 'BOOLEAN') END AS STRING)), COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.campaign', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(e.properties), '$.campaign', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.properties), '$.campaign', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.properties), '$.campaign', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.campaign', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(e.properties), '$.campaign', 'BOOLEAN') END AS STRING))) AS value
        FROM event e
        JOIN kind k ON k.no = e.kind
        LEFT JOIN merged m ON m.person = e.person
        LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
        WHERE e.excluded = 0
          AND e.occurred_at >= timestamp_micros(1772233200000000)
          AND e.occurred_at < timestamp_micros(1775944800000000)
          AND ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 BETWEEN 20513 AND 20553
          AND COALESCE(k.event = 'Email Opened', FALSE)
      ) AS fact
      WHERE subject IS NOT NULL
    ) AS pair
    GROUP BY period, part, drawn
  ) AS of_0
  UNION ALL
  SELECT period, part, drawn, CAST(NULL AS DOUBLE) AS amount_0, CAST(total AS DOUBLE) AS amount_1
  FROM (
    SELECT period, part, drawn, CAST(COUNT(DISTINCT subject) AS BIGINT) AS n, CAST(COUNT(DISTINCT subject) AS DECIMAL(38, 0)) AS total
    FROM (
      -- sessions that count, with their period
      SELECT 20513 AS period,
        COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(t.traits), '$.plan', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(t.traits), '$.plan', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(t.traits), '$.plan', 'BOOLEAN') END AS STRING)) AS part,
        x.subject AS drawn,
        x.subject AS subject,
        x.pages AS pages,
        unix_micros(x.ended_at) - unix_micros(x.started_at) AS took
      FROM session x
      JOIN event e ON e.import = x.first_import AND e.seq = x.first_seq
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
      WHERE x.day BETWEEN 20513 AND 20553
    ) AS visit
    GROUP BY period, part, drawn
  ) AS of_1
) AS added
GROUP BY period, part, drawn;

-- bounces, every DAY, by channel
-- what each adds
SELECT period, part, drawn, COALESCE(SUM(amount_0), 0) AS above, COALESCE(SUM(amount_1), 0) AS below
FROM (
  SELECT period, part, drawn, CAST(total AS DOUBLE) AS amount_0, CAST(NULL AS DOUBLE) AS amount_1
  FROM (
    SELECT period, part, drawn, CAST(COUNT(*) AS BIGINT) AS n, CAST(COUNT(*) AS DECIMAL(38, 0)) AS total
    FROM (
      -- sessions that count, with their period
      SELECT x.day AS period,
        's:' || e.channel AS part,
        x.subject AS drawn,
        x.subject AS subject,
        x.pages AS pages,
        unix_micros(x.ended_at) - unix_micros(x.started_at) AS took
      FROM session x
      JOIN event e ON e.import = x.first_import AND e.seq = x.first_seq
      JOIN kind k ON k.no = e.kind
      WHERE x.day BETWEEN 20513 AND 20553
        AND x.pages = 1
        AND x.events = 1
    ) AS visit
    GROUP BY period, part, drawn
  ) AS of_0
  UNION ALL
  SELECT period, part, drawn, CAST(NULL AS DOUBLE) AS amount_0, CAST(total AS DOUBLE) AS amount_1
  FROM (
    SELECT period, part, drawn, CAST(COUNT(*) AS BIGINT) AS n, CAST(COUNT(*) AS DECIMAL(38, 0)) AS total
    FROM (
      -- sessions that count, with their period
      SELECT x.day AS period,
        's:' || e.channel AS part,
        x.subject AS drawn,
        x.subject AS subject,
        x.pages AS pages,
        unix_micros(x.ended_at) - unix_micros(x.started_at) AS took
      FROM session x
      JOIN event e ON e.import = x.first_import AND e.seq = x.first_seq
      JOIN kind k ON k.no = e.kind
      WHERE x.day BETWEEN 20513 AND 20553
        AND x.pages > 0
    ) AS visit
    GROUP BY period, part, drawn
  ) AS of_1
) AS added
GROUP BY period, part, drawn;

-- days, every WEEK
-- what each adds
SELECT period, CAST(NULL AS STRING) AS part, drawn, COALESCE(SUM(amount_0), 0) AS above, COALESCE(SUM(amount_1), 0) AS below
FROM (
  SELECT period, part, drawn, CAST(total AS DOUBLE) / 86400000000 AS amount_0, CAST(NULL AS DOUBLE) AS amount_1
  FROM (
    SELECT period, CAST(NULL AS STRING) AS part, drawn, CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(CAST(since AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS total
    FROM (
      -- sessions that count, with their period
      SELECT 20507 + ((x.day - 20507) div 7) * 7 AS period,
        CAST(NULL AS STRING) AS part,
        x.subject AS drawn,
        x.subject AS subject,
        x.pages AS pages,
        unix_micros(x.started_at) - unix_micros(x.previous_at) AS since
      FROM session x
      JOIN subject u ON u.no = x.subject AND u.identified
      WHERE x.day BETWEEN 20507 AND 20555
        AND x.previous_at IS NOT NULL
    ) AS visit
    GROUP BY period, drawn
  ) AS of_0
  UNION ALL
  SELECT period, part, drawn, CAST(NULL AS DOUBLE) AS amount_0, CAST(total AS DOUBLE) AS amount_1
  FROM (
    SELECT period, CAST(NULL AS STRING) AS part, drawn, CAST(COUNT(*) AS BIGINT) AS n, CAST(COUNT(*) AS DECIMAL(38, 0)) AS total
    FROM (
      -- sessions that count, with their period
      SELECT 20507 + ((x.day - 20507) div 7) * 7 AS period,
        CAST(NULL AS STRING) AS part,
        x.subject AS drawn,
        x.subject AS subject,
        x.pages AS pages,
        unix_micros(x.ended_at) - unix_micros(x.started_at) AS took
      FROM session x
      JOIN subject u ON u.no = x.subject AND u.identified
      WHERE x.day BETWEEN 20507 AND 20555
        AND x.previous_at IS NOT NULL
    ) AS visit
    GROUP BY period, drawn
  ) AS of_1
) AS added
GROUP BY period, drawn;

-- exits, every WHOLE, by band
-- what each adds
SELECT period, part, drawn, COALESCE(SUM(amount_0), 0) AS above, COALESCE(SUM(amount_1), 0) AS below
FROM (
  SELECT period, part, drawn, CAST(total AS DOUBLE) AS amount_0, CAST(NULL AS DOUBLE) AS amount_1
  FROM (
    SELECT period, part, drawn, CAST(COUNT(*) AS BIGINT) AS n, CAST(COUNT(*) AS DECIMAL(38, 0)) AS total
    FROM (
      -- sessions that count, with their period
      SELECT 20513 AS period,
        g.part AS part,
        x.subject AS drawn,
        x.subject AS subject,
        x.pages AS pages,
        unix_micros(x.ended_at) - unix_micros(x.started_at) AS took
      FROM session x
      LEFT JOIN metric_group g ON g.subject = x.subject
      WHERE ((unix_micros(x.exit_at) + CASE WHEN x.exit_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 BETWEEN 20513 AND 20553
        AND x.exit_at >= timestamp_micros(1772233200000000)
        AND x.exit_at < timestamp_micros(1775944800000000)
    ) AS visit
    GROUP BY period, part, drawn
  ) AS of_0
  UNION ALL
  SELECT period, part, drawn, CAST(NULL AS DOUBLE) AS amount_0, CAST(total AS DOUBLE) AS amount_1
  FROM (
    SELECT period, part, drawn, CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(pages) AS DECIMAL(38, 0)) AS total
    FROM (
      -- sessions that count, with their period
      SELECT 20513 AS period,
        g.part AS part,
        x.subject AS drawn,
        x.subject AS subject,
        x.pages AS pages,
        unix_micros(x.ended_at) - unix_micros(x.started_at) AS took
      FROM session x
      LEFT JOIN metric_group g ON g.subject = x.subject
      WHERE x.day BETWEEN 20513 AND 20553
        AND x.pages > 0
    ) AS visit
    GROUP BY period, part, drawn
  ) AS of_1
) AS added
GROUP BY period, part, drawn;

-- pooled, every DAY, by traits.plan
-- what each adds
SELECT period, part, drawn, (COALESCE(SUM(amount_0), 0) + COALESCE(SUM(amount_1), 0)) AS above, COALESCE(SUM(amount_2), 0) AS below
FROM (
  SELECT period, part, drawn, CAST(n AS DOUBLE) AS amount_0, CAST(NULL AS DOUBLE) AS amount_1, CAST(NULL AS DOUBLE) AS amount_2
  FROM (
    SELECT period, part, drawn, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
    FROM (
      -- events that match, with their period
      SELECT ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 AS period,
        COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(t.traits), '$.plan', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(t.traits), '$.plan', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(t.traits), '$.plan', 'BOOLEAN') END AS STRING)) AS part,
        COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.post', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(e.properties), '$.post', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.properties), '$.post', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.properties), '$.post', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.post', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(e.properties), '$.post', 'BOOLEAN') END AS STRING)) AS drawn
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
      WHERE e.excluded = 0
        AND e.occurred_at >= timestamp_micros(1772233200000000)
        AND e.occurred_at < timestamp_micros(1775944800000000)
        AND ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 BETWEEN 20513 AND 20553
        AND COALESCE(k.event = 'Social Liked', FALSE)
    ) AS fact
    GROUP BY period, part, drawn
  ) AS of_0
  UNION ALL
  SELECT period, part, drawn, CAST(NULL AS DOUBLE) AS amount_0, CAST(total AS DOUBLE) / 1000 AS amount_1, CAST(NULL AS DOUBLE) AS amount_2
  FROM (
    SELECT period, part, drawn, CAST(NULL AS BIGINT) AS number, CAST(COUNT(number) AS BIGINT) AS n, SUM(CAST(number AS DECIMAL(38, 0))) AS total
    FROM (
      -- events that match, with their period
      SELECT ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 AS period,
        COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(t.traits), '$.plan', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(t.traits), '$.plan', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(t.traits), '$.plan', 'BOOLEAN') END AS STRING)) AS part,
        COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.post', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(e.properties), '$.post', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.properties), '$.post', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.properties), '$.post', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.post', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(e.properties), '$.post', 'BOOLEAN') END AS STRING)) AS drawn,
        CASE WHEN abs(e.value) < 5.0E-4D THEN CAST(0 AS BIGINT) WHEN abs(e.value) <= 1.0E9D THEN CAST(TRY_CAST(CAST(e.value AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) END AS number
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
      WHERE e.excluded = 0
        AND e.occurred_at >= timestamp_micros(1772233200000000)
        AND e.occurred_at < timestamp_micros(1775944800000000)
        AND ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 BETWEEN 20513 AND 20553
        AND COALESCE(k.event = 'Metric Reported', FALSE)
        AND COALESCE(k.event = 'Metric Reported' AND CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.metric', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(e.properties), '$.metric', 'STRING') END = 'likes', FALSE)
    ) AS fact
    GROUP BY period, part, drawn
  ) AS of_1
  UNION ALL
  SELECT period, part, drawn, CAST(NULL AS DOUBLE) AS amount_0, CAST(NULL AS DOUBLE) AS amount_1, CAST(total AS DOUBLE) / 1000 AS amount_2
  FROM (
    SELECT period, part, drawn, CAST(NULL AS BIGINT) AS number, CAST(COUNT(number) AS BIGINT) AS n, SUM(CAST(number AS DECIMAL(38, 0))) AS total
    FROM (
      -- events that match, with their period
      SELECT ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 AS period,
        COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(t.traits), '$.plan', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(t.traits), '$.plan', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(t.traits), '$.plan', 'BOOLEAN') END AS STRING)) AS part,
        COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.post', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(e.properties), '$.post', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.properties), '$.post', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.properties), '$.post', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.post', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(e.properties), '$.post', 'BOOLEAN') END AS STRING)) AS drawn,
        CASE WHEN abs(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.properties), '$.reach', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.properties), '$.reach', 'DOUBLE') END) < 5.0E-4D THEN CAST(0 AS BIGINT) WHEN abs(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.properties), '$.reach', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.properties), '$.reach', 'DOUBLE') END) <= 1.0E9D THEN CAST(TRY_CAST(CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.properties), '$.reach', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.properties), '$.reach', 'DOUBLE') END AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) END AS number
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
      WHERE e.excluded = 0
        AND e.occurred_at >= timestamp_micros(1772233200000000)
        AND e.occurred_at < timestamp_micros(1775944800000000)
        AND ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 BETWEEN 20513 AND 20553
        AND COALESCE(k.event = 'Social Post Reached', FALSE)
    ) AS fact
    GROUP BY period, part, drawn
  ) AS of_2
) AS added
GROUP BY period, part, drawn;

-- posts, every WEEK, by channel
-- what each adds
SELECT period, part, drawn, COALESCE(SUM(amount_0), 0) AS above, COALESCE(SUM(amount_1), 0) AS below
FROM (
  SELECT period, part, drawn, CAST(n AS DOUBLE) AS amount_0, CAST(NULL AS DOUBLE) AS amount_1
  FROM (
    SELECT period, part, drawn, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
    FROM (
      -- events that match, with their period
      SELECT 20507 + ((((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 - 20507) div 7) * 7 AS period,
        's:' || e.channel AS part,
        COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(t.traits), '$.plan', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(t.traits), '$.plan', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(t.traits), '$.plan', 'BOOLEAN') END AS STRING)) AS drawn
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
      WHERE e.excluded = 0
        AND e.occurred_at >= timestamp_micros(1771714800000000)
        AND e.occurred_at < timestamp_micros(1776117600000000)
        AND ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 BETWEEN 20507 AND 20555
        AND COALESCE(k.event = 'Social Liked', FALSE)
    ) AS fact
    GROUP BY period, part, drawn
  ) AS of_0
  UNION ALL
  SELECT period, part, drawn, CAST(NULL AS DOUBLE) AS amount_0, CAST(total AS DOUBLE) / 1000 AS amount_1
  FROM (
    SELECT period, part, drawn, CAST(NULL AS BIGINT) AS number, CAST(COUNT(number) AS BIGINT) AS n, SUM(CAST(number AS DECIMAL(38, 0))) AS total
    FROM (
      -- events that match, with their period
      SELECT 20507 + ((((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 - 20507) div 7) * 7 AS period,
        's:' || e.channel AS part,
        COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(t.traits), '$.plan', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(t.traits), '$.plan', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(t.traits), '$.plan', 'BOOLEAN') END AS STRING)) AS drawn,
        CASE WHEN abs(e.value) < 5.0E-4D THEN CAST(0 AS BIGINT) WHEN abs(e.value) <= 1.0E9D THEN CAST(TRY_CAST(CAST(e.value AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) END AS number
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
      WHERE e.excluded = 0
        AND e.occurred_at >= timestamp_micros(1771714800000000)
        AND e.occurred_at < timestamp_micros(1776117600000000)
        AND ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 BETWEEN 20507 AND 20555
        AND COALESCE(k.event = 'Social Post Reached', FALSE)
    ) AS fact
    GROUP BY period, part, drawn
  ) AS of_1
) AS added
GROUP BY period, part, drawn;

