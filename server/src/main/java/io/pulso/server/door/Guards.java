package io.pulso.server.door;

import io.pulso.server.ingest.Census;
import io.pulso.server.ingest.Terms;
import io.pulso.server.ingest.UserTokens;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// What the doors know beyond keys, so that sources bring only what they may.
///
/// @param census what is known of all sources
/// @param tokens proofs of who a user is
/// @param addresses the flags that a record's context gives for its network address
public record Guards(Census census, UserTokens tokens, ToIntFunction<@Nullable String> addresses) {
  /// Nothing is known yet, and nobody can prove who they are.
  public static Guards fresh() {
    return new Guards(
        new Census(0, System::nanoTime), new UserTokens((source, kid) -> null), context -> 0);
  }

  Terms terms(Key key, String address) {
    return new Terms(key.source(), key.browser(), key.policy(), address, census, tokens, addresses);
  }
}
