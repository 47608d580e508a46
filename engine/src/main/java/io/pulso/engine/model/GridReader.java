package io.pulso.engine.model;

import io.pulso.engine.yaml.Decimals;
import io.pulso.engine.yaml.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the grid in the settings of a workspace: `{fit: M, engagement: M, cuts: [40, 70]}`.
public final class GridReader {
  static final List<String> FIELDS = List.of("fit", "engagement", "cuts");

  private GridReader() {}

  /// The grid under a field; null where there is none, or, with faults, where it is wrong.
  public static @Nullable Grid read(Fields settings, String key) {
    Fields fields = settings.under(key, FIELDS);
    if (fields == null) {
      return null;
    }
    String fit = fields.requiredName("fit");
    String engagement = fields.requiredName("engagement");
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
}
