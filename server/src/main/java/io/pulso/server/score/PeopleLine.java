package io.pulso.server.score;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.server.store.Exports;
import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A customer or an account as a line of CSV or JSON.
public final class PeopleLine {
  private PeopleLine() {}

  /// The first line of a CSV file.
  ///
  /// @param kind customer or account
  public static String header(String kind) {
    return kind
        + ",first_day,identified,account,traits"
        + (kind.equals("customer") ? ",processing" : "");
  }

  public static String csv(Exports.Somebody one) {
    return Stream.of(
            one.id(),
            LocalDate.ofEpochDay(one.firstDay()).toString(),
            String.valueOf(one.identified()),
            one.account() == null ? "" : one.account(),
            one.traits(),
            one.processing())
        .filter(Objects::nonNull)
        .map(ScoreCsv::quoted)
        .collect(Collectors.joining(","));
  }

  public static String json(String kind, Exports.Somebody one) {
    return "{\"%s\":%s,\"first_day\":\"%s\",\"identified\":%s,\"account\":%s,\"traits\":%s%s}"
        .formatted(
            kind,
            JsonText.write(new Json.Str(one.id())),
            LocalDate.ofEpochDay(one.firstDay()),
            one.identified(),
            one.account() == null ? "null" : JsonText.write(new Json.Str(one.account())),
            one.traits(),
            one.processing() == null ? "" : ",\"processing\":\"" + one.processing() + "\"");
  }
}
