package io.pulso.server.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows of text in aligned columns. Numbers stand under each other by their decimal points.
final class TextTable {
  private static final String GAP = "  ";
  private static final List<String> RULE = List.of("─");

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

  /// Adds a line under the first column, as above a sum.
  TextTable rule() {
    rows.add(RULE);
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /// Prints titles, unless all are empty, and rows, each behind an indent. Columns in which no row
  /// says anything are left out.
  void print(Console console, String indent) {
    List<List<String>> all = new ArrayList<>();
    if (columns.stream().anyMatch(column -> !column.title().isEmpty())) {
      all.add(columns.stream().map(Column::title).toList());
    }
    all.addAll(rows);
    List<StringBuilder> lines = all.stream().map(row -> new StringBuilder(indent)).toList();
    for (int i = 0; i < columns.size(); i++) {
      int place = i;
      if (rows.stream().anyMatch(row -> !cell(row, place).isEmpty())) {
        List<String> column = pad(all, i);
        for (int row = 0; row < column.size(); row++) {
          lines.get(row).append(column.get(row)).append(GAP);
        }
      }
    }
    lines.forEach(line -> console.line(line.toString().stripTrailing()));
  }

  private static String cell(List<String> row, int place) {
    return place < row.size() ? row.get(place) : "";
  }

  private List<String> pad(List<List<String>> all, int place) {
    boolean isNumber = columns.get(place).isNumber();
    List<String> cells = all.stream().map(row -> cell(row, place)).toList();
    int decimals = isNumber ? cells.stream().mapToInt(TextTable::decimals).max().orElse(0) : 0;
    List<String> even =
        cells.stream()
            .map(cell ->
                isNumber && isDecimal(cell) ? cell + " ".repeat(decimals - decimals(cell)) : cell)
            .toList();
    int width = even.stream().mapToInt(Shown::width).max().orElse(0);
    return even.stream().map(cell -> cell(cell, width, isNumber)).toList();
  }

  private static String cell(String text, int width, boolean isNumber) {
    if (text.equals(RULE.getFirst())) {
      return text.repeat(width);
    }
    String blanks = " ".repeat(width - Shown.width(text));
    return isNumber ? blanks + text : text + blanks;
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
