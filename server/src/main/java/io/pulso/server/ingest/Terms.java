package io.pulso.server.ingest;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// By whom and by which rules something is sent.
///
/// @param source the name of the source
/// @param browser whether the key is public, so that less may be sent with it
/// @param refused names of events that a browser may not send
/// @param channel the channel of events that tell none themselves
public record Terms(String source, boolean browser, Set<String> refused, @Nullable String channel) {
  public Terms {
    refused = Set.copyOf(refused);
  }

  Rights rights() {
    return browser ? new Rights.Browser(refused) : Rights.ALL;
  }
}
