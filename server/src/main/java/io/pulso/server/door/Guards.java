package io.pulso.server.door;

import io.pulso.server.ingest.Census;
import io.pulso.server.ingest.Terms;
import io.pulso.server.ingest.UserTokens;

/// What the doors know beyond keys, so that sources bring only what they may.
///
/// @param census what is known of all sources
/// @param tokens proofs of who a user is
public record Guards(Census census, UserTokens tokens) {
  /// Nothing is known yet, and nobody can prove who they are.
  public static Guards fresh() {
    return new Guards(new Census(0, System::nanoTime), new UserTokens((source, kid) -> null));
  }

  Terms terms(Key key, String address) {
    return new Terms(key.source(), key.browser(), key.policy(), address, census, tokens);
  }
}
