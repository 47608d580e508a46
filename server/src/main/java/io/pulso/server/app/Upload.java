package io.pulso.server.app;

import io.pulso.engine.json.Json;
import io.pulso.server.api.Answer;
import io.pulso.server.ingest.As;
import io.pulso.server.ingest.Format;
import io.pulso.server.ingest.ImportRequest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file that was sent, and how it is to be read: texts by name, as [#NAMES] lists them.
///
/// @param zone the workspace's time zone
/// @param largest the bytes that it may have, unpacked
record Upload(String file, Map<String, String> options, String zone, long largest) {
  static final List<String> NAMES =
      List.of("format", "as", "map", "zone", "time_format", "delimiter", "header", "channel");

  static Upload of(Json.Obj json) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String name : NAMES) {
      if (json.get(name) instanceof Json.Str(String text)) {
        options.put(name, text);
      }
    }
    String file = json.get("file") instanceof Json.Str(String text) ? text : "";
    String zone = json.get("workspace_zone") instanceof Json.Str(String text) ? text : "UTC";
    long largest = json.get("largest") instanceof Json.Num(double most) ? (long) most : 0;
    return new Upload(file, options, zone, largest);
  }

  Json.Obj json() {
    Answer answer =
        new Answer()
            .put("file", file)
            .put("workspace_zone", zone)
            .put("largest", new Json.Num(largest));
    options.forEach(answer::put);
    return answer.json();
  }

  /// What is to be read; an option that is wrong is an `InputException`.
  ImportRequest request(Instant now) {
    String format = options.get("format");
    String said = options.get("zone");
    String delimiter = options.get("delimiter");
    String header = options.get("header");
    return ImportRequest.of(List.of(file), now)
        .withFormat(format == null ? null : Format.read(format))
        .withAs(As.read(options.getOrDefault("as", "events")))
        .withMap(map(options.get("map")))
        .withZones(said == null ? null : Settings.zone(said), ZoneId.of(zone))
        .withTimeFormat(options.get("time_format"))
        .withTable(
            delimiter == null ? null : (Character) ImportRequest.delimiter(delimiter),
            header == null ? null : (Boolean) header.equals("yes"))
        .withChannel(options.get("channel"))
        .withLargest(largest);
  }

  private static Map<String, String> map(@Nullable String lines) {
    return lines == null ? Map.of() : ImportRequest.map(lines.lines().toList());
  }
}
