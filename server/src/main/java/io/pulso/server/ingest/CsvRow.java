package io.pulso.server.ingest;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A row of delimited text. Columns keep one type: what looked like numbers or booleans at the
/// beginning of the file is written so, everything else as text.
final class CsvRow implements Row {
  private final CsvRows rows;
  private final List<ColumnType> types;
  private final Cell cell;

  /// What the cells of a column become as properties.
  enum ColumnType {
    TEXT,
    NUMBER,
    BOOLEAN
  }

  CsvRow(CsvRows rows, List<String> names, List<ColumnType> types) {
    this.rows = rows;
    this.types = types;
    this.cell = new Cell(rows, names);
  }

  @Override
  public boolean isEmpty(int column) {
    return rows.field(column).isEmpty();
  }

  @Override
  public @Nullable String text(int column) {
    Slice field = rows.field(column);
    return field.isEmpty() ? null : field.text();
  }

  @Override
  public @Nullable String id(int column) {
    return text(column);
  }

  @Override
  public long time(int column, Times times) throws RowFault {
    Slice field = rows.field(column);
    return field.isEmpty() ? Draft.NO_TIME : times.read(field);
  }

  @Override
  public double number(int column) {
    Slice field = rows.field(column);
    boolean isNumber = types.get(column) == ColumnType.NUMBER && Cells.isNumber(field);
    return isNumber ? Cells.number(field.text()) : Double.NaN;
  }

  @Override
  public void write(int column, JsonBytes out) {
    Slice field = rows.field(column);
    switch (types.get(column)) {
      case NUMBER -> {
        if (Cells.isNumber(field)) {
          out.number(field);
        } else {
          out.string(field);
        }
      }
      case BOOLEAN -> {
        if (Cells.isTrue(field) || Cells.isFalse(field)) {
          out.raw(Cells.isTrue(field) ? "true" : "false");
        } else {
          out.string(field);
        }
      }
      case TEXT -> out.string(field);
    }
  }

  @Override
  public Map<String, ?> values() {
    return cell;
  }

  /// The current row as a map of texts, looked up when asked.
  private static final class Cell extends AbstractMap<String, String> {
    private final CsvRows rows;
    private final List<String> names;
    private final Map<String, Integer> index = new HashMap<>();

    Cell(CsvRows rows, List<String> names) {
      this.rows = rows;
      this.names = names;
      for (int i = 0; i < names.size(); i++) {
        index.put(names.get(i), i);
      }
    }

    @Override
    public boolean containsKey(Object key) {
      return index.containsKey(key);
    }

    @Override
    public @Nullable String get(Object key) {
      Integer column = index.get(key);
      return column == null ? null : rows.field(column).text();
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
      Map<String, String> all = new HashMap<>();
      for (int i = 0; i < names.size(); i++) {
        all.put(names.get(i), rows.field(i).text());
      }
      return all.entrySet();
    }
  }
}
