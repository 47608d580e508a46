package io.pulso.server.page.overview;

/// A line of an explanation in words.
///
/// @param what the cause
/// @param of the activity or group; empty for the score as a whole
public record WhyLine(String what, String of, String points, boolean up) {}
