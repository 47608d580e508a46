package io.pulso.server.ingest;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows of another product's export whose columns are the fields of its objects.
final class ShapeReader implements RowReader {
  private final Shape shape;
  private final Times times;
  private final Checks checks;
  private final RowIds ids;
  private final Draft draft = new Draft();

  ShapeReader(Shape shape, Times times, Checks checks, RowIds ids) {
    this.shape = shape;
    this.times = times;
    this.checks = checks;
    this.ids = ids;
  }

  @Override
  public void decode(Row row, RowText text, long line, Outlet outlet) {
    draft.clear();
    try {
      Map<String, @Nullable Object> fields = new HashMap<>(row.values());
      shape.fill(fields, draft, times);
      if (draft.messageId == null) {
        draft.messageId = ids.next(text.text());
      }
      outlet.keep(checks.check(draft, outlet.file(), line));
    } catch (RowFault fault) {
      outlet.reject(line, fault, text.text());
    }
  }
}
