package io.pulso.server.edit;

/// Who changes something.
///
/// @param name of the person, or of the token that a program showed
/// @param actor the same for the audit log: `person` or `token`, and an id
/// @param address from which the request came; empty where that is not known
public record Editor(String name, String actor, String address) {}
