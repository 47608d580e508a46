package io.pulso.engine.model;

import io.pulso.engine.yaml.Decimals;
import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Yaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the bands of a model file: a list of its own, or the name of a built-in set.
final class BandReader {
  static final List<String> FIELDS =
      List.of("id", "title", "meaning", "advice", "color", "engaged", "below", "to");
  static final String POINTS = "points";
  static final String WEIGHTED = "weighted";

  private static final int MOST_BANDS = 50;
  private static final Pattern COLOR =
      Pattern.compile("#([0-9a-fA-F]{3}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})|[a-z]{3,30}");

  /// @param name of the built-in set, null for a list of the model's own
  record Chosen(List<Band> bands, @Nullable String name) {}

  private final Map<String, Band> builtIn;
  private final Set<String> ids = new HashSet<>();
  private @Nullable Long top;

  private BandReader(Map<String, Band> builtIn) {
    this.builtIn = builtIn;
  }

  static Chosen read(Fields model, boolean weighted) {
    String named = weighted ? WEIGHTED : POINTS;
    Yaml value = model.get("bands");
    if (value instanceof Yaml.Items) {
      return new Chosen(list(model, "bands", BandSets.byId()), null);
    }
    if (value instanceof Yaml.Scalar) {
      String chosen = model.choice("bands", Map.of(POINTS, POINTS, WEIGHTED, WEIGHTED));
      named = chosen == null ? named : chosen;
    } else if (value != null) {
      model.wrong("bands", "a list, points or weighted", value);
    }
    return new Chosen(named.equals(POINTS) ? BandSets.points() : BandSets.weighted(), named);
  }

  /// @param builtIn bands whose texts stand in for those that the list leaves out, by id
  static List<Band> list(Fields owner, String key, Map<String, Band> builtIn) {
    BandReader reader = new BandReader(builtIn);
    List<Yaml> items = owner.items(key, MOST_BANDS);
    if (items.isEmpty()) {
      owner.fault(key, "'" + key + "' needs at least one band");
    }
    List<Band> bands = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String place = PartReader.place("band", "id", items.get(i), i);
      Fields fields = Fields.of(items.get(i), place, FIELDS, owner.faults());
      if (fields != null) {
        bands.add(reader.band(fields, i == items.size() - 1));
      }
    }
    return bands;
  }

  private Band band(Fields fields, boolean last) {
    String id = fields.requiredName("id");
    PartReader.unique(fields, "id", id, ids);
    Band known = id == null ? null : builtIn.get(id);
    Boolean engaged = fields.flag("engaged");
    return new Band(
        id == null ? "" : id,
        bound(fields, last),
        fields.has("to"),
        text(fields, "title", TextsReader.TITLE, known == null ? Texts.NONE : known.title()),
        text(fields, "meaning", TextsReader.LONG, known == null ? Texts.NONE : known.meaning()),
        text(fields, "advice", TextsReader.LONG, known == null ? Texts.NONE : known.advice()),
        color(fields),
        engaged != null && engaged);
  }

  private static Texts text(Fields fields, String key, int longest, Texts otherwise) {
    return fields.has(key) ? TextsReader.read(fields, key, longest) : otherwise;
  }

  private @Nullable Long bound(Fields fields, boolean last) {
    Long below = fields.milli("below", -PartReader.MOST, PartReader.MOST);
    Long to = fields.milli("to", -PartReader.MOST, PartReader.MOST);
    if (last) {
      String open = " has no place in the last band, which is open; remove it";
      fields.refuse("below", "'below'" + open);
      fields.refuse("to", "'to'" + open);
      return null;
    }
    if (fields.has("below") == fields.has("to")) {
      String one = fields.has("to") ? "takes 'to' or 'below', not both" : "needs 'to' or 'below'";
      fields.fault("to", one);
    }
    ascending(fields, below, to);
    return to == null ? below : to;
  }

  private void ascending(Fields fields, @Nullable Long below, @Nullable Long to) {
    Long highest = to != null ? to : below == null ? null : Long.valueOf(below - 1);
    if (highest == null) {
      return;
    }
    if (top != null && highest <= top) {
      String bound = to != null ? "to " + Decimals.show(to) : "below " + Decimals.show(highest + 1);
      fields.fault(
          to != null ? "to" : "below",
          "'" + bound + "' leaves nothing above the band before; bands must ascend");
    }
    top = top == null ? highest : Math.max(top, highest);
  }

  private static @Nullable String color(Fields fields) {
    String color = fields.text("color", 30);
    if (color != null && !COLOR.matcher(color).matches()) {
      fields.fault("color", "'color' must be a CSS colour such as '#2e7d32' (in quotes) or green");
      return null;
    }
    return color;
  }
}
