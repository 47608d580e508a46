package io.pulso.server.ingest;

import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// By whom and by which rules something is sent.
///
/// @param source the name of the source
/// @param browser whether the key is public, so that less may be sent with it
/// @param address the network address of the sender
/// @param census what is known of all sources
/// @param tokens proofs of who a user is
/// @param addresses the flags that a record's context gives for its network address
public record Terms(
    String source,
    boolean browser,
    Policy policy,
    String address,
    Census census,
    UserTokens tokens,
    ToIntFunction<@Nullable String> addresses) {}
