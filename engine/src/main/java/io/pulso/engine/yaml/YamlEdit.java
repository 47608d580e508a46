package io.pulso.engine.yaml;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Changes single values of a YAML text and leaves everything else as its author wrote it, comments
/// and order included.
public final class YamlEdit {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9 =\"&|()._/-]*");
  private static final Pattern WORD =
      Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n|\\.inf|\\.nan");
  private static final Pattern IN_BRACES = Pattern.compile("[A-Za-z][A-Za-z0-9 ._-]*");

  private YamlEdit() {}

  /// The text with another value at a place; a key that is missing is added to its mapping, which
  /// must be there.
  ///
  /// @param path keys, and numbers of items from 0
  /// @param value as YAML writes it; lines of a list of its own begin with a line break
  /// @return null where there is no such place, or it holds more than a single value
  public static @Nullable String set(String text, List<Object> path, String value) {
    YamlPlaces.Place parent = find(text, path.subList(0, path.size() - 1));
    if (!(parent instanceof YamlPlaces.Table table) || !(path.getLast() instanceof String key)) {
      return null;
    }
    YamlPlaces.Field field = table.get(key);
    if (field != null) {
      YamlPlaces.Place old = field.value();
      boolean whole = old instanceof YamlPlaces.Leaf || isFlow(old);
      if (!whole) {
        return null;
      }
      int start = old.start();
      while (value.startsWith("\n") && text.charAt(start - 1) == ' ') {
        start--;
      }
      String gap = old.start() == old.end() && !value.startsWith("\n") ? " " : "";
      return splice(text, start, old.end(), gap + value);
    }
    return add(text, table, flowScalar(key) + ":" + (value.startsWith("\n") ? "" : " ") + value);
  }

  /// The text without a key.
  ///
  /// @return null where there is none, or it cannot be taken out without harm
  public static @Nullable String remove(String text, List<Object> path) {
    YamlPlaces.Place parent = find(text, path.subList(0, path.size() - 1));
    if (!(parent instanceof YamlPlaces.Table table)) {
      return null;
    }
    int at = -1;
    for (int i = 0; i < table.fields().size(); i++) {
      at = table.fields().get(i).key().equals(path.getLast()) ? i : at;
    }
    if (at < 0 || table.fields().size() == 1) {
      return null;
    }
    YamlPlaces.Field field = table.fields().get(at);
    if (!table.flow()) {
      // The first key of an item stands behind its dash.
      boolean first = !text.substring(lineStart(text, field.start()), field.start()).isBlank();
      return first ? null : withoutLines(text, field.start(), field.value().end());
    }
    return at == 0
        ? splice(text, field.start(), table.fields().get(1).start(), "")
        : splice(text, table.fields().get(at - 1).value().end(), field.value().end(), "");
  }

  /// As [#remove], and without what it leaves empty; the text itself where there is no such key.
  public static @Nullable String drop(String text, List<Object> path) {
    YamlPlaces.Place parent = find(text, path.subList(0, path.size() - 1));
    if (!(parent instanceof YamlPlaces.Table table)
        || !(path.getLast() instanceof String key)
        || table.get(key) == null) {
      return text;
    }
    return table.fields().size() == 1 && path.size() > 1
        ? drop(text, path.subList(0, path.size() - 1))
        : remove(text, path);
  }

  /// The text without an item of a list, which has others.
  ///
  /// @return null where there is no such item, or it is the only one
  public static @Nullable String removeItem(String text, List<Object> path, int item) {
    if (!(find(text, path) instanceof YamlPlaces.Row row)
        || row.items().size() < 2
        || item < 0
        || item >= row.items().size()) {
      return null;
    }
    YamlPlaces.Place place = row.items().get(item);
    if (!row.flow()) {
      return withoutLines(text, place.start(), place.end());
    }
    return item == 0
        ? splice(text, place.start(), row.items().get(1).start(), "")
        : splice(text, row.items().get(item - 1).end(), place.end(), "");
  }

  /// The text with one more item at the end of a list.
  ///
  /// @param value in braces or a single value
  /// @return null where there is no such list, or nothing in it
  public static @Nullable String addItem(String text, List<Object> path, String value) {
    if (!(find(text, path) instanceof YamlPlaces.Row row) || row.items().isEmpty()) {
      return null;
    }
    if (row.flow()) {
      return splice(text, row.items().getLast().end(), row.items().getLast().end(), ", " + value);
    }
    int end = lineEnd(text, row.end());
    int column = row.start() - lineStart(text, row.start());
    return splice(text, end, end, "\n" + " ".repeat(column) + "- " + value);
  }

  /// The text with one more item before another one of a list.
  ///
  /// @param value in braces or a single value
  /// @return null where there is no such item
  public static @Nullable String insertItem(
      String text, List<Object> path, int before, String value) {
    if (!(find(text, path) instanceof YamlPlaces.Row row)
        || before < 0
        || before >= row.items().size()) {
      return null;
    }
    int at = row.items().get(before).start();
    if (row.flow()) {
      return splice(text, at, at, value + ", ");
    }
    int start = lineStart(text, at);
    int column = row.start() - lineStart(text, row.start());
    return splice(text, start, start, " ".repeat(column) + "- " + value + "\n");
  }

  /// A text as YAML writes it, plain where that is certainly the same.
  public static String scalar(String text) {
    boolean plain =
        PLAIN.matcher(text).matches() && !text.endsWith(" ") && !WORD.matcher(text).matches();
    return plain ? text : quoted(text);
  }

  /// As [#scalar], to stand in braces.
  public static String flowScalar(String text) {
    boolean plain =
        IN_BRACES.matcher(text).matches() && !text.endsWith(" ") && !WORD.matcher(text).matches();
    return plain ? text : quoted(text);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static boolean isFlow(YamlPlaces.Place place) {
    return switch (place) {
      case YamlPlaces.Leaf leaf -> false;
      case YamlPlaces.Row row -> row.flow();
      case YamlPlaces.Table table -> table.flow();
    };
  }

  private static String add(String text, YamlPlaces.Table table, String entry) {
    if (table.flow()) {
      int end = table.fields().isEmpty() ? table.end() - 1 : table.fields().getLast().value().end();
      return splice(text, end, end, (table.fields().isEmpty() ? "" : ", ") + entry);
    }
    int end = lineEnd(text, table.end());
    int first = table.fields().getFirst().start();
    int column = first - lineStart(text, first);
    return splice(text, end, end, "\n" + " ".repeat(column) + entry);
  }

  /// Nothing is found in a text that has faults.
  private static YamlPlaces.@Nullable Place find(String text, List<Object> path) {
    Notes faults = new Notes("");
    if (text.startsWith("\uFEFF") || YamlText.read(text, faults) == null || !faults.isEmpty()) {
      return null;
    }
    YamlPlaces.Place place = YamlPlaces.read(text);
    for (Object step : path) {
      place =
          switch (place) {
            case YamlPlaces.Table table when step instanceof String key -> {
              YamlPlaces.Field field = table.get(key);
              yield field == null ? null : field.value();
            }
            case YamlPlaces.Row row
                when step instanceof Integer item && item >= 0 && item < row.items().size() ->
                row.items().get(item);
            default -> null;
          };
      if (place == null) {
        return null;
      }
    }
    return place;
  }

  private static String splice(String text, int from, int to, String with) {
    return text.substring(0, from) + with + text.substring(to);
  }

  private static int lineStart(String text, int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  private static int lineEnd(String text, int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  /// Without the lines from one place to another.
  private static String withoutLines(String text, int from, int to) {
    int end = lineEnd(text, to);
    return splice(text, lineStart(text, from), Math.min(end + 1, text.length()), "");
  }
}
