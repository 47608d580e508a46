-- views, every WHOLE, by segment
SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- events that match, with their period
  SELECT 20513 AS period,
    g.part AS part
  FROM event e
  JOIN kind k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  LEFT JOIN metric_group g ON g.subject = COALESCE(m.subject, e.person)
  WHERE e.excluded = 0
    AND e.occurred_at >= make_timestamptz(1772233200000000)
    AND e.occurred_at < make_timestamptz(1775944800000000)
    AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
    AND COALESCE(k.type = 'page', FALSE)
) AS fact
GROUP BY period, part;

-- buyers, every WHOLE, by band
SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(DISTINCT subject) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- events that match, with their period
  SELECT 20513 AS period,
    g.part AS part,
    COALESCE(m.subject, e.person) AS subject
  FROM event e
  JOIN kind k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  JOIN subject u ON u.no = COALESCE(m.subject, e.person) AND u.identified
  LEFT JOIN metric_group g ON g.subject = COALESCE(m.subject, e.person)
  WHERE e.excluded = 0
    AND e.occurred_at >= make_timestamptz(1772233200000000)
    AND e.occurred_at < make_timestamptz(1775944800000000)
    AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
    AND COALESCE(k.event = 'Order Completed', FALSE)
    AND COALESCE(k.event = 'Order Completed' AND e.value > 0.0e0, FALSE)
) AS fact
GROUP BY period, part;

-- orders, every WHOLE, by segment
SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(DISTINCT value) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- events that match, with their period
  SELECT 20513 AS period,
    g.part AS part,
    COALESCE('s:' || CASE WHEN json_type(e.properties, '$.order_id') = 'VARCHAR' THEN json_extract_string(e.properties, '$.order_id') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.order_id') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.order_id') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.order_id') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.order_id') = 'true' END AS STRING)) AS value
  FROM event e
  JOIN kind k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  LEFT JOIN metric_group g ON g.subject = COALESCE(m.subject, e.person)
  WHERE e.excluded = 0
    AND e.occurred_at >= make_timestamptz(1772233200000000)
    AND e.occurred_at < make_timestamptz(1775944800000000)
    AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
    AND COALESCE(k.event = 'Order Completed', FALSE)
) AS fact
GROUP BY period, part;

-- gross, every WHOLE, by band
SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(number) AS BIGINT) AS n, SUM(number) AS total
FROM (
  -- events that match, with their period
  SELECT 20513 AS period,
    g.part AS part,
    CASE WHEN abs(e.value) < 5.0E-4 THEN CAST(0 AS BIGINT) WHEN abs(e.value) <= 1.0E9 THEN CAST(TRY_CAST(CAST(e.value AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) END AS number
  FROM event e
  JOIN kind k ON k.no = e.kind
  JOIN source s ON s.no = e.source
  LEFT JOIN merged m ON m.person = e.person
  LEFT JOIN metric_group g ON g.subject = COALESCE(m.subject, e.person)
  WHERE e.excluded = 0
    AND e.occurred_at >= make_timestamptz(1772233200000000)
    AND e.occurred_at < make_timestamptz(1775944800000000)
    AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
    AND COALESCE(k.event = 'Order Completed', FALSE)
    AND COALESCE(k.event = 'Order Completed' AND s.name = 'shop', FALSE)
) AS fact
GROUP BY period, part;

-- satisfied, every WHOLE, by segment
SELECT period, part, number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- events that match, with their period and number
  SELECT period, part, number,
    ROW_NUMBER() OVER (PARTITION BY period, part, subject ORDER BY occurred DESC, message DESC, number DESC) AS place
  FROM (
    SELECT 20513 AS period,
      g.part AS part,
      CASE WHEN abs(CASE WHEN json_type(e.properties, '$.score') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.score') AS DOUBLE) END) < 5.0E-4 THEN CAST(0 AS BIGINT) WHEN abs(CASE WHEN json_type(e.properties, '$.score') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.score') AS DOUBLE) END) <= 1.0E9 THEN CAST(TRY_CAST(CAST(CASE WHEN json_type(e.properties, '$.score') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.score') AS DOUBLE) END AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) END AS number,
      COALESCE(m.subject, e.person) AS subject,
      epoch_us(e.occurred_at) AS occurred,
      COALESCE(e.message_text, CAST(e.message AS STRING)) AS message
    FROM event e
    JOIN kind k ON k.no = e.kind
    LEFT JOIN merged m ON m.person = e.person
    LEFT JOIN metric_group g ON g.subject = COALESCE(m.subject, e.person)
    WHERE e.excluded = 0
      AND e.occurred_at >= make_timestamptz(1772233200000000)
      AND e.occurred_at < make_timestamptz(1775944800000000)
      AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
      AND COALESCE(k.event = 'Survey Answered', FALSE)
  ) AS answer
  WHERE number IS NOT NULL AND subject IS NOT NULL
) AS fact
WHERE number IS NOT NULL AND place = 1
GROUP BY period, part, number;

-- minutes, every WHOLE, by band
SELECT period, part, number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- events that match, with their period and number
  SELECT 20513 AS period,
    g.part AS part,
    CASE WHEN abs(CASE WHEN json_type(e.properties, '$.minutes') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.minutes') AS DOUBLE) END) < 5.0E-4 THEN CAST(0 AS BIGINT) WHEN abs(CASE WHEN json_type(e.properties, '$.minutes') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.minutes') AS DOUBLE) END) <= 1.0E9 THEN CAST(TRY_CAST(CAST(CASE WHEN json_type(e.properties, '$.minutes') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.minutes') AS DOUBLE) END AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) END AS number
  FROM event e
  JOIN kind k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  JOIN subject u ON u.no = COALESCE(m.subject, e.person) AND NOT u.identified
  LEFT JOIN metric_group g ON g.subject = COALESCE(m.subject, e.person)
  WHERE e.excluded = 0
    AND e.occurred_at >= make_timestamptz(1772233200000000)
    AND e.occurred_at < make_timestamptz(1775944800000000)
    AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
    AND COALESCE(k.event = 'Session Ended', FALSE)
) AS fact
WHERE number IS NOT NULL
GROUP BY period, part, number;

-- reach, every WHOLE, by segment
SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(DISTINCT subject) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- events that match, with their period
  SELECT 20513 AS period,
    g.part AS part,
    COALESCE(m.subject, e.person) AS subject
  FROM event e
  JOIN kind k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
  LEFT JOIN metric_group g ON g.subject = COALESCE(m.subject, e.person)
  WHERE e.excluded = 0
    AND e.occurred_at >= make_timestamptz(1772233200000000)
    AND e.occurred_at < make_timestamptz(1775944800000000)
    AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
    AND TRUE
    AND COALESCE(CASE WHEN json_type(t.traits, '$.plan') = 'VARCHAR' THEN json_extract_string(t.traits, '$.plan') END = 'team', FALSE)
) AS fact
GROUP BY period, part;

-- reach, every WHOLE, by band
SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- events that match, with their period
  SELECT 20513 AS period,
    g.part AS part
  FROM event e
  JOIN kind k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  LEFT JOIN metric_group g ON g.subject = COALESCE(m.subject, e.person)
  WHERE e.excluded = 0
    AND e.occurred_at >= make_timestamptz(1772233200000000)
    AND e.occurred_at < make_timestamptz(1775944800000000)
    AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
    AND COALESCE(k.event = 'Social Post Reached', FALSE)
) AS fact
GROUP BY period, part;

-- opens, every WHOLE, by segment
SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- pairs of a customer and a value
  SELECT DISTINCT period, part, subject, value
  FROM (
    SELECT 20513 AS period,
      g.part AS part,
      COALESCE(m.subject, e.person) AS subject,
      COALESCE(COALESCE('s:' || CASE WHEN json_type(e.properties, '$.email_id') = 'VARCHAR' THEN json_extract_string(e.properties, '$.email_id') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.email_id') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.email_id') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.email_id') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.email_id') = 'true' END AS STRING)), COALESCE('s:' || CASE WHEN json_type(e.properties, '$.campaign') = 'VARCHAR' THEN json_extract_string(e.properties, '$.campaign') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.campaign') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.campaign') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.campaign') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.campaign') = 'true' END AS STRING))) AS value
    FROM event e
    JOIN kind k ON k.no = e.kind
    LEFT JOIN merged m ON m.person = e.person
    LEFT JOIN metric_group g ON g.subject = COALESCE(m.subject, e.person)
    WHERE e.excluded = 0
      AND e.occurred_at >= make_timestamptz(1772233200000000)
      AND e.occurred_at < make_timestamptz(1775944800000000)
      AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
      AND COALESCE(k.event = 'Email Opened', FALSE)
  ) AS fact
  WHERE subject IS NOT NULL
) AS pair
GROUP BY period, part;

-- repeat, every WHOLE, by band
SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- customers with 2 different values or more
  SELECT period, part, subject
  FROM (
    SELECT 20513 AS period,
      g.part AS part,
      COALESCE(m.subject, e.person) AS subject,
      COALESCE('s:' || CASE WHEN json_type(e.properties, '$.order_id') = 'VARCHAR' THEN json_extract_string(e.properties, '$.order_id') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.order_id') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.order_id') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.order_id') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.order_id') = 'true' END AS STRING)) AS value
    FROM event e
    JOIN kind k ON k.no = e.kind
    LEFT JOIN merged m ON m.person = e.person
    JOIN subject u ON u.no = COALESCE(m.subject, e.person) AND u.identified
    LEFT JOIN metric_group g ON g.subject = COALESCE(m.subject, e.person)
    WHERE e.excluded = 0
      AND e.occurred_at >= make_timestamptz(1772233200000000)
      AND e.occurred_at < make_timestamptz(1775944800000000)
      AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
      AND COALESCE(k.event = 'Order Completed', FALSE)
  ) AS fact
  WHERE subject IS NOT NULL
  GROUP BY period, part, subject
  HAVING MIN(value) <> MAX(value)
) AS often
GROUP BY period, part;

-- machine, every WHOLE, by segment
SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- events that match, with their period
  SELECT 20513 AS period,
    g.part AS part
  FROM event e
  JOIN kind k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  LEFT JOIN metric_group g ON g.subject = COALESCE(m.subject, e.person)
  WHERE e.excluded IN (3, 4)
    AND e.occurred_at >= make_timestamptz(1772233200000000)
    AND e.occurred_at < make_timestamptz(1775944800000000)
    AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
    AND COALESCE(k.event = 'Email Opened', FALSE)
) AS fact
GROUP BY period, part;

