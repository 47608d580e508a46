package io.pulso.server.ingest;

import io.pulso.engine.json.Canonical;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/// JSON objects that stand as text in one cell.
final class ObjectText {
  private final JsonFields fields = new JsonFields();
  private final Slice scratch = new Slice();

  /// Whether properties are canonical as they stand and have neither value nor channel.
  static boolean isPlain(@Nullable String json) {
    return Canonical.isFlatObject(json, "value", "revenue", "total", "channel");
  }

  /// The canonical text of properties; their value and channel go into the draft.
  @Nullable String properties(String json, Draft draft) throws RowFault {
    if (isPlain(json)) {
      return json;
    }
    fields.begin(draft);
    scratch.set(json);
    try (JsonParser parser = JsonText.parser(scratch.bytes, scratch.from, scratch.length())) {
      JsonText.next(parser);
      String text = fields.properties(parser);
      JsonText.end(parser);
      return text;
    } catch (JsonFault e) {
      throw RowFault.of(e);
    }
  }

  /// One object with the fields of both; those of the second win.
  String merge(String first, String second) throws RowFault {
    if (second.startsWith("{\"value\":") && second.indexOf(',') < 0 && isPlain(first)) {
      return first.substring(0, first.length() - 1) + ',' + second.substring(1);
    }
    try {
      Map<String, Json> merged = new LinkedHashMap<>();
      for (String text : new String[] {first, second}) {
        if (JsonText.read(text) instanceof Json.Obj object) {
          merged.putAll(object.fields());
        }
      }
      return JsonText.write(new Json.Obj(merged));
    } catch (JsonFault e) {
      throw RowFault.of(e);
    }
  }
}
