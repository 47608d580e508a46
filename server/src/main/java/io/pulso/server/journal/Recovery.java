package io.pulso.server.journal;

import java.util.List;

/// What opening a journal found.
///
/// @param cutBytes bytes of an unfinished group that were cut from the end; none of them was
///   acknowledged
/// @param damage what of the acknowledged records is known to be damaged already; reading finds the
///   rest
/// @param missing bytes between the newest record found and the position that the caller had
///   loaded: more than 0 says that the folder is older than its loader, or was emptied
public record Recovery(long cutBytes, List<Damage> damage, long missing) {}
