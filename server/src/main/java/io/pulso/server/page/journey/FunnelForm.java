package io.pulso.server.page.journey;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.ConditionNames;
import io.pulso.engine.journey.Funnel;
import io.pulso.engine.journey.FunnelReader;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.server.api.Answer;
import io.pulso.server.event.InputException;
import io.pulso.server.page.Visit;
import java.util.ArrayList;
import java.util.List;

/// A funnel as people write it into a form: each step the name of an event, a page behind `Page:`,
/// or a condition behind `=`.
final class FunnelForm {
  static final String PAGE = "Page: ";
  private static final int LONGEST = 2_000;

  private FunnelForm() {}

  /// What a form says, as it is kept.
  static Json.Obj read(Visit visit) {
    List<Json> steps = new ArrayList<>();
    for (String text : visit.forms("step")) {
      if (!text.isBlank()) {
        steps.add(step(text.strip()));
      }
    }
    String amount = visit.form("amount");
    String unit = visit.form("unit");
    return new Answer()
        .put("steps", new Json.Arr(steps))
        .put("window", (amount == null ? "" : amount.strip()) + (unit == null ? "d" : unit))
        .put("order", visit.form("order") == null ? "ordered" : visit.form("order"))
        .put("per", visit.form("per") == null ? "customer" : visit.form("per"))
        .json();
  }

  private static Json step(String text) {
    if (text.length() > LONGEST) {
      throw new InputException("a step has at most %d characters".formatted(LONGEST));
    }
    String plain = JsonText.clean(text);
    if (plain.startsWith("=")) {
      return new Json.Str(plain.substring(1).strip());
    }
    boolean page = plain.startsWith(PAGE.strip());
    String name = page ? plain.substring(PAGE.strip().length()).strip() : plain;
    String quoted = JsonText.write(new Json.Str(name));
    return new Answer()
        .put("title", name.length() > 200 ? name.substring(0, 200) : name)
        .put(
            "match",
            page ? "type in [\"page\", \"screen\"] && name == " + quoted : "event == " + quoted)
        .json();
  }

  /// The funnel of what was kept.
  static Funnel funnel(Json.Obj kept) {
    return FunnelReader.one("funnel", JsonText.write(kept));
  }

  /// As the steps stand in the form.
  static List<String> steps(Funnel funnel) {
    List<String> steps = new ArrayList<>();
    for (Funnel.Step step : funnel.steps()) {
      steps.add(written(step.match().condition(), step.match().text()));
    }
    return steps;
  }

  private static String written(Condition condition, String text) {
    if (ConditionNames.onlyNames(condition)) {
      if (text.startsWith("event == \"") && text.indexOf('"', 10) == text.length() - 1) {
        return text.substring(10, text.length() - 1);
      }
      String page = "type in [\"page\", \"screen\"] && name == \"";
      if (text.startsWith(page) && text.indexOf('"', page.length()) == text.length() - 1) {
        return PAGE + text.substring(page.length(), text.length() - 1);
      }
    }
    return "= " + text;
  }
}
