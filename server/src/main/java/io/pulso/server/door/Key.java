package io.pulso.server.door;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.pulso.server.ingest.Policy;
import java.util.Locale;
import java.util.Set;

/// A write key: for whom it stands, and what may be done with it.
///
/// @param id tells it from others; not its value
/// @param source the name of the source it belongs to
/// @param browser whether it is public, so that less may be done with it
/// @param origins the origins of the pages that may use a public key; empty for any
/// @param perMinute how many requests it may send a minute, a public key by each address; 0 for any
///   number
/// @param policy what its source may send, and what is kept of it
public record Key(
    String id, String source, boolean browser, Set<String> origins, int perMinute, Policy policy) {
  public Key {
    origins = origins.stream().map(o -> o.toLowerCase(Locale.ROOT)).collect(toUnmodifiableSet());
  }

  /// A secret key with all rights.
  public static Key server(String id, String source, int perMinute) {
    return new Key(id, source, false, Set.of(), perMinute, Policy.DEFAULT);
  }

  /// A public key with the usual restrictions.
  public static Key browser(String id, String source, Set<String> origins, int perMinute) {
    return new Key(id, source, true, origins, perMinute, Policy.DEFAULT);
  }

  /// The same key of a source with other rules.
  public Key under(Policy other) {
    return new Key(id, source, browser, origins, perMinute, other);
  }
}
