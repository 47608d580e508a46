package io.pulso.server.score;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.server.store.Rejected;
import io.pulso.server.store.RejectedLane;
import java.util.LinkedHashMap;
import java.util.Map;

/// A rejected record as JSON.
public final class RejectedLine {
  private RejectedLine() {}

  public static String of(RejectedLane.Row row) {
    return JsonText.write(json(row));
  }

  public static Json json(RejectedLane.Row row) {
    Rejected rejected = row.rejected();
    Map<String, Json> out = new LinkedHashMap<>();
    out.put("source", new Json.Str(row.source()));
    out.put("file", new Json.Str(rejected.file()));
    out.put("line", new Json.Num(rejected.line()));
    out.put("reason", new Json.Str(rejected.reason().word()));
    out.put("detail", new Json.Str(rejected.detail()));
    out.put("body", new Json.Str(rejected.body()));
    return new Json.Obj(out);
  }
}
