package io.pulso.server.store;

import io.pulso.engine.event.EventType;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Records for tests, and what a store holds.
final class Records {
  static final long START = 1_780_000_000_000_000L;

  private Records() {}

  static Store open(Path file) {
    return Store.open(file, ZoneOffset.UTC, new Store.Limits(256L << 20, 2));
  }

  /// A connection to a new store, beside the code that keeps one.
  static Db connect(Path file) throws SQLException {
    open(file).close();
    return new Db(
        NativeLibrary.open(file.toString(), Store.settings(file, new Store.Limits(512L << 20, 2))));
  }

  static Incoming event(String user, String id) {
    return track(user, null, id, null);
  }

  static Incoming track(
      @Nullable String user, @Nullable String anonymous, String id, @Nullable String properties) {
    return call(EventType.TRACK, user, anonymous, null, id, properties, null);
  }

  static Incoming call(
      EventType type,
      @Nullable String user,
      @Nullable String anonymous,
      @Nullable String other,
      String id,
      @Nullable String properties,
      @Nullable String traits) {
    return new Incoming(
        type,
        user,
        anonymous,
        type == EventType.ALIAS ? other : null,
        type == EventType.ALIAS ? null : other,
        type.isEvent() ? "Login" : null,
        null,
        "web",
        START,
        START,
        id,
        Double.NaN,
        0,
        properties,
        null,
        traits,
        0,
        1);
  }

  static LiveLoad.Part part(Incoming... rows) {
    return new LiveLoad.Part("web", true, START, List.of(rows), List.of());
  }

  /// All rows of all tables as text, by table.
  static Map<String, List<String>> dump(Store store) {
    return store.tables().stream()
        .collect(
            java.util.stream.Collectors.toMap(
                table -> table,
                table -> store.rowsAsText("\"" + table + "\"").stream().sorted().toList(),
                (a, b) -> a,
                java.util.TreeMap::new));
  }

  static List<Incoming> events(String user, int from, int to) {
    List<Incoming> rows = new ArrayList<>();
    for (int i = from; i < to; i++) {
      rows.add(event(user, "m" + i));
    }
    return rows;
  }
}
