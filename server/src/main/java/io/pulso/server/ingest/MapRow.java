package io.pulso.server.ingest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A row of typed values under names: a JSON object, or a row of Parquet.
final class MapRow implements Row {
  private final List<String> names;
  private final Set<String> known;
  private Map<String, @Nullable Object> fields = Map.of();

  /// @param names the columns that have a number
  MapRow(List<String> names) {
    this.names = names;
    this.known = Set.copyOf(names);
  }

  void set(Map<String, @Nullable Object> next) {
    fields = next;
  }

  private @Nullable Object get(int column) {
    return fields.get(names.get(column));
  }

  @Override
  public boolean isEmpty(int column) {
    Object value = get(column);
    return value == null || value.equals("");
  }

  @Override
  public @Nullable String text(int column) {
    return Values.text(get(column));
  }

  @Override
  public @Nullable String id(int column) throws RowFault {
    return Values.id(get(column), names.get(column));
  }

  @Override
  public long time(int column, Times times) throws RowFault {
    return Values.time(get(column), times);
  }

  @Override
  public double number(int column) {
    return Values.number(get(column));
  }

  @Override
  public void write(int column, JsonBytes out) {
    StringBuilder text = new StringBuilder();
    Values.write(get(column), text);
    out.raw(text.toString());
  }

  @Override
  public Map<String, ?> values() {
    return Values.forCel(fields);
  }

  @Override
  public Map<String, Object> more() {
    Map<String, Object> more = new LinkedHashMap<>();
    fields.forEach((name, value) -> {
      if (value != null && !known.contains(name)) {
        more.put(name, value);
      }
    });
    return more;
  }
}
