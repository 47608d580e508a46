package io.pulso.server.page.settings;

import io.pulso.server.access.Tokens;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.AuditAction;
import io.pulso.server.people.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tokens with which programs use the API.
public final class TokenPages {
  private static final String PAGE = "/settings/tokens";
  private static final List<Integer> LIVES = List.of(30, 90, 365, 0);
  private static final int LONGEST = 100;

  private final Site site;

  TokenPages(Site site) {
    this.site = site;
  }

  /// What the page shows.
  ///
  /// @param made the token that was just made with its value, which is shown once; null for none
  /// @param lives days that a new one can hold; 0 for ever
  public record TokensView(
      List<TokenRow> tokens,
      List<Scope> scopes,
      List<Integer> lives,
      Tokens.@Nullable Made made,
      @Nullable String fault) {}

  /// A token, and whether it holds.
  public record TokenRow(Tokens.Token token, boolean holds) {}

  void add(Pages pages) {
    pages.get(PAGE, Role.ADMIN, visit -> shown(200, null, null));
    pages.post(PAGE, Role.ADMIN, this::create);
    pages.post(PAGE + "/{id}/revoke", Role.ADMIN, this::revoke);
  }

  private Tokens tokens() {
    return site.parts().tokens();
  }

  private Shown shown(int status, Tokens.@Nullable Made made, @Nullable String fault) {
    Instant now = site.parts().clock().instant();
    List<TokenRow> rows =
        tokens().list().reversed().stream()
            .map(token ->
                new TokenRow(
                    token,
                    token.revokedAt() == null
                        && (token.expiresAt() == null || now.isBefore(token.expiresAt()))))
            .toList();
    return new Shown.View(
        status,
        "settings/tokens",
        new TokensView(rows, List.of(Scope.values()), LIVES, made, fault));
  }

  private Shown create(Visit visit) {
    String name = visit.form("name");
    if (name == null || name.isBlank() || name.length() > LONGEST) {
      return shown(422, null, visit.t("settings.token_name_needed", "n", LONGEST));
    }
    Scope scope = Scope.of(String.valueOf(visit.form("scope")));
    int days =
        LIVES.stream()
            .filter(life -> String.valueOf(life).equals(visit.form("days")))
            .findFirst()
            .orElse(LIVES.getFirst());
    Tokens.Made made =
        tokens().create(name.strip(), scope, days == 0 ? null : Duration.ofDays(days));
    visit.note(
        AuditAction.TOKEN_MADE,
        null,
        Map.of("of", made.token().name() + " (" + made.token().id() + ")", "after", scope.word()));
    return shown(200, made, null);
  }

  private Shown revoke(Visit visit) {
    String id = visit.part("id");
    Tokens.Token token =
        tokens().list().stream()
            .filter(one -> one.id().equals(id) && one.revokedAt() == null)
            .findFirst()
            .orElseThrow(() -> new Missing("token"));
    tokens().revoke(id);
    visit.note(
        AuditAction.TOKEN_REVOKED, null, Map.of("of", token.name() + " (" + token.id() + ")"));
    return Shown.redirect(PAGE);
  }
}
