package io.pulso.server.page.entry;

import io.pulso.server.event.InputException;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.AuditAction;
import io.pulso.server.people.Links;
import io.pulso.server.people.Oidc;
import io.pulso.server.people.Passwords;
import io.pulso.server.people.People;
import io.pulso.server.people.PeopleException;
import io.pulso.server.people.PeopleException.Fault;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import io.pulso.server.people.SignIn;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Signing in and out, and one-time links.
public final class EntryPages {
  private static final int UNKNOWN = 401;
  private static final int LATER = 429;
  private static final int BUSY_SECONDS = 3;
  private static final int LONGEST = 1_000;

  private final Site site;

  public EntryPages(Site site) {
    this.site = site;
  }

  /// What the page for signing in shows.
  ///
  /// @param to where the person wanted to go
  /// @param provider the name of an identity provider; null where there is none
  /// @param fault what went wrong, in words; null at first
  /// @param empty whether there is no administrator yet
  public record SignInView(
      String to, String email, @Nullable String provider, @Nullable String fault, boolean empty) {}

  /// What the page of a one-time link shows.
  ///
  /// @param link its value
  /// @param person who chooses a password; null for the first administrator
  /// @param holds whether the link does
  /// @param fault what went wrong, in words; null at first
  public record WelcomeView(
      String link,
      @Nullable Person person,
      boolean holds,
      String email,
      String name,
      @Nullable String fault) {}

  public void add(Pages pages) {
    pages.open("/sign-in", visit -> form(visit, 200, "", null));
    pages.openPost("/sign-in", this::signIn);
    pages.open("/sign-in/provider", this::provider);
    pages.open("/sign-in/back", this::back);
    pages.post("/sign-out", Role.VIEWER, this::signOut);
    pages.open("/welcome/{link}", visit -> welcome(visit, 200, null));
    pages.openPost("/welcome/{link}", this::choose);
  }

  private Shown form(Visit visit, int status, String email, @Nullable String fault) {
    if (status == 200 && visit.session() != null) {
      return Shown.redirect(Visit.local(visit.param("to")));
    }
    Oidc oidc = site.team().oidc();
    String to = visit.form("to") == null ? visit.param("to") : visit.form("to");
    return new Shown.View(
        status,
        "entry/sign-in",
        new SignInView(
            Visit.local(to),
            email,
            oidc == null ? null : oidc.name(),
            fault == null && !visit.canSignIn() ? visit.t("entry.needs_tls") : fault,
            !site.people().hasAdministrator()));
  }

  private static String text(Visit visit, String field) {
    String given = visit.form(field);
    return given == null ? "" : given.length() > LONGEST ? given.substring(0, LONGEST) : given;
  }

  private Shown signIn(Visit visit) {
    String email = text(visit, "email");
    SignIn.Answer answer;
    try {
      answer = site.team().signIn().with(email, text(visit, "password"), visit.address());
    } catch (Passwords.Busy e) {
      visit.context().header("Retry-After", String.valueOf(BUSY_SECONDS));
      return form(visit, LATER, email, visit.t("entry.busy"));
    }
    return switch (answer) {
      case SignIn.In(var started) -> {
        visit.signIn(started);
        yield Shown.redirect(Visit.local(visit.form("to")));
      }
      case SignIn.Wrong() -> form(visit, UNKNOWN, email, visit.t("entry.wrong"));
      case SignIn.Later(var pause) -> {
        long seconds = Math.max(1, pause.toSeconds() + 1);
        visit.context().header("Retry-After", String.valueOf(seconds));
        yield form(visit, LATER, email, visit.t("entry.later", "n", seconds));
      }
    };
  }

  private Shown signOut(Visit visit) {
    visit.note(AuditAction.SIGN_OUT, null, Map.of());
    visit.signOut();
    return Shown.redirect("/sign-in");
  }

  private Shown provider(Visit visit) {
    Oidc oidc = site.team().oidc();
    if (oidc == null) {
      return Shown.redirect("/sign-in");
    }
    try {
      Oidc.Begun begun = oidc.begin(null, Visit.local(visit.param("to")));
      visit.away(begun.cookie());
      return Shown.redirect(begun.to().toString());
    } catch (InputException e) {
      return form(visit, 502, "", told(visit, e));
    }
  }

  private Shown back(Visit visit) {
    Oidc oidc = site.team().oidc();
    String kept = visit.back();
    if (oidc == null) {
      return Shown.redirect("/sign-in");
    }
    try {
      Oidc.Came came =
          oidc.finish(
              new Oidc.Back(
                  visit.param("state"),
                  visit.param("code"),
                  visit.param("iss"),
                  visit.param("error")),
              kept,
              visit.address());
      visit.signIn(came.started());
      return Shown.redirect(came.linked() ? "/settings/me" : Visit.local(came.page()));
    } catch (InputException e) {
      return form(visit, UNKNOWN, "", told(visit, e));
    }
  }

  private static String told(Visit visit, InputException e) {
    return e instanceof PeopleException known
        ? visit.t(
            known.fault() == Fault.EMAIL_TAKEN
                ? "entry.provider_known"
                : "entry.fault_" + known.fault().word())
        : visit.t("entry.provider_failed", "why", String.valueOf(e.getMessage()));
  }

  private Shown welcome(Visit visit, int status, @Nullable String fault) {
    String link = visit.part("link");
    Links.Meaning meaning = site.team().links().find(link);
    WelcomeView view =
        new WelcomeView(
            link,
            meaning == null ? null : meaning.person(),
            meaning != null,
            text(visit, "email"),
            text(visit, "name"),
            fault == null && !visit.canSignIn() ? visit.t("entry.needs_tls") : fault);
    return new Shown.View(meaning == null ? 410 : status, "entry/welcome", view);
  }

  private Shown choose(Visit visit) {
    String link = visit.part("link");
    Links links = site.team().links();
    Links.Meaning meaning = links.find(link);
    if (meaning == null) {
      return welcome(visit, 410, null);
    }
    String password = text(visit, "password");
    if (!password.equals(text(visit, "again"))) {
      return welcome(visit, 422, visit.t("entry.not_the_same"));
    }
    try {
      visit.signIn(
          meaning.person() == null
              ? links.begin(link, first(visit), password, visit.address())
              : links.choose(link, password, visit.address()));
      return Shown.redirect("/");
    } catch (Passwords.Busy e) {
      return welcome(visit, LATER, visit.t("entry.busy"));
    } catch (PeopleException e) {
      return welcome(
          visit,
          e.fault() == Fault.LINK_GONE ? 410 : 422,
          visit.t("entry.fault_" + e.fault().word()));
    }
  }

  private static People.Wanted first(Visit visit) {
    String language = visit.form("language");
    return new People.Wanted(
        text(visit, "email"),
        text(visit, "name"),
        Role.ADMIN,
        "",
        language == null ? visit.language().code() : language);
  }
}
