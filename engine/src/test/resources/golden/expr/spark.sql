-- event == "Invite Sent"
COALESCE(event = 'Invite Sent', FALSE);

-- event == "Session Ended" && channel == "web"
COALESCE(event = 'Session Ended' AND channel = 'web', FALSE);

-- event in ["Email Opened", "Email Clicked"]
COALESCE(event IN ('Email Opened', 'Email Clicked'), FALSE);

-- !(event == "Invite Sent") || has(value)
COALESCE(NOT COALESCE(event = 'Invite Sent', FALSE) OR (value IS NOT NULL OR (flags & 1) = 1), FALSE);

-- value > 5
COALESCE(value > 5.0D, FALSE);

-- properties.plan == "pro"
COALESCE(CASE WHEN schema_of_variant(try_variant_get(parse_json(properties), '$.plan', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(properties), '$.plan', 'STRING') END = 'pro', FALSE);

-- properties.plan != traits.plan
COALESCE((CASE WHEN schema_of_variant(try_variant_get(parse_json(properties), '$.plan', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(properties), '$.plan', 'STRING') END <> CASE WHEN schema_of_variant(try_variant_get(parse_json(traits), '$.plan', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(traits), '$.plan', 'STRING') END OR CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(properties), '$.plan', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(properties), '$.plan', 'DOUBLE') END <> CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(traits), '$.plan', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(traits), '$.plan', 'DOUBLE') END OR CASE WHEN schema_of_variant(try_variant_get(parse_json(properties), '$.plan', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(properties), '$.plan', 'BOOLEAN') END <> CASE WHEN schema_of_variant(try_variant_get(parse_json(traits), '$.plan', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(traits), '$.plan', 'BOOLEAN') END), FALSE);

-- properties.minutes >= 1.5 && properties.minutes < 60
COALESCE(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(properties), '$.minutes', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(properties), '$.minutes', 'DOUBLE') END >= 1.5D AND CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(properties), '$.minutes', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(properties), '$.minutes', 'DOUBLE') END < 60.0D, FALSE);

-- properties.trial
COALESCE(CASE WHEN schema_of_variant(try_variant_get(parse_json(properties), '$.trial', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(properties), '$.trial', 'BOOLEAN') END, FALSE);

-- !has(traits.plan)
NOT COALESCE(schema_of_variant(try_variant_get(parse_json(traits), '$.plan', 'VARIANT')) <> 'VOID', FALSE);

-- "beta" in account.tags
COALESCE((exists(try_variant_get(parse_json(account), '$.tags', 'ARRAY<VARIANT>'), element -> schema_of_variant(element) = 'STRING' AND try_variant_get(element, '$', 'STRING') = 'beta') OR schema_of_variant(try_variant_get(parse_json(account), '$.tags.beta', 'VARIANT')) <> 'VOID'), FALSE);

-- properties.sku in traits.wishes
COALESCE((exists(try_variant_get(parse_json(traits), '$.wishes', 'ARRAY<VARIANT>'), element -> schema_of_variant(element) = 'STRING' AND try_variant_get(element, '$', 'STRING') = CASE WHEN schema_of_variant(try_variant_get(parse_json(properties), '$.sku', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(properties), '$.sku', 'STRING') END) OR exists(try_variant_get(parse_json(traits), '$.wishes', 'ARRAY<VARIANT>'), element -> substr(schema_of_variant(element), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') AND try_variant_get(element, '$', 'DOUBLE') = CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(properties), '$.sku', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(properties), '$.sku', 'DOUBLE') END) OR exists(try_variant_get(parse_json(traits), '$.wishes', 'ARRAY<VARIANT>'), element -> schema_of_variant(element) = 'BOOLEAN' AND try_variant_get(element, '$', 'BOOLEAN') = CASE WHEN schema_of_variant(try_variant_get(parse_json(properties), '$.sku', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(properties), '$.sku', 'BOOLEAN') END) OR schema_of_variant(try_element_at(try_variant_get(parse_json(traits), '$.wishes', 'MAP<STRING, VARIANT>'), CASE WHEN schema_of_variant(try_variant_get(parse_json(properties), '$.sku', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(properties), '$.sku', 'STRING') END)) <> 'VOID'), FALSE);

-- traits.owner in account.team
COALESCE((exists(try_variant_get(parse_json(account), '$.team', 'ARRAY<VARIANT>'), element -> schema_of_variant(element) = 'STRING' AND try_variant_get(element, '$', 'STRING') = CASE WHEN schema_of_variant(try_variant_get(parse_json(traits), '$.owner', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(traits), '$.owner', 'STRING') END) OR exists(try_variant_get(parse_json(account), '$.team', 'ARRAY<VARIANT>'), element -> substr(schema_of_variant(element), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') AND try_variant_get(element, '$', 'DOUBLE') = CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(traits), '$.owner', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(traits), '$.owner', 'DOUBLE') END) OR exists(try_variant_get(parse_json(account), '$.team', 'ARRAY<VARIANT>'), element -> schema_of_variant(element) = 'BOOLEAN' AND try_variant_get(element, '$', 'BOOLEAN') = CASE WHEN schema_of_variant(try_variant_get(parse_json(traits), '$.owner', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(traits), '$.owner', 'BOOLEAN') END) OR schema_of_variant(try_element_at(try_variant_get(parse_json(account), '$.team', 'MAP<STRING, VARIANT>'), CASE WHEN schema_of_variant(try_variant_get(parse_json(traits), '$.owner', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(traits), '$.owner', 'STRING') END)) <> 'VOID'), FALSE);

-- size(properties.items) > 2
COALESCE(COALESCE(length(CASE WHEN schema_of_variant(try_variant_get(parse_json(properties), '$.items', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(properties), '$.items', 'STRING') END), array_size(try_variant_get(parse_json(properties), '$.items', 'ARRAY<VARIANT>')), array_size(map_keys(try_variant_get(parse_json(properties), '$.items', 'MAP<STRING, VARIANT>')))) > 2.0D, FALSE);

-- size(name) < 10 && size(properties) > 0
COALESCE(length(name) < 10.0D AND COALESCE(COALESCE(length(CASE WHEN schema_of_variant(try_variant_get(parse_json(properties), '$', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(properties), '$', 'STRING') END), array_size(try_variant_get(parse_json(properties), '$', 'ARRAY<VARIANT>')), array_size(map_keys(try_variant_get(parse_json(properties), '$', 'MAP<STRING, VARIANT>')))), 0) > 0.0D, FALSE);

-- name.startsWith("Docs") || name.endsWith(properties.page)
COALESCE(startswith(name, 'Docs') OR endswith(name, CASE WHEN schema_of_variant(try_variant_get(parse_json(properties), '$.page', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(properties), '$.page', 'STRING') END), FALSE);

-- context.page.path.matches("^/docs/[a-z]+$")
COALESCE(pulso_matches(CASE WHEN schema_of_variant(try_variant_get(parse_json(context), '$.page.path', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(context), '$.page.path', 'STRING') END, '^/docs/[a-z]+$'), FALSE);

-- source.trusted && source.name == "shop"
COALESCE(trusted AND source = 'shop', FALSE);

-- (event == "a") == has(properties.x)
COALESCE((COALESCE(event = 'a', FALSE)) = (COALESCE(schema_of_variant(try_variant_get(parse_json(properties), '$.x', 'VARIANT')) <> 'VOID', FALSE)), FALSE);

-- properties["it's"]["a\"b"]["'\""][0][""]["*"] == "\\ ' ${HOME} \u0000"
COALESCE(CASE WHEN schema_of_variant(try_variant_get(try_element_at(try_variant_get(try_element_at(try_variant_get(parse_json(properties), '$["it\'s"][\'a"b\']', 'MAP<STRING, VARIANT>'), '\'"'), '$[0]', 'MAP<STRING, VARIANT>'), ''), '$["*"]', 'VARIANT')) = 'STRING' THEN try_variant_get(try_element_at(try_variant_get(try_element_at(try_variant_get(parse_json(properties), '$["it\'s"][\'a"b\']', 'MAP<STRING, VARIANT>'), '\'"'), '$[0]', 'MAP<STRING, VARIANT>'), ''), '$["*"]', 'STRING') END = '\\ \' \u0024{HOME} \u0000', FALSE);

-- unit: occurrences
CAST(1000 AS BIGINT);

-- unit: value
CASE WHEN value BETWEEN 5.0E-4D AND 1.0E9D THEN CAST(TRY_CAST(CAST(value AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) ELSE 0 END;

-- unit: properties.minutes
CASE WHEN CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(properties), '$.minutes', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(properties), '$.minutes', 'DOUBLE') END BETWEEN 5.0E-4D AND 1.0E9D THEN CAST(TRY_CAST(CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(properties), '$.minutes', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(properties), '$.minutes', 'DOUBLE') END AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) ELSE 0 END;

-- unit: {distinct: properties.feature}
COALESCE('s:' || CASE WHEN schema_of_variant(try_variant_get(parse_json(properties), '$.feature', 'VARIANT')) = 'STRING' THEN try_variant_get(parse_json(properties), '$.feature', 'STRING') END, 'n:' || CAST(CASE WHEN substr(schema_of_variant(try_variant_get(parse_json(properties), '$.feature', 'VARIANT')), 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL') THEN try_variant_get(parse_json(properties), '$.feature', 'DOUBLE') END + 0.0D AS STRING), 'b:' || CAST(CASE WHEN schema_of_variant(try_variant_get(parse_json(properties), '$.feature', 'VARIANT')) = 'BOOLEAN' THEN try_variant_get(parse_json(properties), '$.feature', 'BOOLEAN') END AS STRING));

-- unit: {distinct: value}
'n:' || CAST(value + 0.0D AS STRING);

