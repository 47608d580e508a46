-- event == "Invite Sent"
COALESCE(event = 'Invite Sent', FALSE);

-- event == "Session Ended" && channel == "web"
COALESCE(event = 'Session Ended' AND channel = 'web', FALSE);

-- event in ["Email Opened", "Email Clicked"]
COALESCE(event IN ('Email Opened', 'Email Clicked'), FALSE);

-- !(event == "Invite Sent") || has(value)
COALESCE(NOT COALESCE(event = 'Invite Sent', FALSE) OR (value IS NOT NULL OR (flags & 1) = 1), FALSE);

-- value > 5
COALESCE(value > 5.0e0, FALSE);

-- properties.plan == "pro"
COALESCE(CASE WHEN json_type(properties, '$.plan') = 'VARCHAR' THEN json_extract_string(properties, '$.plan') END = 'pro', FALSE);

-- properties.plan != traits.plan
COALESCE((CASE WHEN json_type(properties, '$.plan') = 'VARCHAR' THEN json_extract_string(properties, '$.plan') END <> CASE WHEN json_type(traits, '$.plan') = 'VARCHAR' THEN json_extract_string(traits, '$.plan') END OR CASE WHEN json_type(properties, '$.plan') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(properties, '$.plan') AS DOUBLE) END <> CASE WHEN json_type(traits, '$.plan') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(traits, '$.plan') AS DOUBLE) END OR CASE WHEN json_type(properties, '$.plan') = 'BOOLEAN' THEN json_extract_string(properties, '$.plan') = 'true' END <> CASE WHEN json_type(traits, '$.plan') = 'BOOLEAN' THEN json_extract_string(traits, '$.plan') = 'true' END), FALSE);

-- properties.minutes >= 1.5 && properties.minutes < 60
COALESCE(CASE WHEN json_type(properties, '$.minutes') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(properties, '$.minutes') AS DOUBLE) END >= 1.5e0 AND CASE WHEN json_type(properties, '$.minutes') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(properties, '$.minutes') AS DOUBLE) END < 60.0e0, FALSE);

-- properties.trial
COALESCE(CASE WHEN json_type(properties, '$.trial') = 'BOOLEAN' THEN json_extract_string(properties, '$.trial') = 'true' END, FALSE);

-- !has(traits.plan)
NOT COALESCE(json_type(traits, '$.plan') <> 'NULL', FALSE);

-- "beta" in account.tags
COALESCE((list_contains(list_transform(list_filter(json_extract(json_extract(account, '$.tags'), '$[*]'), lambda element: json_type(element) = 'VARCHAR'), lambda element: json_extract_string(element, '$')), 'beta') OR json_type(account, '$.tags.beta') <> 'NULL'), FALSE);

-- properties.sku in traits.wishes
COALESCE((list_contains(list_transform(list_filter(json_extract(json_extract(traits, '$.wishes'), '$[*]'), lambda element: json_type(element) = 'VARCHAR'), lambda element: json_extract_string(element, '$')), CASE WHEN json_type(properties, '$.sku') = 'VARCHAR' THEN json_extract_string(properties, '$.sku') END) OR list_contains(list_transform(list_filter(json_extract(json_extract(traits, '$.wishes'), '$[*]'), lambda element: json_type(element) IN ('BIGINT', 'UBIGINT', 'DOUBLE')), lambda element: CAST(json_extract_string(element, '$') AS DOUBLE)), CASE WHEN json_type(properties, '$.sku') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(properties, '$.sku') AS DOUBLE) END) OR list_contains(list_transform(list_filter(json_extract(json_extract(traits, '$.wishes'), '$[*]'), lambda element: json_type(element) = 'BOOLEAN'), lambda element: json_extract_string(element, '$') = 'true'), CASE WHEN json_type(properties, '$.sku') = 'BOOLEAN' THEN json_extract_string(properties, '$.sku') = 'true' END) OR (json_type(traits, '$.wishes') = 'OBJECT' AND json_type(json_extract(traits, '$.wishes'), '/' || replace(replace(CASE WHEN json_type(properties, '$.sku') = 'VARCHAR' THEN json_extract_string(properties, '$.sku') END, '~', '~0'), '/', '~1')) <> 'NULL')), FALSE);

-- traits.owner in account.team
COALESCE((list_contains(list_transform(list_filter(json_extract(json_extract(account, '$.team'), '$[*]'), lambda element: json_type(element) = 'VARCHAR'), lambda element: json_extract_string(element, '$')), CASE WHEN json_type(traits, '$.owner') = 'VARCHAR' THEN json_extract_string(traits, '$.owner') END) OR list_contains(list_transform(list_filter(json_extract(json_extract(account, '$.team'), '$[*]'), lambda element: json_type(element) IN ('BIGINT', 'UBIGINT', 'DOUBLE')), lambda element: CAST(json_extract_string(element, '$') AS DOUBLE)), CASE WHEN json_type(traits, '$.owner') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(traits, '$.owner') AS DOUBLE) END) OR list_contains(list_transform(list_filter(json_extract(json_extract(account, '$.team'), '$[*]'), lambda element: json_type(element) = 'BOOLEAN'), lambda element: json_extract_string(element, '$') = 'true'), CASE WHEN json_type(traits, '$.owner') = 'BOOLEAN' THEN json_extract_string(traits, '$.owner') = 'true' END) OR (json_type(account, '$.team') = 'OBJECT' AND json_type(json_extract(account, '$.team'), '/' || replace(replace(CASE WHEN json_type(traits, '$.owner') = 'VARCHAR' THEN json_extract_string(traits, '$.owner') END, '~', '~0'), '/', '~1')) <> 'NULL')), FALSE);

-- size(properties.items) > 2
COALESCE(CASE json_type(properties, '$.items') WHEN 'VARCHAR' THEN length(json_extract_string(properties, '$.items')) WHEN 'ARRAY' THEN json_array_length(properties, '$.items') WHEN 'OBJECT' THEN length(json_keys(properties, '$.items')) END > 2.0e0, FALSE);

-- size(name) < 10 && size(properties) > 0
COALESCE(length(name) < 10.0e0 AND COALESCE(CASE json_type(properties, '$') WHEN 'VARCHAR' THEN length(json_extract_string(properties, '$')) WHEN 'ARRAY' THEN json_array_length(properties, '$') WHEN 'OBJECT' THEN length(json_keys(properties, '$')) END, 0) > 0.0e0, FALSE);

-- name.startsWith("Docs") || name.endsWith(properties.page)
COALESCE(starts_with(name, 'Docs') OR ends_with(name, CASE WHEN json_type(properties, '$.page') = 'VARCHAR' THEN json_extract_string(properties, '$.page') END), FALSE);

-- context.page.path.matches("^/docs/[a-z]+$")
COALESCE(regexp_matches(CASE WHEN json_type(context, '$.page.path') = 'VARCHAR' THEN json_extract_string(context, '$.page.path') END, '^/docs/[a-z]+$'), FALSE);

-- source.trusted && source.name == "shop"
COALESCE(trusted AND source = 'shop', FALSE);

-- (event == "a") == has(properties.x)
COALESCE((COALESCE(event = 'a', FALSE)) = (COALESCE(json_type(properties, '$.x') <> 'NULL', FALSE)), FALSE);

-- properties["it's"]["a\"b"]["'\""][0][""]["*"] == "\\ ' ${HOME} \u0000"
COALESCE(CASE WHEN json_type(json_extract(json_extract(json_extract(properties, '$."it''s"."a\"b"."''\""[0]'), '/'), '/*'), '$') = 'VARCHAR' THEN json_extract_string(json_extract(json_extract(json_extract(properties, '$."it''s"."a\"b"."''\""[0]'), '/'), '/*'), '$') END = ('\ '' ${HOME} ' || chr(0)), FALSE);

-- unit: occurrences
CAST(1000 AS BIGINT);

-- unit: value
CASE WHEN value BETWEEN 5.0E-4 AND 1.0E9 THEN CAST(TRY_CAST(CAST(value AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) ELSE 0 END;

-- unit: properties.minutes
CASE WHEN CASE WHEN json_type(properties, '$.minutes') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(properties, '$.minutes') AS DOUBLE) END BETWEEN 5.0E-4 AND 1.0E9 THEN CAST(TRY_CAST(CAST(CASE WHEN json_type(properties, '$.minutes') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(properties, '$.minutes') AS DOUBLE) END AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) ELSE 0 END;

-- unit: {distinct: properties.feature}
COALESCE('s:' || CASE WHEN json_type(properties, '$.feature') = 'VARCHAR' THEN json_extract_string(properties, '$.feature') END, 'n:' || CAST(CASE WHEN json_type(properties, '$.feature') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(json_extract_string(properties, '$.feature') AS DOUBLE) END + 0.0e0 AS STRING), 'b:' || CAST(CASE WHEN json_type(properties, '$.feature') = 'BOOLEAN' THEN json_extract_string(properties, '$.feature') = 'true' END AS STRING));

-- unit: {distinct: value}
'n:' || CAST(value + 0.0e0 AS STRING);

