package io.pulso.engine.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The event names whose meaning is given.
public final class ReservedNames {
  private static final Map<String, Passive> PASSIVE =
      Map.of("no", Passive.NEVER, "yes", Passive.ALWAYS, "with agent", Passive.WITH_AGENT);
  private static final Map<String, Reserved> ALL = read();

  private ReservedNames() {}

  /// One reserved name.
  ///
  /// @param channel the channel that the name implies, null for none
  /// @param passive when such an event was not done by the customer
  /// @param isPublic whether it is about nobody and needs no id
  public record Reserved(
      String name, @Nullable String channel, Passive passive, boolean isPublic) {}

  /// When an event was not done by the customer, so that it makes nobody active.
  public enum Passive {
    NEVER,
    ALWAYS,
    /// Where `properties.agent` is there and not null.
    WITH_AGENT
  }

  /// What is known of a name, written exactly so; null when it is not reserved.
  public static @Nullable Reserved find(String name) {
    return ALL.get(name);
  }

  /// All of them, by topic.
  public static List<Reserved> all() {
    return List.copyOf(ALL.values());
  }

  private static Map<String, Reserved> read() {
    Map<String, Reserved> all = new LinkedHashMap<>();
    text().lines().skip(1).map(ReservedNames::line).forEach(one -> all.put(one.name(), one));
    return Collections.unmodifiableMap(all);
  }

  private static Reserved line(String line) {
    List<String> cells = List.of(line.split(",", -1));
    String channel = cells.get(1).isEmpty() ? null : cells.get(1);
    Passive passive = PASSIVE.get(cells.get(2));
    if (passive == null) {
      throw new IllegalStateException("no passive word: " + line);
    }
    return new Reserved(cells.get(0), channel, passive, cells.get(3).equals("yes"));
  }

  private static String text() {
    try (InputStream file = ReservedNames.class.getResourceAsStream("reserved-names.csv")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
