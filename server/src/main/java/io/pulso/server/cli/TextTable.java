package io.pulso.server.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows of text in aligned columns. Numbers stand under each other by their decimal points.
final class TextTable {
  private static final String GAP = "  ";

  private final List<Column> columns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  private record Column(String title, boolean isNumber) {}

  TextTable text(String title) {
    columns.add(new Column(title, false));
    return this;
  }

  TextTable number(String title) {
    columns.add(new Column(title, true));
    return this;
  }

  /// Adds a row; what comes from outside is made fit to be seen.
  TextTable row(String... cells) {
    List<String> row = new ArrayList<>(Arrays.stream(cells).map(Shown::text).toList());
    while (row.size() < columns.size()) {
      row.add("");
    }
    rows.add(row);
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /// Prints titles, unless all are empty, and rows, each behind an indent.
  void print(Console console, String indent) {
    List<List<String>> all = new ArrayList<>();
    if (columns.stream().anyMatch(column -> !column.title().isEmpty())) {
      all.add(columns.stream().map(Column::title).toList());
    }
    all.addAll(rows);
    List<List<String>> padded = new ArrayList<>();
    all.forEach(row -> padded.add(new ArrayList<>()));
    for (int i = 0; i < columns.size(); i++) {
      List<String> column = pad(all, i);
      for (int row = 0; row < column.size(); row++) {
        padded.get(row).add(column.get(row));
      }
    }
    padded.forEach(row -> console.line((indent + String.join(GAP, row)).stripTrailing()));
  }

  private List<String> pad(List<List<String>> all, int place) {
    boolean isNumber = columns.get(place).isNumber();
    List<String> cells = all.stream().map(row -> row.get(place)).toList();
    if (isNumber) {
      int decimals = cells.stream().mapToInt(TextTable::decimals).max().orElse(0);
      cells =
          cells.stream()
              .map(cell -> isDecimal(cell) ? cell + " ".repeat(decimals - decimals(cell)) : cell)
              .toList();
    }
    int width = cells.stream().mapToInt(Shown::width).max().orElse(0);
    return cells.stream()
        .map(cell -> {
          String blanks = " ".repeat(width - Shown.width(cell));
          return isNumber ? blanks + cell : cell + blanks;
        })
        .toList();
  }

  private static boolean isDecimal(String cell) {
    return !cell.isEmpty() && Character.isDigit(cell.charAt(cell.length() - 1));
  }

  /// The length of the part from the decimal point on.
  private static int decimals(String cell) {
    int point = cell.indexOf('.');
    return !isDecimal(cell) || point < 0 ? 0 : cell.length() - point;
  }
}
