package io.pulso.server.page.model;

import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Texts;
import io.pulso.engine.model.TextsEdit;
import io.pulso.engine.yaml.Decimals;
import io.pulso.engine.yaml.YamlEdit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A change of a band of a model's own.
///
/// @param at its place, from 0
record BandEdit(int at, String field, String value) {
  private static final String BANDS = "bands";
  private static final long STEP = 10_000;

  @Nullable String apply(String text, String language) {
    return switch (field) {
      case "id" -> YamlEdit.set(text, of(field), YamlEdit.flowScalar(value));
      case "bound" -> bound(text);
      case "color" -> Written.orNone(text, of(field), value, YamlEdit.flowScalar(value));
      case "engaged" ->
          value.isEmpty() ? YamlEdit.drop(text, of(field)) : YamlEdit.set(text, of(field), "true");
      case "title", "meaning", "advice" ->
          TextsEdit.set(text, of(field), language, value, () -> present(text));
      case "remove" -> remove(text);
      default -> null;
    };
  }

  private List<Object> of(String key) {
    return List.of(BANDS, at, key);
  }

  private @Nullable Texts present(String text) {
    Model model = Written.read(text);
    if (model == null || at >= model.bands().size()) {
      return null;
    }
    Band band = model.bands().get(at);
    return switch (field) {
      case "title" -> band.title();
      case "meaning" -> band.meaning();
      default -> band.advice();
    };
  }

  /// `to` or `below`, and a number.
  private @Nullable String bound(String text) {
    String[] parts = value.split(" ", 2);
    if (parts.length != 2) {
      return null;
    }
    String key = parts[0].equals("below") ? "below" : "to";
    String with = YamlEdit.set(text, of(key), Written.number(parts[1]));
    return with == null ? null : YamlEdit.drop(with, of(key.equals("to") ? "below" : "to"));
  }

  /// The last one is open, so the one before it loses its bound when it goes.
  private @Nullable String remove(String text) {
    Model model = Written.read(text);
    if (model == null || model.bandsName() != null || model.bands().size() < 2) {
      return null;
    }
    String next = YamlEdit.removeItem(text, List.of(BANDS), at);
    int last = model.bands().size() - 2;
    for (String key : List.of("to", "below")) {
      next = next == null || at <= last ? next : YamlEdit.drop(next, List.of(BANDS, last, key));
    }
    return next;
  }

  /// One more band, below the highest.
  static @Nullable String add(String text) {
    Model model = Written.read(text);
    if (model == null || model.bandsName() != null) {
      return null;
    }
    List<Band> bands = model.bands();
    int last = bands.size() - 1;
    Long below = last == 0 ? null : bands.get(last - 1).bound();
    long to = below == null ? 0 : Math.addExact(below, STEP);
    int number = bands.size();
    while (isTaken(bands, "band_" + number)) {
      number++;
    }
    return YamlEdit.insertItem(
        text, List.of(BANDS), last, "{id: band_%d, to: %s}".formatted(number, Decimals.show(to)));
  }

  private static boolean isTaken(List<Band> bands, String id) {
    return bands.stream().anyMatch(band -> band.id().equals(id));
  }

  /// The built-in bands written out; they keep their texts, which bands of the same ids have.
  static @Nullable String own(String text) {
    Model model = Written.read(text);
    return model == null || model.bandsName() == null
        ? null
        : YamlEdit.set(
            text,
            List.of(BANDS),
            model.bands().stream().map(BandEdit::written).collect(Collectors.joining()));
  }

  private static String written(Band band) {
    Long bound = band.bound();
    return "\n  - {id: %s%s%s}"
        .formatted(
            band.id(),
            bound == null
                ? ""
                : ", " + (band.including() ? "to: " : "below: ") + Decimals.show(bound),
            band.engaged() ? ", engaged: true" : "");
  }
}
