package io.pulso.server.ingest;

import io.pulso.server.ingest.Mapping.Assignment;
import io.pulso.server.ingest.Mapping.Rest;
import io.pulso.server.ingest.Mapping.Variant;
import io.pulso.server.ingest.Target.Part;
import io.pulso.server.store.ParquetRows;
import io.pulso.server.store.ParquetRows.Column;
import io.pulso.server.store.ParquetRows.Kind;
import io.pulso.server.store.PlainFile;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds out whether a mapping takes parts of events from the columns of a Parquet file as they
/// stand.
final class PlainColumns {
  /// Smaller files are read row by row.
  private static final long FEWEST_ROWS = 50_000;

  private static final Set<Kind> TEXTS = Set.of(Kind.TEXT);
  private static final Set<Kind> IDS = Set.of(Kind.TEXT, Kind.WHOLE, Kind.BIG);
  private static final Set<Kind> NUMBERS = Set.of(Kind.WHOLE, Kind.DECIMAL);
  private static final Set<Kind> INSTANTS = Set.of(Kind.INSTANT);
  private static final Set<Kind> CLOCKS = Set.of(Kind.INSTANT, Kind.LOCAL);

  /// What is needed of the columns, by part.
  private final Map<Part, Set<Kind>> known = new EnumMap<>(Part.class);

  private final Map<Part, String> found = new EnumMap<>(Part.class);
  private final List<Column> columns;

  private PlainColumns(List<Column> columns, Times times) {
    this.columns = columns;
    Set<Kind> clocks = times.isUtc() ? CLOCKS : INSTANTS;
    known.put(Part.USER_ID, IDS);
    known.put(Part.EVENT, TEXTS);
    known.put(Part.TIME, clocks);
    known.put(Part.RECEIVED, clocks);
    known.put(Part.MESSAGE_ID, TEXTS);
    known.put(Part.CHANNEL, TEXTS);
    known.put(Part.VALUE, NUMBERS);
    known.put(Part.PROPERTIES, TEXTS);
  }

  /// The columns, or nothing when rows must be read one by one.
  static Optional<PlainFile.Columns> of(Mapping mapping, ParquetRows rows, Times times) {
    boolean whole =
        mapping.as() == As.EVENTS
            && mapping.variants().equals(List.of(Variant.ONLY))
            && (mapping.rest() == Rest.DROPPED || mapping.unnamed().isEmpty());
    return whole && rows.count() >= FEWEST_ROWS
        ? new PlainColumns(rows.columns(), times).of(mapping.common())
        : Optional.empty();
  }

  private Optional<PlainFile.Columns> of(List<Assignment> parts) {
    for (Assignment one : parts) {
      if (!take(one)) {
        return Optional.empty();
      }
    }
    String user = found.get(Part.USER_ID);
    String event = found.get(Part.EVENT);
    String time = found.get(Part.TIME);
    String message = found.get(Part.MESSAGE_ID);
    if (user == null || event == null || time == null || message == null) {
      return Optional.empty();
    }
    return Optional.of(
        new PlainFile.Columns(
            user,
            event,
            time,
            found.get(Part.RECEIVED),
            message,
            found.get(Part.CHANNEL),
            found.get(Part.VALUE),
            found.get(Part.PROPERTIES)));
  }

  private boolean take(Assignment one) {
    Part part = one.target().part();
    Set<Kind> kinds = known.get(part);
    if (kinds == null || !(one.source() instanceof Source.Column named)) {
      return false;
    }
    Column column = columns.get(named.index());
    if (!kinds.contains(column.kind())) {
      return false;
    }
    found.put(part, expression(part, column));
    return true;
  }

  private static String expression(Part part, Column column) {
    boolean converted = column.kind() == Kind.WHOLE && (part == Part.USER_ID || part == Part.VALUE);
    String type = part == Part.VALUE ? "DOUBLE" : "VARCHAR";
    return converted ? "CAST(" + column.expression() + " AS " + type + ")" : column.expression();
  }
}
