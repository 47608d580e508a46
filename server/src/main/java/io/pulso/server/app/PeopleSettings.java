package io.pulso.server.app;

import io.pulso.server.app.ServerSettings.Setting;
import io.pulso.server.event.InputException;
import io.pulso.server.people.OidcSettings;
import io.pulso.server.people.Role;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How people reach the pages and sign in.
///
/// @param url where they reach the server; empty for where it listens
/// @param oidc null where no identity provider is set up
/// @param outgoingHosts hosts that may be asked though they are not on the public internet
public record PeopleSettings(String url, @Nullable OidcSettings oidc, List<String> outgoingHosts) {
  /// Where a client's secret stands in the environment.
  static final String SECRET = "PULSO_OIDC_CLIENT_SECRET";

  /// Where the identity provider sends people back to, below the address of the server.
  static final String BACK = "/sign-in/back";

  static final List<Setting> ALL =
      List.of(
          new Setting(
              "public_url",
              "",
              "",
              "where people reach it, such as https://pulso.example.org; default where it listens"),
          new Setting(
              "oidc_issuer", "", "", "the identity provider (OpenID Connect), as it names itself"),
          new Setting("oidc_client_id", "", "", "by which the provider knows this server"),
          new Setting("oidc_name", "", "OpenID Connect", "the provider's name, for the button"),
          new Setting("oidc_scopes", "", "email profile", "what is asked for beside openid"),
          new Setting(
              "oidc_role_claim",
              "",
              "",
              "the claim that tells a person's role; without it roles are given here"),
          new Setting(
              "oidc_roles",
              "",
              "",
              "what its values mean, such as pulso-admins=admin; default they are the words of roles"),
          new Setting(
              "outgoing_hosts",
              "",
              "",
              "hosts, with commas between, that may be asked though they are not on the public internet"));

  static PeopleSettings of(Map<String, String> all) {
    String url = all.getOrDefault("public_url", "").strip();
    String root = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    if (!root.isEmpty()) {
      URI there = uri("public_url", root);
      if (!there.getRawPath().isEmpty() || there.getRawQuery() != null) {
        throw new InputException(
            "server setting public_url: '%s' must be a scheme and a host alone, such as https://pulso.example.org"
                .formatted(url));
      }
    }
    return new PeopleSettings(
        root, oidc(all, root), WebSettings.texts(all.getOrDefault("outgoing_hosts", "")));
  }

  private static @Nullable OidcSettings oidc(Map<String, String> all, String url) {
    String issuer = all.getOrDefault("oidc_issuer", "").strip();
    String client = all.getOrDefault("oidc_client_id", "").strip();
    if (issuer.isEmpty() && client.isEmpty()) {
      return null;
    }
    if (issuer.isEmpty() || client.isEmpty() || url.isEmpty()) {
      throw new InputException(
          "server settings: oidc_issuer and oidc_client_id are given together, and with public_url");
    }
    return new OidcSettings(
        uri("oidc_issuer", issuer),
        client,
        all.getOrDefault("oidc_name", ""),
        all.getOrDefault("oidc_scopes", ""),
        all.getOrDefault("oidc_role_claim", "").strip(),
        roles(all.getOrDefault("oidc_roles", "")),
        URI.create(url + BACK));
  }

  private static Map<String, Role> roles(String text) {
    Map<String, Role> roles = new LinkedHashMap<>();
    for (String one : text.split(",", -1)) {
      int sign = one.lastIndexOf('=');
      if (sign > 0) {
        roles.put(one.substring(0, sign).strip(), Role.of(one.substring(sign + 1).strip()));
      } else if (!one.isBlank()) {
        throw new InputException(
            "server setting oidc_roles: '%s' must be a value and a role, such as pulso-admins=admin"
                .formatted(one));
      }
    }
    return Map.copyOf(roles);
  }

  private static URI uri(String name, String text) {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw wrong(name, text);
    }
    throw wrong(name, text);
  }

  private static InputException wrong(String name, String text) {
    return new InputException(
        "server setting %s: '%s' is no address such as https://example.org".formatted(name, text));
  }
}
