package io.pulso.server.ingest;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.time.LocalDays;
import io.pulso.server.store.Incoming;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The message ids of daily totals: the first half of one says which figure it is (its local day,
/// metric, channel and parts), the second what was told of it, where and when. So the store finds
/// what was told of a figure before.
final class TotalIds {
  private final LocalDays days;
  private final long now;
  private final RowIds ids;
  private final Slice slice = new Slice();

  /// @param days of the workspace
  /// @param now the instant of the import, in microseconds
  TotalIds(LocalDays days, long now, RowIds ids) {
    this.days = days;
    this.now = now;
    this.ids = ids;
  }

  /// A row as a total of its day. What is told of a customer or an account is no total, and stays
  /// as it is.
  Incoming total(Incoming row) {
    if (row.userId() != null || row.anonymousId() != null || row.groupId() != null) {
      return row;
    }
    // Files of one import follow each other.
    long received = row.receivedAt() == Incoming.ASSUMED ? now + row.file() : row.receivedAt();
    String figure = figure(row);
    UUID which = UUID.nameUUIDFromBytes(figure.getBytes(StandardCharsets.UTF_8));
    UUID what = UUID.fromString(ids.next(slice.set(figure), row.value() + " " + received));
    return row.asTotal(
        new UUID(which.getMostSignificantBits(), what.getLeastSignificantBits()).toString(),
        received);
  }

  private String figure(Incoming row) {
    return String.join(
        "\0",
        String.valueOf(days.day(row.occurredAt())),
        String.valueOf(row.event()),
        String.valueOf(row.channel()),
        parts(row.properties()),
        parts(row.context()));
  }

  /// Fields in the order of their names, whatever that of the columns; numbers and texts alike,
  /// since a column may hold both.
  private static String parts(@Nullable String object) {
    SortedMap<String, String> parts = new TreeMap<>();
    if (object != null && read(object) instanceof Json.Obj fields) {
      fields
          .fields()
          .forEach((name, value) -> {
            if (!name.equals("value")) {
              parts.put(
                  name, value instanceof Json.Str(String text) ? text : JsonText.write(value));
            }
          });
    }
    return parts.toString();
  }

  private static Json read(String object) {
    try {
      return JsonText.read(object);
    } catch (JsonFault e) {
      throw new IllegalStateException("what was just written cannot be read", e);
    }
  }
}
