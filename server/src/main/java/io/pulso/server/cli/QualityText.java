package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Quality rules, and what they leave out, for people.
final class QualityText {
  private final Console console;

  QualityText(Console console) {
    this.console = console;
  }

  void print(QualityCommand.Action action, Json.Obj answer) {
    switch (action) {
      case LIST -> rules(answer);
      case EXCLUDED -> excluded(answer);
      case READMITTED -> readmitted(answer);
      case APPLY -> console.note("judged everything: " + changed(answer));
      case READMIT ->
          console.note("let in as number %s: %s".formatted(text(answer, "id"), changed(answer)));
      case REMOVE -> console.note("taken back: " + changed(answer));
      case SWEEP ->
          console.note(
              "removed %s".formatted(counted(number(answer, "removed"), "copy", "copies")));
    }
  }

  private static String changed(Json.Obj answer) {
    return counted(number(answer, "changed"), "verdict", "verdicts") + " changed";
  }

  private static String counted(long number, String one, String many) {
    return Numbers.count(number) + " " + (number == 1 ? one : many);
  }

  private void rules(Json.Obj answer) {
    TextTable table = new TextTable().text("rule").text("").number("left out").text("of these");
    for (Json.Obj rule : objects(answer, "rules")) {
      String reasons =
          rule.fields().get("reasons") instanceof Json.Obj all && all.fields().size() > 1
              ? all.fields().keySet().stream()
                  .map(word -> "%s %s".formatted(Numbers.count(number(all, word)), word))
                  .collect(Collectors.joining(", "))
              : "";
      table.row(
          text(rule, "rule"),
          isTrue(rule, "on") ? "on" : "off",
          Numbers.count(number(rule, "excluded")),
          reasons);
    }
    table.print(console, "");
    if (!isTrue(answer, "applied")) {
      console.note(
          "what is stored was judged by other rules: `pulso quality apply` judges it by these");
    }
  }

  private void excluded(Json.Obj answer) {
    TextTable table =
        new TextTable()
            .text("occurred")
            .text("reason")
            .text("who")
            .text("what")
            .text("source")
            .text("message")
            .text("user agent");
    for (Json.Obj row : objects(answer, "excluded")) {
      String name = text(row, "name");
      table.row(
          text(row, "occurred_at"),
          text(row, "reason"),
          text(row, "customer"),
          name.isEmpty() ? text(row, "type") : name,
          text(row, "source"),
          text(row, "message_id"),
          text(row, "user_agent"));
    }
    if (table.isEmpty()) {
      console.note("no record is left out");
    }
    table.print(console, "");
    String next = text(answer, "next_cursor");
    if (!next.isEmpty()) {
      console.note("there may be more: --cursor " + next);
    }
  }

  private void readmitted(Json.Obj answer) {
    TextTable table =
        new TextTable()
            .text("number")
            .text("rule")
            .text("who")
            .text("message")
            .text("source")
            .text("note");
    for (Json.Obj row : objects(answer, "readmitted")) {
      String rule = text(row, "rule");
      table.row(
          text(row, "id"),
          rule.isEmpty() ? "all" : rule,
          text(row, "customer"),
          text(row, "message_id"),
          text(row, "source"),
          text(row, "note"));
    }
    if (table.isEmpty()) {
      console.note("nothing was let back in");
    }
    table.print(console, "");
  }

  private static List<Json.Obj> objects(Json.Obj answer, String key) {
    List<Json.Obj> found = new ArrayList<>();
    if (answer.fields().get(key) instanceof Json.Arr list) {
      for (Json item : list.items()) {
        if (item instanceof Json.Obj object) {
          found.add(object);
        }
      }
    }
    return found;
  }

  private static String text(Json.Obj of, String key) {
    return switch (of.fields().get(key)) {
      case Json.Str(String text) -> text;
      case Json.Num number -> String.valueOf((long) number.value());
      case null, default -> "";
    };
  }

  private static long number(Json.Obj of, String key) {
    return of.fields().get(key) instanceof Json.Num number ? (long) number.value() : 0;
  }

  private static boolean isTrue(Json.Obj of, String key) {
    return of.fields().get(key) instanceof Json.Bool(boolean yes) && yes;
  }
}
