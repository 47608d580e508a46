package io.pulso.server.ingest;

import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.store.ParquetRows;
import io.pulso.server.store.ParquetRows.Column;
import io.pulso.server.store.ParquetRows.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One row of a Parquet file.
final class ParquetRow implements Row {
  private static final long MICRO = 1_000_000;

  private final ParquetRows rows;
  private final List<Column> columns;
  private final boolean[] wanted;
  private final Times times;
  private final List<byte[]> keys = new ArrayList<>();
  private final JsonBytes json = new JsonBytes();
  private final Slice text = new Slice();
  private int at;

  /// @param times reads clocks without a zone
  ParquetRow(ParquetRows rows, boolean[] wanted, Times times) {
    this.rows = rows;
    this.columns = rows.columns();
    this.wanted = wanted.clone();
    this.times = times;
    columns.forEach(column -> keys.add(JsonBytes.key(column.name())));
  }

  void set(int row) {
    at = row;
  }

  private Kind kind(int column) {
    return columns.get(column).kind();
  }

  @Override
  public boolean isEmpty(int column) {
    return rows.isNull(column, at)
        || switch (kind(column)) {
          case TEXT, JSON, BIG -> rows.text(column, at).isEmpty();
          case DECIMAL -> !Double.isFinite(rows.decimal(column, at));
          case WHOLE, TRUTH, INSTANT, LOCAL -> false;
        };
  }

  @Override
  public @Nullable String text(int column) {
    if (rows.isNull(column, at)) {
      return null;
    }
    return switch (kind(column)) {
      case TEXT, JSON, BIG -> {
        String found = rows.text(column, at);
        yield found.isEmpty() ? null : found;
      }
      case WHOLE -> Long.toString(rows.whole(column, at));
      case DECIMAL -> {
        double number = rows.decimal(column, at);
        yield Double.isFinite(number) ? JsonText.plain(number) : null;
      }
      case TRUTH -> Boolean.toString(rows.truth(column, at));
      case INSTANT, LOCAL -> instant(column).toString();
    };
  }

  @Override
  public @Nullable String id(int column) throws RowFault {
    if (rows.isNull(column, at)) {
      return null;
    }
    return switch (kind(column)) {
      case TEXT, WHOLE, BIG -> text(column);
      case DECIMAL -> Values.id(rows.decimal(column, at), columns.get(column).name());
      case TRUTH, INSTANT, LOCAL, JSON -> Values.id(false, columns.get(column).name());
    };
  }

  @Override
  public long time(int column, Times reader) throws RowFault {
    if (isEmpty(column)) {
      return Draft.NO_TIME;
    }
    return switch (kind(column)) {
      case INSTANT -> rows.whole(column, at);
      case LOCAL -> local(rows.whole(column, at), reader);
      case DECIMAL -> reader.number(rows.decimal(column, at));
      case TEXT, WHOLE, BIG, TRUTH, JSON -> reader.read(String.valueOf(text(column)));
    };
  }

  private static long local(long micros, Times reader) {
    return reader.local(Math.floorDiv(micros, MICRO), (int) Math.floorMod(micros, MICRO));
  }

  private Instant instant(int column) {
    long micros = rows.whole(column, at);
    long utc = kind(column) == Kind.LOCAL ? local(micros, times) : micros;
    return Instant.ofEpochSecond(Math.floorDiv(utc, MICRO), Math.floorMod(utc, MICRO) * 1_000);
  }

  @Override
  public double number(int column) {
    if (rows.isNull(column, at)) {
      return Double.NaN;
    }
    return switch (kind(column)) {
      case WHOLE -> (double) rows.whole(column, at);
      case DECIMAL -> rows.decimal(column, at);
      case BIG -> Double.parseDouble(rows.text(column, at));
      case TEXT, TRUTH, INSTANT, LOCAL, JSON -> Double.NaN;
    };
  }

  @Override
  public void write(int column, JsonBytes out) {
    switch (kind(column)) {
      case TEXT -> out.string(rows.text(column, at));
      case WHOLE -> out.raw(JsonText.plain((double) rows.whole(column, at)));
      case DECIMAL, BIG -> out.raw(JsonText.plain(number(column)));
      case TRUTH -> out.raw(Boolean.toString(rows.truth(column, at)));
      case INSTANT, LOCAL -> out.string(instant(column).toString());
      case JSON -> out.raw(canonical(rows.text(column, at)));
    }
  }

  private static String canonical(String nested) {
    try {
      return JsonText.write(JsonText.read(nested));
    } catch (JsonFault e) {
      StringBuilder out = new StringBuilder();
      JsonText.quote(nested, out);
      return out.toString();
    }
  }

  @Override
  public Map<String, ?> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      if (wanted[i] && !rows.isNull(i, at)) {
        values.put(columns.get(i).name(), value(i));
      }
    }
    return values;
  }

  private Object value(int column) {
    return switch (kind(column)) {
      case TEXT, JSON, BIG -> rows.text(column, at);
      case WHOLE -> rows.whole(column, at);
      case DECIMAL -> rows.decimal(column, at);
      case TRUTH -> rows.truth(column, at);
      case INSTANT, LOCAL -> instant(column);
    };
  }

  /// The row as one JSON object, which stands for its text.
  Slice json() {
    json.begin();
    for (int i = 0; i < columns.size(); i++) {
      if (wanted[i] && !isEmpty(i)) {
        write(i, json.key(keys.get(i)));
      }
    }
    String object = json.end();
    byte[] utf8 = (object == null ? "{}" : object).getBytes(StandardCharsets.UTF_8);
    return text.set(utf8, 0, utf8.length);
  }
}
