package io.pulso.server.people;

import org.jspecify.annotations.Nullable;

/// The people of a workspace and their ways in.
///
/// @param oidc null where no identity provider is set up
public record Team(
    People people,
    Sessions sessions,
    Passwords passwords,
    SignIn signIn,
    Links links,
    Audit audit,
    @Nullable Oidc oidc) {}
