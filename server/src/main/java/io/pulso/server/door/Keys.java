package io.pulso.server.door;

import org.jspecify.annotations.Nullable;

/// The write keys of all sources.
public interface Keys {
  /// The key with this value; null when it is unknown or revoked.
  @Nullable Key find(String value);
}
