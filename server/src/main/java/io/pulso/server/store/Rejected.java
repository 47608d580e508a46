package io.pulso.server.store;

/// A record that was not stored, with the place it came from and what is wrong with it.
///
/// @param body the record as it came, cut to 8 KB
public record Rejected(String file, long line, RejectReason reason, String detail, String body) {}
