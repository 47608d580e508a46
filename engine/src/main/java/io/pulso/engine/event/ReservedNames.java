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
  private static final Map<String, Reserved> ALL = read();

  private ReservedNames() {}

  /// One reserved name.
  ///
  /// @param channel the channel that the name implies, null for none
  /// @param passive whether such an event is never done by the customer
  /// @param passiveWithAgent whether it is so when `properties.agent` is there
  /// @param isPublic whether it is about nobody and needs no id
  public record Reserved(
      String name,
      @Nullable String channel,
      boolean passive,
      boolean passiveWithAgent,
      boolean isPublic) {

    /// Whether an event of this name was not done by the customer.
    ///
    /// @param hasAgent whether `properties.agent` is there and not null
    public boolean isPassive(boolean hasAgent) {
      return passive || (passiveWithAgent && hasAgent);
    }
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
    String passive = cells.get(2);
    boolean isPublic = cells.get(3).equals("yes");
    return new Reserved(
        cells.get(0), channel, passive.equals("yes"), passive.equals("with agent"), isPublic);
  }

  private static String text() {
    try (InputStream file = ReservedNames.class.getResourceAsStream("reserved-names.csv")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
