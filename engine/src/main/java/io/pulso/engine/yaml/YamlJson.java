package io.pulso.engine.yaml;

import io.pulso.engine.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A YAML node as the JSON value that its text stands for.
public final class YamlJson {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d{1,400}(\\.\\d{0,400})?|\\.\\d{1,400})([eE][-+]?\\d{1,4})?");

  private YamlJson() {}

  public static Json read(Yaml node, Notes faults) {
    return switch (node) {
      case Yaml.Scalar scalar -> scalar(scalar, faults);
      case Yaml.Items items -> {
        List<Json> values = new ArrayList<>();
        items.items().forEach(item -> values.add(read(item, faults)));
        yield new Json.Arr(values);
      }
      case Yaml.Mapping mapping -> {
        Map<String, Json> fields = new LinkedHashMap<>();
        mapping.entries().forEach(e -> fields.put(e.key(), read(e.value(), faults)));
        yield new Json.Obj(Collections.unmodifiableMap(fields));
      }
      case Yaml.Refused refused -> new Json.Null();
    };
  }

  private static Json scalar(Yaml.Scalar scalar, Notes faults) {
    Boolean bool = scalar.bool();
    if (bool != null) {
      return new Json.Bool(bool);
    }
    if (scalar.isNull()) {
      return new Json.Null();
    }
    if (!scalar.plain() || !NUMBER.matcher(scalar.text()).matches()) {
      return new Json.Str(scalar.text());
    }
    double number = Double.parseDouble(scalar.text());
    if (!Double.isFinite(number)) {
      faults.add(scalar.line(), Words.quote(scalar.text()) + " is too large a number");
    }
    return new Json.Num(number);
  }
}
