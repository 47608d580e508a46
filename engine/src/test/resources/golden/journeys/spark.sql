-- shop
SELECT owner, micros, steps + inside * 1048576 AS steps, part
FROM (
  -- events that are steps, with whose they are
  SELECT COALESCE(m.subject, e.person) AS owner,
    unix_micros(e.occurred_at) AS micros,
    k.named + CASE WHEN COALESCE(k.event = 'Order Completed' AND e.value > 0.0D, FALSE) THEN 2 ELSE 0 END AS steps,
    CASE WHEN ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 BETWEEN 20513 AND 20553 THEN 1 ELSE 0 END AS inside,
    COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(t.traits), '$.plan', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(t.traits), '$.plan', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(t.traits), '$.plan', 'BOOLEAN') END AS STRING)) AS part,
    ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 AS day
  FROM event e
  JOIN (SELECT k.*, CASE WHEN COALESCE(k.event = 'Product Viewed', FALSE) THEN 1 ELSE 0 END AS named FROM kind k WHERE COALESCE(k.event = 'Product Viewed', FALSE) OR COALESCE(k.event = 'Order Completed', FALSE)) k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
  JOIN subject u ON u.no = COALESCE(m.subject, e.person) AND u.identified
  WHERE e.excluded = 0
    AND e.occurred_at >= timestamp_micros(1772319600000000)
    AND e.occurred_at < timestamp_micros(1776463200000000)
) AS step
WHERE owner IS NOT NULL AND (steps > 0)
ORDER BY owner, micros;

-- days of shop
SELECT owner, day
FROM (
  -- events that match, with their local day
  SELECT COALESCE(m.subject, e.person) AS owner,
    unix_micros(e.occurred_at) AS micros,
    k.named + CASE WHEN COALESCE(k.event = 'Order Completed' AND e.value > 0.0D, FALSE) THEN 2 ELSE 0 END AS steps,
    CASE WHEN ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 BETWEEN 20513 AND 20553 THEN 1 ELSE 0 END AS inside,
    COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(t.traits), '$.plan', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(t.traits), '$.plan', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(t.traits), '$.plan', 'BOOLEAN') END AS STRING)) AS part,
    ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 AS day
  FROM event e
  JOIN (SELECT k.*, CASE WHEN COALESCE(k.event = 'Product Viewed', FALSE) THEN 1 ELSE 0 END AS named FROM kind k WHERE COALESCE(k.event = 'Product Viewed', FALSE) OR COALESCE(k.event = 'Order Completed', FALSE)) k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
  JOIN subject u ON u.no = COALESCE(m.subject, e.person) AND u.identified
  WHERE e.excluded = 0
    AND e.occurred_at >= timestamp_micros(1772319600000000)
    AND e.occurred_at < timestamp_micros(1776463200000000)
) AS step
WHERE owner IS NOT NULL AND steps > 0;

-- strict
SELECT owner, micros, steps + inside * 1048576 AS steps
FROM (
  -- events that are steps, with whose they are
  SELECT COALESCE(m.subject, e.person) AS owner,
    unix_micros(e.occurred_at) AS micros,
    k.named AS steps,
    CASE WHEN ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 BETWEEN 20513 AND 20553 THEN 1 ELSE 0 END AS inside,
    ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 AS day,
    CASE WHEN k.passive = 0 OR (k.passive = 2 AND NOT (COALESCE(schema_of_variant(try_variant_get(parse_json(e.properties), '$.agent', 'VARIANT')) <> 'VOID', FALSE))) THEN 1 ELSE 0 END AS other
  FROM event e
  JOIN (SELECT k.*, CASE WHEN COALESCE(k.type = 'page' AND k.name = 'Pricing', FALSE) THEN 1 ELSE 0 END
      + CASE WHEN COALESCE(k.event = 'Signed Up', FALSE) THEN 2 ELSE 0 END AS named FROM kind k WHERE COALESCE(k.type = 'page' AND k.name = 'Pricing', FALSE) OR COALESCE(k.event = 'Signed Up', FALSE) OR k.passive <> 1) k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  JOIN subject u ON u.no = COALESCE(m.subject, e.person) AND u.identified
  WHERE e.excluded = 0
    AND e.occurred_at >= timestamp_micros(1772319600000000)
    AND e.occurred_at < timestamp_micros(1775860200000000)
) AS step
WHERE owner IS NOT NULL AND (steps > 0 OR other > 0)
ORDER BY owner, micros;

-- days of strict
SELECT owner, day
FROM (
  -- events that match, with their local day
  SELECT COALESCE(m.subject, e.person) AS owner,
    unix_micros(e.occurred_at) AS micros,
    k.named AS steps,
    CASE WHEN ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 BETWEEN 20513 AND 20553 THEN 1 ELSE 0 END AS inside,
    ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 AS day,
    CASE WHEN k.passive = 0 OR (k.passive = 2 AND NOT (COALESCE(schema_of_variant(try_variant_get(parse_json(e.properties), '$.agent', 'VARIANT')) <> 'VOID', FALSE))) THEN 1 ELSE 0 END AS other
  FROM event e
  JOIN (SELECT k.*, CASE WHEN COALESCE(k.type = 'page' AND k.name = 'Pricing', FALSE) THEN 1 ELSE 0 END
      + CASE WHEN COALESCE(k.event = 'Signed Up', FALSE) THEN 2 ELSE 0 END AS named FROM kind k WHERE COALESCE(k.type = 'page' AND k.name = 'Pricing', FALSE) OR COALESCE(k.event = 'Signed Up', FALSE) OR k.passive <> 1) k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  JOIN subject u ON u.no = COALESCE(m.subject, e.person) AND u.identified
  WHERE e.excluded = 0
    AND e.occurred_at >= timestamp_micros(1772319600000000)
    AND e.occurred_at < timestamp_micros(1775860200000000)
) AS step
WHERE owner IS NOT NULL AND steps > 0;

-- account
SELECT owner, micros, steps + inside * 1048576 AS steps, part
FROM (
  -- events that are steps, with whose they are
  SELECT COALESCE(e.account, b.account) AS owner,
    unix_micros(e.occurred_at) AS micros,
    k.named + CASE WHEN COALESCE(s.name = 'shop', FALSE) THEN 2 ELSE 0 END AS steps,
    CASE WHEN ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 BETWEEN 20513 AND 20553 THEN 1 ELSE 0 END AS inside,
    COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(t.traits), '$.plan', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(t.traits), '$.plan', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(t.traits), '$.plan', 'BOOLEAN') END AS STRING)) AS part,
    ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 AS day
  FROM event e
  JOIN (SELECT k.*, CASE WHEN COALESCE(k.event = 'Login', FALSE) THEN 1 ELSE 0 END AS named FROM kind k WHERE COALESCE(k.event = 'Login', FALSE) OR TRUE) k ON k.no = e.kind
  JOIN source s ON s.no = e.source
  LEFT JOIN merged m ON m.person = e.person
  LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
  LEFT JOIN membership b ON b.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= b.from_at AND e.occurred_at < b.to_at
  WHERE e.excluded = 0
    AND e.occurred_at >= timestamp_micros(1772319600000000)
    AND e.occurred_at < timestamp_micros(1775901600000000)
) AS step
WHERE owner IS NOT NULL AND (steps > 0)
ORDER BY owner, micros;

-- days of account
SELECT owner, day
FROM (
  -- events that match, with their local day
  SELECT COALESCE(e.account, b.account) AS owner,
    unix_micros(e.occurred_at) AS micros,
    k.named + CASE WHEN COALESCE(s.name = 'shop', FALSE) THEN 2 ELSE 0 END AS steps,
    CASE WHEN ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 BETWEEN 20513 AND 20553 THEN 1 ELSE 0 END AS inside,
    COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(t.traits), '$.plan', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(t.traits), '$.plan', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(t.traits), '$.plan', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(t.traits), '$.plan', 'BOOLEAN') END AS STRING)) AS part,
    ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 AS day
  FROM event e
  JOIN (SELECT k.*, CASE WHEN COALESCE(k.event = 'Login', FALSE) THEN 1 ELSE 0 END AS named FROM kind k WHERE COALESCE(k.event = 'Login', FALSE) OR TRUE) k ON k.no = e.kind
  JOIN source s ON s.no = e.source
  LEFT JOIN merged m ON m.person = e.person
  LEFT JOIN trait_state t ON t.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= t.from_at AND e.occurred_at < t.to_at
  LEFT JOIN membership b ON b.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= b.from_at AND e.occurred_at < b.to_at
  WHERE e.excluded = 0
    AND e.occurred_at >= timestamp_micros(1772319600000000)
    AND e.occurred_at < timestamp_micros(1775901600000000)
) AS step
WHERE owner IS NOT NULL AND steps > 0;

-- ticket
SELECT owner, micros, steps + inside * 1048576 AS steps, subject
FROM (
  -- events that are steps, with whose they are
  SELECT COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.ticket_id', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(e.properties), '$.ticket_id', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.properties), '$.ticket_id', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.properties), '$.ticket_id', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.ticket_id', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(e.properties), '$.ticket_id', 'BOOLEAN') END AS STRING)) AS owner,
    unix_micros(e.occurred_at) AS micros,
    k.named AS steps,
    CASE WHEN ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 BETWEEN 20513 AND 20553 THEN 1 ELSE 0 END AS inside,
    COALESCE(m.subject, e.person) AS subject,
    ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 AS day
  FROM event e
  JOIN (SELECT k.*, CASE WHEN COALESCE(k.event = 'Ticket Created', FALSE) THEN 1 ELSE 0 END
      + CASE WHEN COALESCE(k.event = 'Ticket Resolved', FALSE) THEN 2 ELSE 0 END AS named FROM kind k WHERE COALESCE(k.event = 'Ticket Created', FALSE) OR COALESCE(k.event = 'Ticket Resolved', FALSE)) k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  WHERE e.excluded = 0
    AND e.occurred_at >= timestamp_micros(1772319600000000)
    AND e.occurred_at < timestamp_micros(1777068000000000)
) AS step
WHERE owner IS NOT NULL AND (steps > 0)
ORDER BY owner, micros;

-- days of ticket
SELECT owner, day
FROM (
  -- events that match, with their local day
  SELECT COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.ticket_id', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(e.properties), '$.ticket_id', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(e.properties), '$.ticket_id', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(e.properties), '$.ticket_id', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(e.properties), '$.ticket_id', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(e.properties), '$.ticket_id', 'BOOLEAN') END AS STRING)) AS owner,
    unix_micros(e.occurred_at) AS micros,
    k.named AS steps,
    CASE WHEN ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 BETWEEN 20513 AND 20553 THEN 1 ELSE 0 END AS inside,
    COALESCE(m.subject, e.person) AS subject,
    ((unix_micros(e.occurred_at) + CASE WHEN e.occurred_at < timestamp_micros(1774746000000000) THEN 62167222800000000 ELSE 62167226400000000 END) div 86400000000) - 719528 AS day
  FROM event e
  JOIN (SELECT k.*, CASE WHEN COALESCE(k.event = 'Ticket Created', FALSE) THEN 1 ELSE 0 END
      + CASE WHEN COALESCE(k.event = 'Ticket Resolved', FALSE) THEN 2 ELSE 0 END AS named FROM kind k WHERE COALESCE(k.event = 'Ticket Created', FALSE) OR COALESCE(k.event = 'Ticket Resolved', FALSE)) k ON k.no = e.kind
  LEFT JOIN merged m ON m.person = e.person
  WHERE e.excluded = 0
    AND e.occurred_at >= timestamp_micros(1772319600000000)
    AND e.occurred_at < timestamp_micros(1777068000000000)
) AS step
WHERE owner IS NOT NULL AND steps > 0;

