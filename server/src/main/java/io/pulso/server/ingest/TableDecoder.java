package io.pulso.server.ingest;

import io.pulso.engine.json.JsonText;
import io.pulso.server.ingest.Mapping.Assignment;
import io.pulso.server.ingest.Mapping.Rest;
import io.pulso.server.ingest.Mapping.Variant;
import io.pulso.server.ingest.Target.Part;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.RejectReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes records from the rows of a table by a mapping.
final class TableDecoder implements RowReader {
  private static final byte[] VALUE = JsonBytes.key("value");

  private final Mapping mapping;
  private final Times times;
  private final Checks checks;
  private final RowIds ids;
  private final @Nullable TotalIds totals;
  private final Draft draft = new Draft();
  private final JsonBytes properties = new JsonBytes();
  private final JsonBytes traits = new JsonBytes();
  private final JsonBytes context = new JsonBytes();
  private final List<Other> others = new ArrayList<>();
  private final Map<String, byte[]> keys = new HashMap<>();
  private final ObjectText objects = new ObjectText();
  private final boolean usesFile;
  private final boolean hasTime;
  private @Nullable String wholeProperties;
  private String fromFile = "";

  /// A column that the mapping does not name.
  private record Other(int index, String name) {}

  /// @param totals null where rows are no daily totals
  TableDecoder(Mapping mapping, Times times, Checks checks, RowIds ids, @Nullable TotalIds totals) {
    this.mapping = mapping;
    this.times = times;
    this.checks = checks;
    this.ids = ids;
    this.totals = totals;
    this.usesFile = mapping.usesFile();
    this.hasTime =
        mapping.has(Part.TIME)
            || mapping.variants().stream()
                .anyMatch(v -> v.parts().stream().anyMatch(p -> p.target().part() == Part.TIME));
    if (mapping.rest() != Rest.DROPPED) {
      for (String name : mapping.unnamed()) {
        others.add(new Other(mapping.columns().indexOf(name), name));
      }
    }
  }

  @Override
  public void decode(Row row, RowText text, long line, Outlet outlet) {
    boolean made = false;
    for (Variant variant : mapping.variants()) {
      if (variant.needed() >= 0 && row.isEmpty(variant.needed())) {
        continue;
      }
      made = true;
      try {
        read(row, variant, line, outlet.fileName());
        if (draft.messageId == null) {
          draft.messageId = ids.next(text.text(), variant.label() + fromFile);
        } else if (!variant.label().isEmpty()) {
          draft.messageId = draft.messageId + ":" + variant.label();
        }
        Incoming checked = checks.check(draft, outlet.file(), line);
        outlet.keep(totals == null ? checked : totals.total(checked));
      } catch (RowFault fault) {
        outlet.reject(line, fault, text.text());
      }
    }
    if (!made) {
      outlet.reject(
          line,
          new RowFault(RejectReason.BAD_ROW, "the row says nothing: all its columns are empty"),
          text.text());
    }
  }

  private void read(Row row, Variant variant, long line, String file) throws RowFault {
    draft.clear();
    properties.begin();
    traits.begin();
    context.begin();
    wholeProperties = null;
    fromFile = "";
    draft.aboutNobody = mapping.as() == As.ACCOUNTS || mapping.as() == As.METRICS_DAILY;
    for (Assignment one : variant.parts()) {
      assign(one, row, line, file);
    }
    for (Assignment one : mapping.common()) {
      assign(one, row, line, file);
    }
    others(row);
    draft.properties = wholeProperties();
    draft.traits = traits.end();
    draft.context = context.end();
    if (!hasTime) {
      draft.occurredAt = checks.now();
    }
    if (mapping.as() == As.SUBSCRIPTIONS && draft.event != null) {
      draft.event = SubscriptionWords.event(draft.event);
    }
  }

  private void assign(Assignment one, Row row, long line, String file) throws RowFault {
    switch (one.source()) {
      case Source.Column column -> fromColumn(one.target(), row, column.index());
      case Source.Constant constant -> fromValue(one.target(), constant.value());
      case Source.Computed computed -> {
        Object answer = computed.formula().answer(row.values(), base(file), line);
        if (usesFile && computed.formula().usesFile()) {
          fromFile = fromFile + '\0' + answer;
        }
        fromValue(one.target(), answer);
      }
    }
  }

  private static String base(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  private void fromColumn(Target target, Row row, int column) throws RowFault {
    switch (target.part()) {
      case USER_ID -> draft.userId = row.id(column);
      case ANONYMOUS_ID -> draft.anonymousId = row.id(column);
      case PREVIOUS_ID -> draft.previousId = row.id(column);
      case GROUP_ID -> draft.groupId = row.id(column);
      case EVENT -> draft.event = row.text(column);
      case NAME -> draft.name = row.text(column);
      case TYPE -> draft.type = lower(row.text(column));
      case TIME -> draft.occurredAt = row.time(column, times);
      case RECEIVED -> draft.receivedAt = row.time(column, times);
      case MESSAGE_ID -> draft.messageId = row.text(column);
      case CHANNEL -> draft.channel = row.text(column);
      case VALUE -> value(row.text(column));
      case PROPERTIES -> whole(row.text(column));
      case METRIC -> property("metric", row, column);
      case PROPERTY -> property(target.key(), row, column);
      case TRAIT -> {
        if (!row.isEmpty(column)) {
          row.write(column, traits.key(key(target.key())));
        }
      }
      case CONTEXT -> {
        if (!row.isEmpty(column)) {
          contextField(target.key(), row.text(column));
          row.write(column, context.key(key(target.key())));
        }
      }
      case STARTED, RENEWED, UPGRADED, DOWNGRADED, CANCELLED -> {}
    }
  }

  private void fromValue(Target target, @Nullable Object value) throws RowFault {
    switch (target.part()) {
      case USER_ID -> draft.userId = Values.id(value, "the customer");
      case ANONYMOUS_ID -> draft.anonymousId = Values.id(value, "the anonymous id");
      case PREVIOUS_ID -> draft.previousId = Values.id(value, "the previous id");
      case GROUP_ID -> draft.groupId = Values.id(value, "the account");
      case EVENT -> draft.event = Values.text(value);
      case NAME -> draft.name = Values.text(value);
      case TYPE -> draft.type = lower(Values.text(value));
      case TIME -> draft.occurredAt = Values.time(value, times);
      case RECEIVED -> draft.receivedAt = Values.time(value, times);
      case MESSAGE_ID -> draft.messageId = Values.text(value);
      case CHANNEL -> draft.channel = Values.text(value);
      case VALUE -> value(Values.text(value));
      case PROPERTIES ->
          whole(value instanceof Map<?, ?> ? Values.json(Values.map(value)) : Values.text(value));
      case METRIC -> property("metric", value);
      case PROPERTY -> property(target.key(), value);
      case TRAIT -> json(traits, target.key(), value);
      case CONTEXT -> {
        contextField(target.key(), Values.text(value));
        json(context, target.key(), value);
      }
      case STARTED, RENEWED, UPGRADED, DOWNGRADED, CANCELLED -> {}
    }
  }

  private static @Nullable String lower(@Nullable String text) {
    return text == null ? null : Checks.lower(text);
  }

  /// The mapped value, which must be a number, however it is written.
  private void value(@Nullable String text) throws RowFault {
    if (text == null) {
      return;
    }
    double number = Cells.number(text);
    if (Double.isNaN(number)) {
      throw new RowFault(RejectReason.BAD_VALUE, "'" + Checks.brief(text) + "' is no number");
    }
    draft.value("value", number);
    properties.key(VALUE).raw(JsonText.plain(number));
  }

  private void property(String key, Row row, int column) {
    if (row.isEmpty(column)) {
      return;
    }
    if (Draft.mayBeValue(key)) {
      draft.value(key, row.number(column));
    } else if (key.equals("channel")) {
      draft.propertiesChannel = row.text(column);
    }
    row.write(column, properties.key(key(key)));
  }

  private void property(String key, @Nullable Object value) {
    if (value == null || value.equals("")) {
      return;
    }
    if (Draft.mayBeValue(key)) {
      draft.value(key, Values.number(value));
    } else if (key.equals("channel") && value instanceof String channel) {
      draft.propertiesChannel = channel;
    }
    json(properties, key, value);
  }

  private void contextField(String key, @Nullable String text) {
    if (key.equals("channel")) {
      draft.contextChannel = text;
    } else if (key.equals("groupId")) {
      draft.contextGroupId = text;
    }
  }

  private void json(JsonBytes out, String key, @Nullable Object value) {
    if (value == null || value.equals("")) {
      return;
    }
    StringBuilder text = new StringBuilder();
    Values.write(value, text);
    out.key(key(key)).raw(text.toString());
  }

  private byte[] key(String key) {
    return keys.computeIfAbsent(key, JsonBytes::key);
  }

  private void others(Row row) {
    JsonBytes out = mapping.rest() == Rest.TRAITS ? traits : properties;
    for (Other other : others) {
      if (row.isEmpty(other.index)) {
        continue;
      }
      if (out == properties) {
        property(other.name, row, other.index);
      } else {
        row.write(other.index, out.key(key(other.name)));
      }
    }
    if (mapping.rest() != Rest.DROPPED) {
      row.more().forEach((name, value) -> more(out, name, value));
    }
  }

  private void more(JsonBytes out, String name, Object value) {
    if (out == properties) {
      property(name, value);
    } else {
      json(out, name, value);
    }
  }

  private void whole(@Nullable String json) throws RowFault {
    wholeProperties = json == null ? null : objects.properties(json, draft);
  }

  /// The properties given as one object, with those of single columns.
  private @Nullable String wholeProperties() throws RowFault {
    String single = properties.end();
    if (wholeProperties == null || single == null) {
      return wholeProperties == null ? single : wholeProperties;
    }
    return objects.merge(wholeProperties, single);
  }
}
