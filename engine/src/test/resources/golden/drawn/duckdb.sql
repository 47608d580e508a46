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
        AND e.occurred_at >= make_timestamptz(1772233200000000)
        AND e.occurred_at < make_timestamptz(1775944800000000)
        AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
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
        AND e.occurred_at >= make_timestamptz(1772233200000000)
        AND e.occurred_at < make_timestamptz(1775944800000000)
        AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
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
    SELECT period, CAST(NULL AS STRING) AS part, drawn, CAST(NULL AS BIGINT) AS number, CAST(COUNT(number) AS BIGINT) AS n, SUM(number) AS total
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
    SELECT period, CAST(NULL AS STRING) AS part, drawn, CAST(NULL AS BIGINT) AS number, CAST(COUNT(number) AS BIGINT) AS n, SUM(number) AS total
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
      SELECT 20507 + ((day - 20507) // 7) * 7 AS period, g.part AS part, f.subject AS drawn, f.value
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
      SELECT 20507 + ((day - 20507) // 7) * 7 AS period, g.part AS part, f.subject AS drawn, f.subject
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
          COALESCE('s:' || CASE WHEN json_type(t.traits, '$.plan') = 'VARCHAR' THEN json_extract_string(t.traits, '$.plan') END, 'n:' || CAST(CASE WHEN json_type(t.traits, '$.plan') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(t.traits, '$.plan') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(t.traits, '$.plan') = 'BOOLEAN' THEN json_extract_string(t.traits, '$.plan') = 'true' END AS STRING)) AS part,
          COALESCE(m.subject, e.person) AS drawn,
          COALESCE(m.subject, e.person) AS subject,
          COALESCE(COALESCE('s:' || CASE WHEN json_type(e.properties, '$.mail_id') = 'VARCHAR' THEN json_extract_string(e.properties, '$.mail_id') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.mail_id') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.mail_id') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.mail_id') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.mail_id') = 'true' END AS STRING)), COALESCE('s:' || CASE WHEN json_type(e.properties, '$.campaign') = 'VARCHAR' THEN json_extract_string(e.properties, '$.campaign') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.campaign') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.campaign') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.campaign') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.campaign') = 'true' END AS STRING))) AS value
        FROM event e
        JOIN kind k ON k.no = e.kind
        LEFT JOIN merged m ON m.person = e.person
        LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
        WHERE e.excluded = 0
          AND e.occurred_at >= make_timestamptz(1772233200000000)
          AND e.occurred_at < make_timestamptz(1775944800000000)
          AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
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
        COALESCE('s:' || CASE WHEN json_type(t.traits, '$.plan') = 'VARCHAR' THEN json_extract_string(t.traits, '$.plan') END, 'n:' || CAST(CASE WHEN json_type(t.traits, '$.plan') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(t.traits, '$.plan') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(t.traits, '$.plan') = 'BOOLEAN' THEN json_extract_string(t.traits, '$.plan') = 'true' END AS STRING)) AS part,
        x.subject AS drawn,
        x.subject AS subject,
        x.pages AS pages,
        epoch_us(x.ended_at) - epoch_us(x.started_at) AS took
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
        epoch_us(x.ended_at) - epoch_us(x.started_at) AS took
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
        epoch_us(x.ended_at) - epoch_us(x.started_at) AS took
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
    SELECT period, CAST(NULL AS STRING) AS part, drawn, CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(since) AS DECIMAL(38, 0)) AS total
    FROM (
      -- sessions that count, with their period
      SELECT 20507 + ((x.day - 20507) // 7) * 7 AS period,
        CAST(NULL AS STRING) AS part,
        x.subject AS drawn,
        x.subject AS subject,
        x.pages AS pages,
        epoch_us(x.started_at) - epoch_us(x.previous_at) AS since
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
      SELECT 20507 + ((x.day - 20507) // 7) * 7 AS period,
        CAST(NULL AS STRING) AS part,
        x.subject AS drawn,
        x.subject AS subject,
        x.pages AS pages,
        epoch_us(x.ended_at) - epoch_us(x.started_at) AS took
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
        epoch_us(x.ended_at) - epoch_us(x.started_at) AS took
      FROM session x
      LEFT JOIN metric_group g ON g.subject = x.subject
      WHERE ((epoch_us(x.exit_at) + CASE WHEN x.exit_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
        AND x.exit_at >= make_timestamptz(1772233200000000)
        AND x.exit_at < make_timestamptz(1775944800000000)
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
        epoch_us(x.ended_at) - epoch_us(x.started_at) AS took
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
      SELECT ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS period,
        COALESCE('s:' || CASE WHEN json_type(t.traits, '$.plan') = 'VARCHAR' THEN json_extract_string(t.traits, '$.plan') END, 'n:' || CAST(CASE WHEN json_type(t.traits, '$.plan') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(t.traits, '$.plan') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(t.traits, '$.plan') = 'BOOLEAN' THEN json_extract_string(t.traits, '$.plan') = 'true' END AS STRING)) AS part,
        COALESCE('s:' || CASE WHEN json_type(e.properties, '$.post') = 'VARCHAR' THEN json_extract_string(e.properties, '$.post') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.post') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.post') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.post') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.post') = 'true' END AS STRING)) AS drawn
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
      WHERE e.excluded = 0
        AND e.occurred_at >= make_timestamptz(1772233200000000)
        AND e.occurred_at < make_timestamptz(1775944800000000)
        AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
        AND COALESCE(k.event = 'Social Liked', FALSE)
    ) AS fact
    GROUP BY period, part, drawn
  ) AS of_0
  UNION ALL
  SELECT period, part, drawn, CAST(NULL AS DOUBLE) AS amount_0, CAST(total AS DOUBLE) / 1000 AS amount_1, CAST(NULL AS DOUBLE) AS amount_2
  FROM (
    SELECT period, part, drawn, CAST(NULL AS BIGINT) AS number, CAST(COUNT(number) AS BIGINT) AS n, SUM(number) AS total
    FROM (
      -- events that match, with their period
      SELECT ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS period,
        COALESCE('s:' || CASE WHEN json_type(t.traits, '$.plan') = 'VARCHAR' THEN json_extract_string(t.traits, '$.plan') END, 'n:' || CAST(CASE WHEN json_type(t.traits, '$.plan') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(t.traits, '$.plan') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(t.traits, '$.plan') = 'BOOLEAN' THEN json_extract_string(t.traits, '$.plan') = 'true' END AS STRING)) AS part,
        COALESCE('s:' || CASE WHEN json_type(e.properties, '$.post') = 'VARCHAR' THEN json_extract_string(e.properties, '$.post') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.post') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.post') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.post') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.post') = 'true' END AS STRING)) AS drawn,
        CASE WHEN abs(e.value) < 5.0E-4 THEN CAST(0 AS BIGINT) WHEN abs(e.value) <= 1.0E9 THEN CAST(TRY_CAST(CAST(e.value AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) END AS number
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
      WHERE e.excluded = 0
        AND e.occurred_at >= make_timestamptz(1772233200000000)
        AND e.occurred_at < make_timestamptz(1775944800000000)
        AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
        AND COALESCE(k.event = 'Metric Reported', FALSE)
        AND COALESCE(k.event = 'Metric Reported' AND CASE WHEN json_type(e.properties, '$.metric') = 'VARCHAR' THEN json_extract_string(e.properties, '$.metric') END = 'likes', FALSE)
    ) AS fact
    GROUP BY period, part, drawn
  ) AS of_1
  UNION ALL
  SELECT period, part, drawn, CAST(NULL AS DOUBLE) AS amount_0, CAST(NULL AS DOUBLE) AS amount_1, CAST(total AS DOUBLE) / 1000 AS amount_2
  FROM (
    SELECT period, part, drawn, CAST(NULL AS BIGINT) AS number, CAST(COUNT(number) AS BIGINT) AS n, SUM(number) AS total
    FROM (
      -- events that match, with their period
      SELECT ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS period,
        COALESCE('s:' || CASE WHEN json_type(t.traits, '$.plan') = 'VARCHAR' THEN json_extract_string(t.traits, '$.plan') END, 'n:' || CAST(CASE WHEN json_type(t.traits, '$.plan') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(t.traits, '$.plan') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(t.traits, '$.plan') = 'BOOLEAN' THEN json_extract_string(t.traits, '$.plan') = 'true' END AS STRING)) AS part,
        COALESCE('s:' || CASE WHEN json_type(e.properties, '$.post') = 'VARCHAR' THEN json_extract_string(e.properties, '$.post') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.post') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.post') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.post') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.post') = 'true' END AS STRING)) AS drawn,
        CASE WHEN abs(CASE WHEN json_type(e.properties, '$.reach') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.reach') AS DOUBLE) END) < 5.0E-4 THEN CAST(0 AS BIGINT) WHEN abs(CASE WHEN json_type(e.properties, '$.reach') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.reach') AS DOUBLE) END) <= 1.0E9 THEN CAST(TRY_CAST(CAST(CASE WHEN json_type(e.properties, '$.reach') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.reach') AS DOUBLE) END AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) END AS number
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
      WHERE e.excluded = 0
        AND e.occurred_at >= make_timestamptz(1772233200000000)
        AND e.occurred_at < make_timestamptz(1775944800000000)
        AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
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
      SELECT 20507 + ((((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 - 20507) // 7) * 7 AS period,
        's:' || e.channel AS part,
        COALESCE('s:' || CASE WHEN json_type(t.traits, '$.plan') = 'VARCHAR' THEN json_extract_string(t.traits, '$.plan') END, 'n:' || CAST(CASE WHEN json_type(t.traits, '$.plan') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(t.traits, '$.plan') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(t.traits, '$.plan') = 'BOOLEAN' THEN json_extract_string(t.traits, '$.plan') = 'true' END AS STRING)) AS drawn
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
      WHERE e.excluded = 0
        AND e.occurred_at >= make_timestamptz(1771714800000000)
        AND e.occurred_at < make_timestamptz(1776117600000000)
        AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20507 AND 20555
        AND COALESCE(k.event = 'Social Liked', FALSE)
    ) AS fact
    GROUP BY period, part, drawn
  ) AS of_0
  UNION ALL
  SELECT period, part, drawn, CAST(NULL AS DOUBLE) AS amount_0, CAST(total AS DOUBLE) / 1000 AS amount_1
  FROM (
    SELECT period, part, drawn, CAST(NULL AS BIGINT) AS number, CAST(COUNT(number) AS BIGINT) AS n, SUM(number) AS total
    FROM (
      -- events that match, with their period
      SELECT 20507 + ((((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 - 20507) // 7) * 7 AS period,
        's:' || e.channel AS part,
        COALESCE('s:' || CASE WHEN json_type(t.traits, '$.plan') = 'VARCHAR' THEN json_extract_string(t.traits, '$.plan') END, 'n:' || CAST(CASE WHEN json_type(t.traits, '$.plan') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(t.traits, '$.plan') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(t.traits, '$.plan') = 'BOOLEAN' THEN json_extract_string(t.traits, '$.plan') = 'true' END AS STRING)) AS drawn,
        CASE WHEN abs(e.value) < 5.0E-4 THEN CAST(0 AS BIGINT) WHEN abs(e.value) <= 1.0E9 THEN CAST(TRY_CAST(CAST(e.value AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) END AS number
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
      WHERE e.excluded = 0
        AND e.occurred_at >= make_timestamptz(1771714800000000)
        AND e.occurred_at < make_timestamptz(1776117600000000)
        AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20507 AND 20555
        AND COALESCE(k.event = 'Social Post Reached', FALSE)
    ) AS fact
    GROUP BY period, part, drawn
  ) AS of_1
) AS added
GROUP BY period, part, drawn;

