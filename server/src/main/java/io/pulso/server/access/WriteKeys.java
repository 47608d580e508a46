package io.pulso.server.access;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.event.InputException;
import io.pulso.server.store.Store;
import io.pulso.server.store.WriteKeyRows;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The write keys of all sources. Those that hold are kept in memory by their hashes.
public final class WriteKeys {
  private static final int SHORTEST = 8;
  private static final int LONGEST = 200;
  private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e&&[^:]]+");
  private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.\\[\\]:_-]+");

  private final Store store;
  private final Clock clock;
  private volatile Map<String, WriteKey> byHash = Map.of();

  public WriteKeys(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    read();
  }

  /// A key.
  ///
  /// @param browser whether it is public, so that less may be done with it
  /// @param hint the end of its value
  /// @param origins where a public key may be used; empty for everywhere
  /// @param perMinute how many requests it may send a minute; 0 for any number
  public record WriteKey(
      String id,
      String source,
      boolean browser,
      String hint,
      Set<String> origins,
      int perMinute,
      Instant createdAt,
      @Nullable Instant revokedAt) {}

  /// What a new key may do.
  public record Wanted(String source, boolean browser, Set<String> origins, int perMinute) {}

  /// A new key and its value, which is never shown again.
  public record Made(WriteKey key, String value) {}

  private void read() {
    Map<String, WriteKey> found = new HashMap<>();
    for (WriteKeyRows.Row row : store.access().writeKeys().all()) {
      if (row.revokedAt() == null) {
        found.put(row.hash(), key(row));
      }
    }
    byHash = Map.copyOf(found);
  }

  /// The key with that value; null when it is unknown or revoked.
  public @Nullable WriteKey find(String value) {
    return byHash.get(new Secret(value).hash());
  }

  /// All keys, also revoked ones, oldest first.
  public synchronized List<WriteKey> list() {
    return store.access().writeKeys().all().stream().map(WriteKeys::key).toList();
  }

  /// Makes a key.
  ///
  /// @param value what it shall be, so that senders need not be changed; null for a random one
  public synchronized Made create(Wanted wanted, @Nullable String value) {
    if (wanted.source().isBlank() || wanted.source().length() > LONGEST) {
      throw new InputException("a source needs a name of at most " + LONGEST + " characters");
    }
    for (String origin : wanted.origins()) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw new InputException(
            "'%s' is no origin; write one like https://www.example.org".formatted(origin));
      }
    }
    Secret secret =
        value == null ? Secret.random(wanted.browser() ? "pub_" : "sec_") : given(value);
    WriteKeyRows.Row row =
        new WriteKeyRows.Row(
            Secret.id(),
            wanted.source(),
            wanted.browser(),
            secret.hash(),
            secret.hint(),
            origins(wanted.origins()),
            wanted.perMinute(),
            micros(),
            null);
    store.access().writeKeys().add(row);
    read();
    return new Made(key(row), secret.value());
  }

  private Secret given(String value) {
    if (value.length() < SHORTEST || value.length() > LONGEST || !VALUE.matcher(value).matches()) {
      throw new InputException(
          "a key has %d to %d visible ASCII characters without a colon"
              .formatted(SHORTEST, LONGEST));
    }
    if (find(value) != null) {
      throw new InputException("there is a key with this value already");
    }
    return new Secret(value);
  }

  /// Makes another key with the same rights; the old one holds until it is revoked.
  public synchronized Made rotate(String id) {
    WriteKey old =
        list().stream()
            .filter(key -> key.id().equals(id) && key.revokedAt() == null)
            .findFirst()
            .orElseThrow(() -> unknown(id));
    return create(new Wanted(old.source(), old.browser(), old.origins(), old.perMinute()), null);
  }

  /// From now on nothing can be sent with the key.
  public synchronized void revoke(String id) {
    if (!store.access().writeKeys().revoke(id, clock.instant())) {
      throw unknown(id);
    }
    read();
  }

  private static InputException unknown(String id) {
    return new InputException(
        "there is no key %s that holds; the list of keys shows all".formatted(id));
  }

  private long micros() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
  }

  private static WriteKey key(WriteKeyRows.Row row) {
    Long revoked = row.revokedAt();
    return new WriteKey(
        row.id(),
        row.source(),
        row.browser(),
        row.hint(),
        origins(row.origins()),
        row.perMinute(),
        Micros.instant(row.createdAt()),
        revoked == null ? null : Micros.instant(revoked));
  }

  private static String origins(Set<String> origins) {
    List<Json> texts = new ArrayList<>();
    origins.forEach(origin -> texts.add(new Json.Str(origin)));
    return JsonText.write(new Json.Arr(texts));
  }

  private static Set<String> origins(String json) {
    Set<String> found = new LinkedHashSet<>();
    try {
      if (JsonText.read(json) instanceof Json.Arr list) {
        for (Json one : list.items()) {
          if (one instanceof Json.Str text) {
            found.add(text.value());
          }
        }
      }
    } catch (JsonFault e) {
      throw new IllegalStateException("stored origins are no JSON: " + json, e);
    }
    return found;
  }
}
