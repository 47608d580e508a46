package io.pulso.server.people;

import java.time.Instant;

/// A browser in which somebody is signed in.
///
/// @param hash by which the server knows it
/// @param person as they are now
/// @param csrf what every form of theirs must carry
/// @param began when they signed in
public record Session(String hash, Person person, String csrf, Instant began) {}
