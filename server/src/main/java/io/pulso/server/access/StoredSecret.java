package io.pulso.server.access;

import io.pulso.server.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A secret of others that this server must be able to read: it stands in the environment, or
/// encrypted in the store.
public final class StoredSecret {
  private final Store store;
  private final Vault vault;
  private final String name;
  private final @Nullable String given;

  /// @param name of the setting under which it is stored
  /// @param given what the environment says; null or empty for nothing
  public StoredSecret(Store store, Vault vault, String name, @Nullable String given) {
    this.store = store;
    this.vault = vault;
    this.name = name;
    this.given = given == null || given.isEmpty() ? null : given;
  }

  /// Whether it stands in the environment, which wins.
  public boolean isGiven() {
    return given != null;
  }

  public boolean isStored() {
    return store.setting(name) != null;
  }

  /// Its value.
  public Optional<String> find() {
    if (given != null) {
      return Optional.of(given);
    }
    String sealed = store.setting(name);
    return sealed == null
        ? Optional.empty()
        : Optional.of(new String(vault.open(name, sealed), StandardCharsets.UTF_8));
  }

  /// Stores it, encrypted.
  public void put(String value) {
    store.setting(name, vault.seal(name, value.getBytes(StandardCharsets.UTF_8)));
  }
}
