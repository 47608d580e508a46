package io.pulso.server.page.settings;

import io.pulso.server.event.InputException;
import io.pulso.server.page.Language;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.AuditAction;
import io.pulso.server.people.Oidc;
import io.pulso.server.people.Passwords;
import io.pulso.server.people.PeopleException;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import io.pulso.server.people.Sessions;
import io.pulso.server.people.Theme;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What somebody says of themselves.
public final class MePages {
  private static final String PAGE = "/settings/me";
  private static final int REFUSED = 422;

  private final Site site;

  MePages(Site site) {
    this.site = site;
  }

  /// What the page shows.
  ///
  /// @param sessions how many browsers are signed in
  /// @param provider the name of an identity provider; null where there is none
  /// @param to where the provider asks the person to sign in; null until they want to
  /// @param done the key of what was done; null where nothing was
  /// @param fault what went wrong, in words; null where nothing did
  public record MeView(
      Person person,
      int sessions,
      @Nullable String provider,
      @Nullable String to,
      @Nullable String done,
      @Nullable String fault) {}

  void add(Pages pages) {
    pages.get(PAGE, Role.VIEWER, visit -> shown(visit, 200, done(visit), null, null));
    pages.post(PAGE, Role.VIEWER, this::change);
    pages.post(PAGE + "/password", Role.VIEWER, this::password);
    pages.post(PAGE + "/sessions", Role.VIEWER, this::elsewhere);
    pages.post(PAGE + "/provider", Role.VIEWER, this::provider);
  }

  private static @Nullable String done(Visit visit) {
    String done = visit.param("done");
    return done != null && visit.has("settings.done_" + done) ? done : null;
  }

  private Shown shown(
      Visit visit, int status, @Nullable String done, @Nullable String fault, @Nullable String to) {
    Oidc oidc = site.team().oidc();
    Person person = visit.person();
    return new Shown.View(
        status,
        "settings/me",
        new MeView(
            person,
            site.team().sessions().count(person.id()),
            oidc == null ? null : oidc.name(),
            to,
            done,
            fault));
  }

  private Shown change(Visit visit) {
    Person old = visit.person();
    String name = visit.form("name");
    String theme = visit.form("theme");
    Language language = Language.of(visit.form("language"));
    try {
      Person named = old.withName(name == null ? "" : name);
      Person themed = theme == null ? named : named.withTheme(Theme.of(theme));
      site.people().change(language == null ? themed : themed.withLanguage(language.code()));
    } catch (PeopleException e) {
      return shown(visit, REFUSED, null, visit.t("entry.fault_" + e.fault().word()), null);
    }
    return Shown.redirect(PAGE + "?done=saved");
  }

  private Shown password(Visit visit) {
    String next = text(visit, "password");
    if (!next.equals(text(visit, "again"))) {
      return shown(visit, REFUSED, null, visit.t("entry.not_the_same"), null);
    }
    try {
      Sessions.Started started =
          site.team()
              .signIn()
              .change(visit.person(), text(visit, "present"), next, visit.address());
      if (started == null) {
        return shown(visit, REFUSED, null, visit.t("settings.wrong_password"), null);
      }
      visit.signIn(started);
      return Shown.redirect(PAGE + "?done=password");
    } catch (Passwords.Busy e) {
      return shown(visit, 429, null, visit.t("entry.busy"), null);
    } catch (PeopleException e) {
      return shown(visit, REFUSED, null, visit.t("entry.fault_" + e.fault().word()), null);
    }
  }

  private static String text(Visit visit, String field) {
    String given = visit.form(field);
    return given == null ? "" : given;
  }

  private Shown elsewhere(Visit visit) {
    visit.note(AuditAction.SIGN_OUT, null, Map.of("of", "all"));
    site.team().sessions().endAll(visit.person().id());
    visit.signIn(site.team().sessions().start(visit.person(), visit.address()));
    return Shown.redirect(PAGE + "?done=elsewhere");
  }

  /// The browser goes to the provider by a link and not by the form: the policy of these pages lets
  /// forms go nowhere else.
  private Shown provider(Visit visit) {
    Oidc oidc = site.team().oidc();
    if (oidc == null) {
      throw new Missing("provider");
    }
    try {
      Oidc.Begun begun = oidc.begin(visit.person(), "");
      visit.away(begun.cookie());
      return shown(visit, 200, null, null, begun.to().toString());
    } catch (InputException e) {
      return shown(
          visit,
          502,
          null,
          visit.t("entry.provider_failed", "why", String.valueOf(e.getMessage())),
          null);
    }
  }
}
