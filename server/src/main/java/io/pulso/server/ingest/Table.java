package io.pulso.server.ingest;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is known of a table before it is read: its columns and its first rows as texts.
///
/// @param typed whether the values have types of their own, as in JSON and Parquet
/// @param open whether rows may have other columns too, as JSON objects may
record Table(List<String> names, List<List<@Nullable String>> rows, boolean typed, boolean open) {
  Stream<String> values(int column) {
    return rows.stream()
        .map(row -> column < row.size() ? row.get(column) : null)
        .filter(Objects::nonNull)
        .filter(text -> !text.isEmpty());
  }

  /// Whether a column has values, all of that kind.
  boolean all(int column, Predicate<String> kind) {
    return values(column).findAny().isPresent() && values(column).allMatch(kind);
  }

  boolean numeric(int column) {
    return all(column, Table::isNumber);
  }

  boolean unique(int column) {
    return values(column).distinct().count() == rows.size();
  }

  static boolean isNumber(String text) {
    return Cells.isNumber(new Slice().set(text));
  }

  /// What the cells of each column become as properties.
  List<CsvRow.ColumnType> types() {
    return IntStream.range(0, names.size()).mapToObj(this::type).toList();
  }

  private CsvRow.ColumnType type(int column) {
    if (values(column).findAny().isEmpty() || numeric(column)) {
      return CsvRow.ColumnType.NUMBER;
    }
    boolean truths =
        all(
            column,
            text -> Cells.isTrue(new Slice().set(text)) || Cells.isFalse(new Slice().set(text)));
    return truths ? CsvRow.ColumnType.BOOLEAN : CsvRow.ColumnType.TEXT;
  }
}
