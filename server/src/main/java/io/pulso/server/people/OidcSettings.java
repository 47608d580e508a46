package io.pulso.server.people;

import java.net.URI;
import java.util.Map;

/// Where people may sign in with an identity provider (OpenID Connect).
///
/// @param issuer the provider, as it names itself
/// @param client by which the provider knows this server
/// @param name of the provider, for the button
/// @param scopes that are asked for beside `openid`
/// @param roleClaim the claim that tells the role; empty where roles are given here
/// @param roles what its values mean; where nothing is said they are the words of roles
/// @param back the address to which the provider sends people back
public record OidcSettings(
    URI issuer,
    String client,
    String name,
    String scopes,
    String roleClaim,
    Map<String, Role> roles,
    URI back) {}
