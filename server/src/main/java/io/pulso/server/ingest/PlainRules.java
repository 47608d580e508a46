package io.pulso.server.ingest;

import io.pulso.engine.json.JsonText;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.PlainFile;
import org.jspecify.annotations.Nullable;

/// The rules of the usual way, row by row, for rows that the store takes from a file by itself.
final class PlainRules implements PlainFile.Rules {
  private static final String SOMEBODY = "somebody";

  private final Checks checks;

  PlainRules(Checks checks) {
    this.checks = checks;
  }

  @Override
  public PlainFile.@Nullable Head head(@Nullable String event, @Nullable String channel) {
    Draft draft = new Draft();
    draft.userId = SOMEBODY;
    draft.messageId = SOMEBODY;
    draft.event = empty(event);
    draft.channel = empty(channel);
    draft.occurredAt = checks.now();
    try {
      Incoming row = checks.check(draft, 0, 1);
      return new PlainFile.Head(row.type(), row.event(), row.name(), row.channel(), row.flags());
    } catch (RowFault e) {
      return null;
    }
  }

  private static @Nullable String empty(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  @Override
  public boolean isPlain(String json) {
    return ObjectText.isPlain(json);
  }

  @Override
  public String properties(@Nullable String json, double value) {
    String object = empty(json);
    if (object != null && !ObjectText.isPlain(object)) {
      object = canonical(object);
      if (object == null) {
        return "";
      }
    }
    if (Double.isNaN(value)) {
      return object == null ? "" : object;
    }
    String number = "\"value\":" + JsonText.plain(value) + '}';
    return object == null ? '{' + number : object.substring(0, object.length() - 1) + ',' + number;
  }

  /// Null when it says something of the event itself, is empty or is no object.
  private static @Nullable String canonical(String json) {
    Draft draft = new Draft();
    try {
      String text = new ObjectText().properties(json, draft);
      boolean says = draft.valueRank < 3 || draft.propertiesChannel != null;
      return says ? null : text;
    } catch (RowFault e) {
      return null;
    }
  }
}
