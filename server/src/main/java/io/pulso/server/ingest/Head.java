package io.pulso.server.ingest;

import io.pulso.server.event.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The beginning of a text file, and what can be told from it.
final class Head {
  static final int SIZE = 256 * 1024;

  private static final int SAMPLED = 1_000;
  private static final byte[] DELIMITERS = {',', '\t', ';', '|', CsvRows.BLANKS};

  private final String name;
  private final byte[] bytes;
  private final boolean whole;

  /// @param bytes without a byte order mark
  Head(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
    this.whole = bytes.length < SIZE;
  }

  /// Refuses what is no UTF-8 text; tells how long the byte order mark is.
  static int mark(String name, byte[] bytes) {
    boolean wide = Unpacked.begins(bytes, 0xFF, 0xFE) || Unpacked.begins(bytes, 0xFE, 0xFF);
    if (wide || zeros(bytes) > Math.min(bytes.length, 1_000) / 4) {
      throw new InputException(
          name
              + ": is UTF-16 or binary, not UTF-8 text; save it as UTF-8 (iconv -f UTF-16 -t UTF-8)");
    }
    if (Unpacked.begins(bytes, 'P', 'A', 'R', '1')) {
      throw new InputException(
          name + ": Parquet is read from plain files only; unpack it, and name the file");
    }
    return Unpacked.begins(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
  }

  private static int zeros(byte[] bytes) {
    int zeros = 0;
    for (int i = 0; i < Math.min(bytes.length, 1_000); i++) {
      zeros += bytes[i] == 0 ? 1 : 0;
    }
    return zeros;
  }

  boolean isBlank() {
    return first() < 0;
  }

  /// The first character that is no blank, or -1.
  private int first() {
    for (byte c : bytes) {
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c;
      }
    }
    return -1;
  }

  /// Whether it is JSON, by its first character and by the name where that leaves a doubt.
  boolean isJson() {
    int first = first();
    String lower = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst)$", "");
    boolean named =
        lower.endsWith(".json") || lower.endsWith(".jsonl") || lower.endsWith(".ndjson");
    boolean table = lower.endsWith(".csv") || lower.endsWith(".tsv");
    return named || (!table && (first == '{' || first == '['));
  }

  /// Whether each line holds one JSON value.
  boolean isLines() {
    if (first() == '[') {
      return false;
    }
    Lines lines = new Lines(window());
    Values values = new Values();
    try {
      for (int i = 0; i < 5 && lines.next(); i++) {
        try {
          values.object(lines.record());
          return true;
        } catch (RowFault e) {
          if (opensObject(lines.record())) {
            return false;
          }
        }
      }
      return true;
    } catch (IOException e) {
      throw Input.unreadable(name, e);
    }
  }

  /// A lone bracket, as an object has that is spread over lines.
  private static boolean opensObject(Slice line) {
    return line.text().strip().equals("{");
  }

  /// The first JSON objects.
  List<Map<String, @Nullable Object>> objects() {
    List<Map<String, @Nullable Object>> objects = new ArrayList<>();
    Records records = isLines() ? new Lines(window()) : new JsonValues(window());
    Values values = new Values();
    try {
      while (objects.size() < SAMPLED && records.next()) {
        object(values, records.record()).ifPresent(objects::add);
      }
    } catch (IOException e) {
      throw Input.unreadable(name, e);
    }
    return objects;
  }

  /// What cannot be read is told later, when its turn comes.
  private static Optional<Map<String, @Nullable Object>> object(Values values, Slice record) {
    try {
      return Optional.of(values.object(record));
    } catch (RowFault e) {
      return Optional.empty();
    }
  }

  /// The columns of the first objects, and their values as texts.
  static Table table(List<Map<String, @Nullable Object>> objects) {
    Set<String> names = new LinkedHashSet<>();
    objects.forEach(object -> names.addAll(object.keySet()));
    List<String> columns = List.copyOf(names);
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (Map<String, @Nullable Object> object : objects) {
      List<@Nullable String> row = new ArrayList<>();
      columns.forEach(column -> row.add(text(object.get(column))));
      rows.add(row);
    }
    return new Table(columns, rows, true, true);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof Map<?, ?> fields ? "{" + fields.size() + "}" : Values.text(value);
  }

  /// The delimiter that parts the first rows into equally many fields.
  byte delimiter() {
    byte best = ',';
    int most = 1;
    for (byte delimiter : DELIMITERS) {
      int width = width(delimiter);
      if (width > most && (delimiter != CsvRows.BLANKS || most == 1)) {
        most = width;
        best = delimiter;
      }
    }
    return best;
  }

  /// The width of nine rows in ten, or 0.
  private int width(byte delimiter) {
    List<List<@Nullable String>> rows = rows(delimiter, 50);
    if (rows.isEmpty()) {
      return 0;
    }
    int width = rows.get(0).size();
    long same = rows.stream().filter(row -> row.size() == width).count();
    return same * 10 >= rows.size() * 9L ? width : 0;
  }

  /// The first rows as texts; of a file that goes on, without the last, which may be cut.
  List<List<@Nullable String>> rows(byte delimiter) {
    return rows(delimiter, SAMPLED);
  }

  private List<List<@Nullable String>> rows(byte delimiter, int most) {
    CsvRows rows = new CsvRows(window(), delimiter);
    List<List<@Nullable String>> found = new ArrayList<>();
    try {
      while (found.size() <= most && rows.next()) {
        if (rows.fault() == null) {
          List<@Nullable String> row = new ArrayList<>();
          for (int i = 0; i < rows.width(); i++) {
            row.add(rows.field(i).text());
          }
          found.add(row);
        }
      }
    } catch (IOException e) {
      throw Input.unreadable(name, e);
    }
    boolean cut = !whole && found.size() <= most && found.size() > 1;
    return cut ? found.subList(0, found.size() - 1) : found;
  }

  private Window window() {
    return new Window(new ByteArrayInputStream(bytes));
  }

  /// Whether the first row names the columns: it holds no number and no empty cell but at most one.
  static boolean isHeader(List<@Nullable String> row) {
    long empty = row.stream().filter(cell -> cell == null || cell.isBlank()).count();
    return row.stream().noneMatch(cell -> cell != null && Table.isNumber(cell)) && empty <= 1;
  }

  /// The names of columns, each different.
  static List<String> names(List<@Nullable String> header) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      String cell = header.get(i);
      String name = cell == null || cell.isBlank() ? "column" + (i + 1) : cell.strip();
      String single = name;
      for (int n = 2; names.contains(single); n++) {
        single = name + "_" + n;
      }
      names.add(single);
    }
    return names;
  }

  static List<String> numbered(int width) {
    return IntStream.rangeClosed(1, width).mapToObj(i -> "column" + i).toList();
  }
}
