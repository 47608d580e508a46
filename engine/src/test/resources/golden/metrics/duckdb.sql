-- views, every WHOLE
SELECT period, CAST(NULL AS STRING) AS part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- events that match, with their period
  SELECT 20513 AS period
  FROM event e
  JOIN kind k ON k.no = e.kind
  WHERE e.excluded = 0
    AND e.occurred_at >= make_timestamptz(1772233200000000)
    AND e.occurred_at < make_timestamptz(1775944800000000)
    AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
    AND COALESCE(k.type = 'page', FALSE)
) AS fact
GROUP BY period;

-- buyers, every DAY, by channel
SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(DISTINCT subject) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- events that match, with their period
  SELECT ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS period,
    's:' || e.channel AS part,
    COALESCE(m.subject, e.person) AS subject
  FROM event e
  JOIN kind k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  JOIN subject u ON u.no = COALESCE(m.subject, e.person) AND u.identified
  WHERE e.excluded = 0
    AND e.occurred_at >= make_timestamptz(1772233200000000)
    AND e.occurred_at < make_timestamptz(1775944800000000)
    AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
    AND COALESCE(k.event = 'Order Completed', FALSE)
    AND COALESCE(k.event = 'Order Completed' AND e.value > 0.0e0, FALSE)
) AS fact
GROUP BY period, part;

-- orders, every WEEK, by traits.plan
SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(DISTINCT value) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- events that match, with their period
  SELECT 20507 + ((((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 - 20507) // 7) * 7 AS period,
    COALESCE('s:' || CASE WHEN json_type(t.traits, '$.plan') = 'VARCHAR' THEN json_extract_string(t.traits, '$.plan') END, 'n:' || CAST(CASE WHEN json_type(t.traits, '$.plan') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(t.traits, '$.plan') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(t.traits, '$.plan') = 'BOOLEAN' THEN json_extract_string(t.traits, '$.plan') = 'true' END AS STRING)) AS part,
    COALESCE('s:' || CASE WHEN json_type(e.properties, '$.order_id') = 'VARCHAR' THEN json_extract_string(e.properties, '$.order_id') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.order_id') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.order_id') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.order_id') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.order_id') = 'true' END AS STRING)) AS value
  FROM event e
  JOIN kind k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
  WHERE e.excluded = 0
    AND e.occurred_at >= make_timestamptz(1771714800000000)
    AND e.occurred_at < make_timestamptz(1776117600000000)
    AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20507 AND 20555
    AND COALESCE(k.event = 'Order Completed', FALSE)
) AS fact
GROUP BY period, part;

-- gross, every MONTH, by account.tier
SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(number) AS BIGINT) AS n, SUM(number) AS total
FROM (
  -- events that match, with their period
  SELECT CASE WHEN ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 < 20544 THEN 20513 ELSE 20544 END AS period,
    COALESCE('s:' || CASE WHEN json_type(a.traits, '$.tier') = 'VARCHAR' THEN json_extract_string(a.traits, '$.tier') END, 'n:' || CAST(CASE WHEN json_type(a.traits, '$.tier') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(a.traits, '$.tier') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(a.traits, '$.tier') = 'BOOLEAN' THEN json_extract_string(a.traits, '$.tier') = 'true' END AS STRING)) AS part,
    CASE WHEN abs(e.value) < 5.0E-4 THEN CAST(0 AS BIGINT) WHEN abs(e.value) <= 1.0E9 THEN CAST(TRY_CAST(CAST(e.value AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) END AS number
  FROM event e
  JOIN kind k ON k.no = e.kind
  JOIN source s ON s.no = e.source
  LEFT JOIN merged m ON m.person = e.person
  LEFT JOIN membership b ON b.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= b.from_at AND e.occurred_at < b.to_at
  LEFT JOIN account_state a ON a.account = COALESCE(e.account, b.account) AND e.occurred_at >= a.from_at AND e.occurred_at < a.to_at
  WHERE e.excluded = 0
    AND e.occurred_at >= make_timestamptz(1772233200000000)
    AND e.occurred_at < make_timestamptz(1777672800000000)
    AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20573
    AND COALESCE(k.event = 'Order Completed', FALSE)
    AND COALESCE(k.event = 'Order Completed' AND s.name = 'shop', FALSE)
) AS fact
GROUP BY period, part;

-- satisfied, every WHOLE, by properties.page
SELECT period, part, number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- events that match, with their period and number
  SELECT period, part, number,
    ROW_NUMBER() OVER (PARTITION BY period, subject ORDER BY occurred DESC, message DESC, number DESC) AS place
  FROM (
    SELECT 20513 AS period,
      COALESCE('s:' || CASE WHEN json_type(e.properties, '$.page') = 'VARCHAR' THEN json_extract_string(e.properties, '$.page') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.page') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.page') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.page') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.page') = 'true' END AS STRING)) AS part,
      CASE WHEN abs(CASE WHEN json_type(e.properties, '$.score') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.score') AS DOUBLE) END) < 5.0E-4 THEN CAST(0 AS BIGINT) WHEN abs(CASE WHEN json_type(e.properties, '$.score') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.score') AS DOUBLE) END) <= 1.0E9 THEN CAST(TRY_CAST(CAST(CASE WHEN json_type(e.properties, '$.score') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.score') AS DOUBLE) END AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) END AS number,
      COALESCE(m.subject, e.person) AS subject,
      epoch_us(e.occurred_at) AS occurred,
      COALESCE(e.message_text, CAST(e.message AS STRING)) AS message
    FROM event e
    JOIN kind k ON k.no = e.kind
    LEFT JOIN merged m ON m.person = e.person
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

-- minutes, every DAY, by campaign
SELECT period, part, number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- events that match, with their period and number
  SELECT ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS period,
    COALESCE(COALESCE('s:' || CASE WHEN json_type(e.properties, '$.campaign') = 'VARCHAR' THEN json_extract_string(e.properties, '$.campaign') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.campaign') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.campaign') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.campaign') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.campaign') = 'true' END AS STRING)), COALESCE('s:' || CASE WHEN json_type(e.context, '$.campaign.name') = 'VARCHAR' THEN json_extract_string(e.context, '$.campaign.name') END, 'n:' || CAST(CASE WHEN json_type(e.context, '$.campaign.name') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.context, '$.campaign.name') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.context, '$.campaign.name') = 'BOOLEAN' THEN json_extract_string(e.context, '$.campaign.name') = 'true' END AS STRING))) AS part,
    CASE WHEN abs(CASE WHEN json_type(e.properties, '$.minutes') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.minutes') AS DOUBLE) END) < 5.0E-4 THEN CAST(0 AS BIGINT) WHEN abs(CASE WHEN json_type(e.properties, '$.minutes') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.minutes') AS DOUBLE) END) <= 1.0E9 THEN CAST(TRY_CAST(CAST(CASE WHEN json_type(e.properties, '$.minutes') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.minutes') AS DOUBLE) END AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) END AS number
  FROM event e
  JOIN kind k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  JOIN subject u ON u.no = COALESCE(m.subject, e.person) AND NOT u.identified
  WHERE e.excluded = 0
    AND e.occurred_at >= make_timestamptz(1772233200000000)
    AND e.occurred_at < make_timestamptz(1775944800000000)
    AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
    AND COALESCE(k.event = 'Session Ended', FALSE)
) AS fact
WHERE number IS NOT NULL
GROUP BY period, part, number;

-- reach, every WEEK
SELECT period, CAST(NULL AS STRING) AS part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(DISTINCT subject) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- events that match, with their period
  SELECT 20507 + ((((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 - 20507) // 7) * 7 AS period,
    COALESCE(m.subject, e.person) AS subject
  FROM event e
  JOIN kind k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
  WHERE e.excluded = 0
    AND e.occurred_at >= make_timestamptz(1771714800000000)
    AND e.occurred_at < make_timestamptz(1776117600000000)
    AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20507 AND 20555
    AND TRUE
    AND COALESCE(CASE WHEN json_type(t.traits, '$.plan') = 'VARCHAR' THEN json_extract_string(t.traits, '$.plan') END = 'team', FALSE)
) AS fact
GROUP BY period;

-- reach, every MONTH, by channel
SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- events that match, with their period
  SELECT CASE WHEN ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 < 20544 THEN 20513 ELSE 20544 END AS period,
    's:' || e.channel AS part
  FROM event e
  JOIN kind k ON k.no = e.kind
  WHERE e.excluded = 0
    AND e.occurred_at >= make_timestamptz(1772233200000000)
    AND e.occurred_at < make_timestamptz(1777672800000000)
    AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20573
    AND COALESCE(k.event = 'Social Post Reached', FALSE)
) AS fact
GROUP BY period, part;

-- opens, every WHOLE, by traits.plan
SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- pairs of a customer and a value
  SELECT DISTINCT period, part, subject, value
  FROM (
    SELECT 20513 AS period,
      COALESCE('s:' || CASE WHEN json_type(t.traits, '$.plan') = 'VARCHAR' THEN json_extract_string(t.traits, '$.plan') END, 'n:' || CAST(CASE WHEN json_type(t.traits, '$.plan') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(t.traits, '$.plan') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(t.traits, '$.plan') = 'BOOLEAN' THEN json_extract_string(t.traits, '$.plan') = 'true' END AS STRING)) AS part,
      COALESCE(m.subject, e.person) AS subject,
      COALESCE(COALESCE('s:' || CASE WHEN json_type(e.properties, '$.email_id') = 'VARCHAR' THEN json_extract_string(e.properties, '$.email_id') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.email_id') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.email_id') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.email_id') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.email_id') = 'true' END AS STRING)), COALESCE('s:' || CASE WHEN json_type(e.properties, '$.campaign') = 'VARCHAR' THEN json_extract_string(e.properties, '$.campaign') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.campaign') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.campaign') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.campaign') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.campaign') = 'true' END AS STRING))) AS value
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
GROUP BY period, part;

-- repeat, every DAY, by account.tier
SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- customers with 2 different values or more
  SELECT period, part, subject
  FROM (
    SELECT ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS period,
      COALESCE('s:' || CASE WHEN json_type(a.traits, '$.tier') = 'VARCHAR' THEN json_extract_string(a.traits, '$.tier') END, 'n:' || CAST(CASE WHEN json_type(a.traits, '$.tier') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(a.traits, '$.tier') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(a.traits, '$.tier') = 'BOOLEAN' THEN json_extract_string(a.traits, '$.tier') = 'true' END AS STRING)) AS part,
      COALESCE(m.subject, e.person) AS subject,
      COALESCE('s:' || CASE WHEN json_type(e.properties, '$.order_id') = 'VARCHAR' THEN json_extract_string(e.properties, '$.order_id') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.order_id') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.order_id') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.order_id') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.order_id') = 'true' END AS STRING)) AS value
    FROM event e
    JOIN kind k ON k.no = e.kind
    LEFT JOIN merged m ON m.person = e.person
    LEFT JOIN membership b ON b.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= b.from_at AND e.occurred_at < b.to_at
    LEFT JOIN account_state a ON a.account = COALESCE(e.account, b.account) AND e.occurred_at >= a.from_at AND e.occurred_at < a.to_at
    JOIN subject u ON u.no = COALESCE(m.subject, e.person) AND u.identified
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

-- machine, every WEEK, by properties.page
SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- events that match, with their period
  SELECT 20507 + ((((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 - 20507) // 7) * 7 AS period,
    COALESCE('s:' || CASE WHEN json_type(e.properties, '$.page') = 'VARCHAR' THEN json_extract_string(e.properties, '$.page') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.page') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.page') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.page') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.page') = 'true' END AS STRING)) AS part
  FROM event e
  JOIN kind k ON k.no = e.kind
  WHERE e.excluded IN (3, 4)
    AND e.occurred_at >= make_timestamptz(1771714800000000)
    AND e.occurred_at < make_timestamptz(1776117600000000)
    AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20507 AND 20555
    AND COALESCE(k.event = 'Email Opened', FALSE)
) AS fact
GROUP BY period, part;

-- between, every MONTH, by campaign
SELECT CASE WHEN day < 20544 THEN 20513 ELSE 20544 END AS period, part, number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- thousandths of days since the one before
  SELECT day, part,
    ((occurred - before + 43200000) // 86400000) AS number
  FROM (
    SELECT *, LAG(occurred) OVER (PARTITION BY subject ORDER BY occurred, message, COALESCE(part, '')) AS before
    FROM (
      -- the first event of each value
      SELECT *, ROW_NUMBER() OVER (PARTITION BY subject, value ORDER BY occurred, message, COALESCE(part, '')) AS place
      FROM (
          SELECT COALESCE(m.subject, e.person) AS subject,
            epoch_us(e.occurred_at) AS occurred,
            ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS day,
            COALESCE(COALESCE('s:' || CASE WHEN json_type(e.properties, '$.campaign') = 'VARCHAR' THEN json_extract_string(e.properties, '$.campaign') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.campaign') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.campaign') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.campaign') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.campaign') = 'true' END AS STRING)), COALESCE('s:' || CASE WHEN json_type(e.context, '$.campaign.name') = 'VARCHAR' THEN json_extract_string(e.context, '$.campaign.name') END, 'n:' || CAST(CASE WHEN json_type(e.context, '$.campaign.name') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.context, '$.campaign.name') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.context, '$.campaign.name') = 'BOOLEAN' THEN json_extract_string(e.context, '$.campaign.name') = 'true' END AS STRING))) AS part,
            COALESCE(e.message_text, CAST(e.message AS STRING)) AS message,
            COALESCE('s:' || CASE WHEN json_type(e.properties, '$.order_id') = 'VARCHAR' THEN json_extract_string(e.properties, '$.order_id') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.order_id') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.order_id') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.order_id') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.order_id') = 'true' END AS STRING)) AS value
          FROM event e
          JOIN kind k ON k.no = e.kind
          LEFT JOIN merged m ON m.person = e.person
          JOIN subject u ON u.no = COALESCE(m.subject, e.person) AND u.identified
          WHERE e.excluded = 0
            AND e.occurred_at >= make_timestamptz(1767481200000000)
            AND e.occurred_at < make_timestamptz(1777672800000000)
            AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20458 AND 20573
            AND COALESCE(k.event = 'Order Completed', FALSE)
      ) AS fact
      WHERE subject IS NOT NULL
    ) AS numbered
        WHERE value IS NULL OR place = 1
  ) AS ordered
  WHERE before IS NOT NULL AND day >= 20513
) AS gap
GROUP BY 1, 2, 3;

-- waits, every WHOLE
SELECT 20513 AS period, part, number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  -- thousandths of seconds to the first later answer
  SELECT day, part,
    ((answer - occurred + 500) // 1000) AS number
  FROM (
    SELECT asked, occurred, day, part,
      MIN(CASE WHEN asked = 0 THEN occurred END) OVER (PARTITION BY subject ORDER BY occurred, asked ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS answer
    FROM (
        SELECT COALESCE(m.subject, e.person) AS subject,
          epoch_us(e.occurred_at) AS occurred,
          ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS day,
          CAST(NULL AS STRING) AS part,
          1 AS asked
        FROM event e
        JOIN kind k ON k.no = e.kind
        LEFT JOIN merged m ON m.person = e.person
        WHERE e.excluded = 0
          AND e.occurred_at >= make_timestamptz(1772233200000000)
          AND e.occurred_at < make_timestamptz(1775944800000000)
          AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
          AND COALESCE(k.event = 'Social Mentioned', FALSE)
      UNION ALL
        SELECT COALESCE(m.subject, e.person) AS subject,
          epoch_us(e.occurred_at) AS occurred,
          ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS day,
          CAST(NULL AS STRING) AS part,
          0 AS asked
        FROM event e
        JOIN kind k ON k.no = e.kind
        LEFT JOIN merged m ON m.person = e.person
        WHERE e.excluded = 0
          AND e.occurred_at >= make_timestamptz(1772233200000000)
          AND e.occurred_at < make_timestamptz(1776117600000000)
          AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20555
          AND COALESCE(k.event = 'Social Replied', FALSE)
    ) AS fact
    WHERE subject IS NOT NULL
  ) AS ordered
  WHERE asked = 1 AND answer IS NOT NULL
) AS wait
GROUP BY 1, 2, 3;

-- first_touch, every DAY, by channel
SELECT day AS period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, SUM(number) AS total
FROM (
  SELECT c.day, t.part, c.number,
    ROW_NUMBER() OVER (PARTITION BY c.subject, c.occurred, c.source, c.message ORDER BY t.occurred, t.message, COALESCE(t.part, '')) AS place
  FROM (
    -- what is put down to touches
      SELECT COALESCE(m.subject, e.person) AS subject,
        epoch_us(e.occurred_at) AS occurred,
        ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS day,
        CAST(NULL AS STRING) AS part,
        COALESCE(e.message_text, CAST(e.message AS STRING)) AS message,
        e.source AS source,
        CASE WHEN abs(e.value) < 5.0E-4 THEN CAST(0 AS BIGINT) WHEN abs(e.value) <= 1.0E9 THEN CAST(TRY_CAST(CAST(e.value AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) END AS number
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      WHERE e.excluded = 0
        AND e.occurred_at >= make_timestamptz(1772233200000000)
        AND e.occurred_at < make_timestamptz(1775944800000000)
        AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20553
        AND COALESCE(k.event = 'Order Completed', FALSE)
  ) AS c
  JOIN (
    -- touches
      SELECT COALESCE(m.subject, e.person) AS subject,
        epoch_us(e.occurred_at) AS occurred,
        ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS day,
        's:' || e.channel AS part,
        COALESCE(e.message_text, CAST(e.message AS STRING)) AS message
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      WHERE e.excluded = 0
        AND e.occurred_at >= make_timestamptz(1769554800000000)
        AND e.occurred_at < make_timestamptz(1775944800000000)
        AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20482 AND 20553
        AND COALESCE(k.event = 'Ad Clicked', FALSE)
  ) AS t ON t.subject = c.subject AND t.occurred <= c.occurred AND t.occurred >= c.occurred - 2592000000000
) AS pair
WHERE place = 1
GROUP BY 1, 2;

-- last_touch, every WEEK, by traits.plan
SELECT 20507 + ((day - 20507) // 7) * 7 AS period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, SUM(number) AS total
FROM (
  SELECT c.day, t.part, c.number,
    ROW_NUMBER() OVER (PARTITION BY c.subject, c.occurred, c.source, c.message ORDER BY t.occurred DESC, t.message DESC, COALESCE(t.part, '') DESC) AS place
  FROM (
    -- what is put down to touches
      SELECT COALESCE(m.subject, e.person) AS subject,
        epoch_us(e.occurred_at) AS occurred,
        ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS day,
        CAST(NULL AS STRING) AS part,
        COALESCE(e.message_text, CAST(e.message AS STRING)) AS message,
        e.source AS source,
        CAST(NULL AS BIGINT) AS number
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      WHERE e.excluded = 0
        AND e.occurred_at >= make_timestamptz(1771714800000000)
        AND e.occurred_at < make_timestamptz(1776117600000000)
        AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20507 AND 20555
        AND COALESCE(k.event = 'Order Completed', FALSE)
  ) AS c
  JOIN (
    -- touches
      SELECT COALESCE(m.subject, e.person) AS subject,
        epoch_us(e.occurred_at) AS occurred,
        ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS day,
        COALESCE('s:' || CASE WHEN json_type(t.traits, '$.plan') = 'VARCHAR' THEN json_extract_string(t.traits, '$.plan') END, 'n:' || CAST(CASE WHEN json_type(t.traits, '$.plan') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(t.traits, '$.plan') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(t.traits, '$.plan') = 'BOOLEAN' THEN json_extract_string(t.traits, '$.plan') = 'true' END AS STRING)) AS part,
        COALESCE(e.message_text, CAST(e.message AS STRING)) AS message
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
      WHERE e.excluded = 0
        AND e.occurred_at >= make_timestamptz(1771023600000000)
        AND e.occurred_at < make_timestamptz(1776117600000000)
        AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20499 AND 20555
        AND COALESCE(k.event = 'Ad Clicked', FALSE)
  ) AS t ON t.subject = c.subject AND t.occurred <= c.occurred AND t.occurred >= c.occurred - 604800000000
) AS pair
WHERE place = 1
GROUP BY 1, 2;

-- visited, every MONTH, by account.tier
SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(yes) * 1000 AS BIGINT) AS total
FROM (
  SELECT f.period, f.part, f.subject, MAX(CASE WHEN t.subject IS NULL THEN 0 ELSE 1 END) AS yes
  FROM (
    -- the first of each customer
    SELECT period, part, subject, MIN(occurred) AS occurred, MIN(day) AS day
    FROM (
      SELECT CASE WHEN day < 20544 THEN 20513 ELSE 20544 END AS period, part, subject, occurred, day
      FROM (
          SELECT COALESCE(m.subject, e.person) AS subject,
            epoch_us(e.occurred_at) AS occurred,
            ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS day,
            COALESCE('s:' || CASE WHEN json_type(a.traits, '$.tier') = 'VARCHAR' THEN json_extract_string(a.traits, '$.tier') END, 'n:' || CAST(CASE WHEN json_type(a.traits, '$.tier') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(a.traits, '$.tier') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(a.traits, '$.tier') = 'BOOLEAN' THEN json_extract_string(a.traits, '$.tier') = 'true' END AS STRING)) AS part
          FROM event e
          JOIN kind k ON k.no = e.kind
          LEFT JOIN merged m ON m.person = e.person
          LEFT JOIN membership b ON b.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= b.from_at AND e.occurred_at < b.to_at
          LEFT JOIN account_state a ON a.account = COALESCE(e.account, b.account) AND e.occurred_at >= a.from_at AND e.occurred_at < a.to_at
          JOIN subject u ON u.no = COALESCE(m.subject, e.person) AND u.identified
          WHERE e.excluded = 0
            AND e.occurred_at >= make_timestamptz(1772233200000000)
            AND e.occurred_at < make_timestamptz(1774825200000000)
            AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20540
            AND COALESCE(k.event = 'Email Delivered', FALSE)
      ) AS fact
      WHERE subject IS NOT NULL AND day >= 20513
    ) AS placed
    GROUP BY period, part, subject
  ) AS f
  LEFT JOIN (
      SELECT COALESCE(m.subject, e.person) AS subject,
        epoch_us(e.occurred_at) AS occurred,
        ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS day,
        CAST(NULL AS STRING) AS part
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      WHERE e.excluded = 0
        AND e.occurred_at >= make_timestamptz(1772233200000000)
        AND e.occurred_at < make_timestamptz(1778882400000000)
        AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20587
        AND COALESCE(k.type = 'page', FALSE)
  ) AS t ON t.subject = f.subject AND t.occurred > f.occurred AND t.day <= f.day + 14
  GROUP BY f.period, f.part, f.subject, f.occurred
) AS member
GROUP BY period, part;

-- came_alive, every WHOLE, by properties.page
SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(yes) * 1000 AS BIGINT) AS total
FROM (
  SELECT f.period, f.part, f.subject, MAX(CASE WHEN t.subject IS NULL THEN 0 ELSE 1 END) AS yes
  FROM (
    -- the first of each customer
    SELECT period, part, subject, MIN(occurred) AS occurred, MIN(day) AS day
    FROM (
      SELECT 20513 AS period, part, subject, occurred, day
      FROM (
          SELECT COALESCE(m.subject, e.person) AS subject,
            epoch_us(e.occurred_at) AS occurred,
            ((epoch_us(e.occurred_at) + 62167222800000000) // 86400000000) - 719528 AS day,
            COALESCE('s:' || CASE WHEN json_type(e.properties, '$.page') = 'VARCHAR' THEN json_extract_string(e.properties, '$.page') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.page') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.page') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.page') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.page') = 'true' END AS STRING)) AS part
          FROM event e
          JOIN kind k ON k.no = e.kind
          LEFT JOIN merged m ON m.person = e.person
          JOIN subject u ON u.no = COALESCE(m.subject, e.person) AND u.identified
          WHERE e.excluded = 0
            AND e.occurred_at >= make_timestamptz(1772233200000000)
            AND e.occurred_at < make_timestamptz(1773442800000000)
            AND ((epoch_us(e.occurred_at) + 62167222800000000) // 86400000000) - 719528 BETWEEN 20513 AND 20524
            AND COALESCE(k.event = 'Signed Up', FALSE)
      ) AS fact
      WHERE subject IS NOT NULL AND day >= 20513
    ) AS placed
    GROUP BY period, part, subject
  ) AS f
  LEFT JOIN (
      SELECT COALESCE(m.subject, e.person) AS subject,
        epoch_us(e.occurred_at) AS occurred,
        ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS day,
        CAST(NULL AS STRING) AS part
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      WHERE e.excluded = 0
        AND e.occurred_at >= make_timestamptz(1772233200000000)
        AND e.occurred_at < make_timestamptz(1778536800000000)
        AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20583
        AND TRUE
        AND (k.passive = 0 OR (k.passive = 2 AND NOT COALESCE(json_type(e.properties, '$.agent') <> 'NULL', FALSE)))
  ) AS t ON t.subject = f.subject AND t.occurred > f.occurred AND t.day <= f.day + 30
  GROUP BY f.period, f.part, f.subject, f.occurred
) AS member
GROUP BY period, part;

-- installed, every DAY, by campaign
SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(yes) * 1000 AS BIGINT) AS total
FROM (
  SELECT f.period, f.part, f.subject, CASE WHEN COALESCE(MAX(CASE WHEN t.gone = 1 THEN t.occurred END), f.occurred) <= MAX(CASE WHEN t.gone = 0 THEN t.occurred END) THEN 1 ELSE 0 END AS yes
  FROM (
    -- the first of each customer
    SELECT period, part, subject, MIN(occurred) AS occurred, MIN(day) AS day
    FROM (
      SELECT day AS period, part, subject, occurred, day
      FROM (
          SELECT COALESCE(m.subject, e.person) AS subject,
            epoch_us(e.occurred_at) AS occurred,
            ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS day,
            COALESCE(COALESCE('s:' || CASE WHEN json_type(e.properties, '$.campaign') = 'VARCHAR' THEN json_extract_string(e.properties, '$.campaign') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.campaign') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.campaign') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.campaign') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.campaign') = 'true' END AS STRING)), COALESCE('s:' || CASE WHEN json_type(e.context, '$.campaign.name') = 'VARCHAR' THEN json_extract_string(e.context, '$.campaign.name') END, 'n:' || CAST(CASE WHEN json_type(e.context, '$.campaign.name') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.context, '$.campaign.name') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.context, '$.campaign.name') = 'BOOLEAN' THEN json_extract_string(e.context, '$.campaign.name') = 'true' END AS STRING))) AS part
          FROM event e
          JOIN kind k ON k.no = e.kind
          LEFT JOIN merged m ON m.person = e.person
          JOIN subject u ON u.no = COALESCE(m.subject, e.person) AND u.identified
          WHERE e.excluded = 0
            AND e.occurred_at >= make_timestamptz(1772233200000000)
            AND e.occurred_at < make_timestamptz(1775426400000000)
            AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20547
            AND COALESCE(k.event = 'Application Installed', FALSE)
      ) AS fact
      WHERE subject IS NOT NULL AND day >= 20513
    ) AS placed
    GROUP BY period, part, subject
  ) AS f
  LEFT JOIN (
      SELECT COALESCE(m.subject, e.person) AS subject,
        epoch_us(e.occurred_at) AS occurred,
        ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS day,
        CAST(NULL AS STRING) AS part,
        0 AS gone
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      JOIN subject u ON u.no = COALESCE(m.subject, e.person) AND u.identified
      WHERE e.excluded = 0
        AND e.occurred_at >= make_timestamptz(1772233200000000)
        AND e.occurred_at < make_timestamptz(1776549600000000)
        AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20560
        AND COALESCE(k.event = 'Application Installed', FALSE)
      UNION ALL
      SELECT COALESCE(m.subject, e.person) AS subject,
        epoch_us(e.occurred_at) AS occurred,
        ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS day,
        CAST(NULL AS STRING) AS part,
        1 AS gone
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      WHERE e.excluded = 0
        AND e.occurred_at >= make_timestamptz(1772233200000000)
        AND e.occurred_at < make_timestamptz(1776549600000000)
        AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20513 AND 20560
        AND COALESCE(k.event = 'Application Uninstalled', FALSE)
  ) AS t ON t.subject = f.subject AND t.occurred >= f.occurred AND t.day <= f.day + 7
  GROUP BY f.period, f.part, f.subject, f.occurred
) AS member
GROUP BY period, part;

-- opened, every WEEK
SELECT period, CAST(NULL AS STRING) AS part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(CASE WHEN t.occurred >= f.occurred THEN 1 ELSE 0 END) * 1000 AS BIGINT) AS total
FROM (
  -- the first of each pair
  SELECT period, subject, value, MIN(occurred) AS occurred
  FROM (
    SELECT 20507 + ((day - 20507) // 7) * 7 AS period, part, subject, value, occurred
    FROM (
        SELECT COALESCE(m.subject, e.person) AS subject,
          epoch_us(e.occurred_at) AS occurred,
          ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS day,
          CAST(NULL AS STRING) AS part,
          COALESCE(COALESCE('s:' || CASE WHEN json_type(e.properties, '$.campaign') = 'VARCHAR' THEN json_extract_string(e.properties, '$.campaign') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.campaign') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.campaign') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.campaign') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.campaign') = 'true' END AS STRING)), '') AS value
        FROM event e
        JOIN kind k ON k.no = e.kind
        LEFT JOIN merged m ON m.person = e.person
        WHERE e.excluded = 0
          AND e.occurred_at >= make_timestamptz(1771714800000000)
          AND e.occurred_at < make_timestamptz(1776117600000000)
          AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20507 AND 20555
          AND COALESCE(k.event = 'Email Delivered', FALSE)
    ) AS fact
    WHERE subject IS NOT NULL
  ) AS placed
  GROUP BY period, subject, value
) AS f
LEFT JOIN (
  -- what came back, its last time
  SELECT subject, value, MAX(occurred) AS occurred
  FROM (
      SELECT COALESCE(m.subject, e.person) AS subject,
        epoch_us(e.occurred_at) AS occurred,
        ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS day,
        CAST(NULL AS STRING) AS part,
        COALESCE(COALESCE('s:' || CASE WHEN json_type(e.properties, '$.campaign') = 'VARCHAR' THEN json_extract_string(e.properties, '$.campaign') END, 'n:' || CAST(CASE WHEN json_type(e.properties, '$.campaign') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(e.properties, '$.campaign') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(e.properties, '$.campaign') = 'BOOLEAN' THEN json_extract_string(e.properties, '$.campaign') = 'true' END AS STRING)), '') AS value
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN merged m ON m.person = e.person
      WHERE e.excluded = 0
        AND e.occurred_at >= make_timestamptz(1771714800000000)
        AND e.occurred_at < make_timestamptz(1776117600000000)
        AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20507 AND 20555
        AND COALESCE(k.event = 'Email Opened', FALSE)
  ) AS fact
  GROUP BY subject, value
) AS t ON t.subject = f.subject AND t.value = f.value
GROUP BY period;

-- value_to_date, every MONTH, by channel
SELECT day AS period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(number) AS BIGINT) AS n, SUM(number) AS total
FROM (
  SELECT COALESCE(m.subject, e.person) AS subject,
    epoch_us(e.occurred_at) AS occurred,
    ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS day,
    's:' || e.channel AS part,
    CASE WHEN abs(e.value) < 5.0E-4 THEN CAST(0 AS BIGINT) WHEN abs(e.value) <= 1.0E9 THEN CAST(TRY_CAST(CAST(e.value AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) END AS number
  FROM event e
  JOIN kind k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  WHERE e.excluded = 0
    AND e.occurred_at >= make_timestamptz(1767481200000000)
    AND e.occurred_at < make_timestamptz(1777672800000000)
    AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20458 AND 20573
    AND COALESCE(k.event = 'Order Completed', FALSE)
) AS fact
GROUP BY day, part;

-- value_to_date, every WHOLE, by traits.plan
SELECT day AS period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
FROM (
  SELECT part, subject, MIN(day) AS day
  FROM (
    SELECT COALESCE(m.subject, e.person) AS subject,
      epoch_us(e.occurred_at) AS occurred,
      ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 AS day,
      COALESCE('s:' || CASE WHEN json_type(t.traits, '$.plan') = 'VARCHAR' THEN json_extract_string(t.traits, '$.plan') END, 'n:' || CAST(CASE WHEN json_type(t.traits, '$.plan') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(t.traits, '$.plan') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(t.traits, '$.plan') = 'BOOLEAN' THEN json_extract_string(t.traits, '$.plan') = 'true' END AS STRING)) AS part
    FROM event e
    JOIN kind k ON k.no = e.kind
    LEFT JOIN merged m ON m.person = e.person
    LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
    JOIN subject u ON u.no = COALESCE(m.subject, e.person) AND u.identified
    WHERE e.excluded = 0
      AND e.occurred_at >= make_timestamptz(1767481200000000)
      AND e.occurred_at < make_timestamptz(1775944800000000)
      AND ((epoch_us(e.occurred_at) + CASE WHEN e.occurred_at < make_timestamptz(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) // 86400000000) - 719528 BETWEEN 20458 AND 20553
      AND COALESCE(k.event = 'Order Completed', FALSE)
  ) AS fact
  WHERE subject IS NOT NULL
  GROUP BY part, subject
) AS begun
GROUP BY day, part;

