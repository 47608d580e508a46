package io.pulso.engine.model;

import io.pulso.engine.yaml.Decimals;
import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Notes;
import io.pulso.engine.yaml.Yaml;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How well a subject fits against how engaged it is: `A1` to `C3`.
///
/// @param fit name of the model that gives the letter
/// @param engagement name of the model that gives the digit
/// @param low the first cut, in milli-points
/// @param high the second cut, in milli-points
public record Grid(String fit, String engagement, long low, long high) {
  static final List<String> FIELDS = List.of("fit", "engagement", "cuts");

  /// The `grid:` of a workspace; null, with faults, where it is wrong.
  public static @Nullable Grid read(Yaml node, Notes faults) {
    Fields fields = Fields.of(node, "grid", FIELDS, faults);
    if (fields == null) {
      return null;
    }
    String fit = fields.name("fit");
    String engagement = fields.name("engagement");
    if (fit != null && fit.equals(engagement)) {
      fields.fault("engagement", "'fit' and 'engagement' must be two models");
    }
    fields.require("cuts");
    List<Long> cuts = fields.millis("cuts", -PartReader.MOST, PartReader.MOST);
    if (cuts == null || fit == null || engagement == null) {
      return null;
    }
    if (cuts.size() != 2 || cuts.get(0) >= cuts.get(1)) {
      List<String> shown = cuts.stream().map(Decimals::show).toList();
      fields.fault("cuts", "'cuts' must be two ascending scores such as [40, 70], not " + shown);
      return null;
    }
    return new Grid(fit, engagement, cuts.get(0), cuts.get(1));
  }

  /// The cell of two scores in milli-points.
  public String cell(long fitScore, long engagementScore) {
    return "ABC".substring(place(fitScore), place(fitScore) + 1) + (place(engagementScore) + 1);
  }

  private int place(long score) {
    if (score > high) {
      return 0;
    }
    return score > low ? 1 : 2;
  }
}
