package io.pulso.server.page.model;

import io.pulso.engine.json.Json;
import io.pulso.server.api.Answer;
import io.pulso.server.page.Visit;
import java.util.List;

/// Texts that the script of the editor writes.
final class EditorWords {
  private static final List<String> KEYS =
      List.of(
          "line",
          "fine",
          "remove",
          "points",
          "weight",
          "per_day",
          "per_window",
          "match",
          "whatif_wait",
          "whatif_fault",
          "whatif_failed",
          "unread",
          "reading",
          "nobody",
          "saved",
          "unsaved",
          "renamed",
          "no_edit",
          "tests_none",
          "hidden",
          "rule_title",
          "unit",
          "unit_occurrences",
          "unit_numeric",
          "unit_distinct",
          "unit_path",
          "target",
          "goal",
          "per",
          "per_account",
          "per_seat",
          "per_active_person",
          "per_person",
          "part_group",
          "group_none",
          "group_least",
          "group_most",
          "window",
          "as_model",
          "decay",
          "decay_none",
          "decay_half_life",
          "decay_linear",
          "decay_days",
          "band_id",
          "band_bound",
          "band_to",
          "band_below",
          "band_open",
          "meaning",
          "advice",
          "engaged",
          "colour");

  private EditorWords() {}

  static Json of(Visit visit) {
    Answer words = new Answer();
    for (String key : KEYS) {
      words.put(key, visit.t("model." + key));
    }
    return words.json();
  }
}
