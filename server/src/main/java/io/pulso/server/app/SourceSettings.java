package io.pulso.server.app;

import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Yaml;
import io.pulso.server.ingest.SourceRules;
import io.pulso.server.ingest.SourceRules.Ip;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a `pulso.yaml` says of one source.
///
/// @param rules of what it sends over HTTP
public record SourceSettings(SourceRules rules) {
  private static final int MOST = 1_000;
  private static final int LONGEST = 200;
  private static final Map<String, Ip> IP =
      Map.of("keep", Ip.KEEP, "truncate", Ip.TRUNCATE, "drop", Ip.DROP);

  static final List<String> FIELDS =
      List.of(
          "consent",
          "ip",
          "url_parameters",
          "redact",
          "refuse",
          "require_signed_identity",
          "channel",
          "event_names",
          "property_keys",
          "new_visitors_per_minute");

  /// The sources under a field, by their names; what is wrong becomes a fault of the fields.
  static Map<String, SourceSettings> read(Fields root, String key) {
    Yaml value = root.get(key);
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Yaml.Mapping sources)) {
      root.wrong(key, "names of sources with their settings", value);
      return Map.of();
    }
    Map<String, SourceSettings> found = new LinkedHashMap<>();
    for (Yaml.Entry source : sources.entries()) {
      String name = source.key();
      if (name.isBlank() || name.length() > LONGEST) {
        root.faults().add(source.line(), "a source has a name of 1 to " + LONGEST + " characters");
        continue;
      }
      Fields fields = Fields.of(source.value(), "source '" + name + "'", FIELDS, root.faults());
      if (fields != null) {
        found.put(name, new SourceSettings(rules(fields)));
      }
    }
    return Map.copyOf(found);
  }

  private static SourceRules rules(Fields fields) {
    SourceRules usual = SourceRules.DEFAULT;
    SourceRules.Most most = usual.most();
    Ip ip = fields.choice("ip", IP);
    Set<String> redacted = texts(fields, "redact", usual.redacted());
    for (String counted : SourceRules.counted()) {
      if (redacted.contains(counted)) {
        fields.fault("redact", "'" + counted + "' counts in scores and cannot be redacted");
      }
    }
    return new SourceRules(
        fields.text("consent", LONGEST),
        ip == null ? usual.ip() : ip,
        texts(fields, "url_parameters", usual.parameters()),
        redacted,
        texts(fields, "refuse", usual.refused()),
        Boolean.TRUE.equals(fields.flag("require_signed_identity")),
        fields.text("channel", LONGEST),
        new SourceRules.Most(
            or(fields.whole("event_names", 1, 100_000), most.names()),
            or(fields.whole("property_keys", 1, 100_000), most.keys()),
            or(fields.whole("new_visitors_per_minute", 1, 1_000_000), most.visitors())));
  }

  private static int or(@Nullable Integer said, int usual) {
    return said == null ? usual : said;
  }

  /// A list of texts; the usual one where there is none.
  private static Set<String> texts(Fields fields, String key, Set<String> usual) {
    if (!fields.has(key)) {
      return usual;
    }
    Set<String> texts = new LinkedHashSet<>();
    for (Yaml item : fields.items(key, MOST)) {
      if (item instanceof Yaml.Scalar text && !text.text().isBlank()) {
        texts.add(text.text());
      } else {
        fields.wrong(key, "a list of texts", item);
      }
    }
    return texts;
  }
}
