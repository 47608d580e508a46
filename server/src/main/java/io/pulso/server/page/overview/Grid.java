package io.pulso.server.page.overview;

import io.pulso.server.page.Shown;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The numbers of a chart as a table, for eyes and as a file.
///
/// @param csv where the file is
public record Grid(List<String> head, List<List<Cell>> rows, String csv) {
  private static final String RISKY = "=+-@\t\r";

  public Grid {
    head = List.copyOf(head);
    rows = List.copyOf(rows);
  }

  /// One cell.
  ///
  /// @param shown as a reader writes it
  /// @param raw as a program reads it
  /// @param to where those behind it are; empty where nowhere
  public record Cell(String shown, String raw, boolean number, String to) {
    public Cell(String shown, String raw, boolean number) {
      this(shown, raw, number, "");
    }

    /// The same, with those behind it at an address.
    public Cell with(String address) {
      return new Cell(shown, raw, number, address);
    }

    /// A text.
    public static Cell text(String text) {
      return new Cell(text, text, false);
    }

    /// A number.
    public static Cell number(String shown, Number raw) {
      return new Cell(shown, raw.toString(), true);
    }

    /// A day.
    public static Cell day(String shown, String iso) {
      return new Cell(shown, iso, false);
    }
  }

  /// As a file to keep.
  public Shown download(String name) {
    StringBuilder text = new StringBuilder();
    line(text, head.stream().map(Grid::quoted).toList());
    for (List<Cell> row : rows) {
      List<String> cells = new ArrayList<>();
      row.forEach(cell -> cells.add(cell.number() ? cell.raw() : quoted(cell.raw())));
      line(text, cells);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return new Shown.Download(name, "text/csv; charset=utf-8", out -> out.write(bytes));
  }

  private static void line(StringBuilder out, List<String> cells) {
    out.append(String.join(",", cells)).append("\r\n");
  }

  /// A text that no spreadsheet takes for a formula.
  private static String quoted(String text) {
    String safe = !text.isEmpty() && RISKY.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return safe.matches("[^\",\r\n]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
