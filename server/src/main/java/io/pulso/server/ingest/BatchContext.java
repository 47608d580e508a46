package io.pulso.server.ingest;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.store.RejectReason;
import java.util.LinkedHashMap;
import java.util.Map;

/// The context of a batch, which lies under that of each call in it.
final class BatchContext {
  private final String text;
  private final Json.Obj fields;
  private final boolean declined;
  private long room;

  /// @param room how many characters the contexts of a batch may have together
  /// @param declined whether it says that the person did not agree
  BatchContext(String text, long room, boolean declined) throws RowFault {
    this.text = text;
    this.fields = object(text);
    this.room = room;
    this.declined = declined;
  }

  boolean isDeclined() {
    return declined;
  }

  void under(Draft draft) throws RowFault {
    room -= text.length();
    if (room < 0) {
      throw new RowFault(
          RejectReason.TOO_LARGE, "the context of the batch is too large for so many events");
    }
    if (draft.context == null) {
      draft.context = text;
      names(draft, fields.fields());
      return;
    }
    Map<String, Json> merged = new LinkedHashMap<>(fields.fields());
    merged.putAll(object(draft.context).fields());
    draft.context = JsonText.write(new Json.Obj(merged));
    names(draft, merged);
  }

  private static void names(Draft draft, Map<String, Json> merged) {
    if (draft.contextChannel == null
        && merged.get("channel") instanceof Json.Str s
        && !s.value().isEmpty()) {
      draft.contextChannel = s.value();
    }
    if (draft.contextGroupId == null
        && merged.get("groupId") instanceof Json.Str s
        && !s.value().isEmpty()) {
      draft.contextGroupId = s.value();
    }
    if (draft.userToken == null && merged.get("userToken") instanceof Json.Str s) {
      draft.userToken = s.value();
    }
  }

  private static Json.Obj object(String text) throws RowFault {
    try {
      return JsonText.read(text) instanceof Json.Obj o ? o : Json.Obj.EMPTY;
    } catch (JsonFault e) {
      throw RowFault.of(e);
    }
  }
}
