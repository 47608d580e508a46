package io.pulso.server.page.settings;

import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Audit;
import io.pulso.server.people.AuditAction;
import io.pulso.server.people.Links;
import io.pulso.server.people.Oidc;
import io.pulso.server.people.People;
import io.pulso.server.people.PeopleException;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// People and their roles.
public final class PeoplePages {
  private static final String PAGE = "/settings/people";
  private static final int REFUSED = 422;

  private final Site site;

  PeoplePages(Site site) {
    this.site = site;
  }

  /// What the page shows.
  ///
  /// @param link a one-time link that was just made; null for none
  /// @param fault what went wrong, in words; null where nothing did
  /// @param provider the identity provider; null where none is set up
  public record PeopleView(
      List<Person> people,
      List<Role> roles,
      @Nullable LinkView link,
      @Nullable ProviderView provider,
      @Nullable String fault) {}

  /// What is said of the identity provider.
  ///
  /// @param given whether its secret stands in the environment
  /// @param stored whether it is stored
  public record ProviderView(String name, boolean given, boolean stored) {}

  /// A link that is shown once.
  ///
  /// @param person for whom it is
  /// @param expires in microseconds
  public record LinkView(Person person, String address, long expires) {}

  void add(Pages pages) {
    pages.get(PAGE, Role.ADMIN, visit -> shown(200, null, null));
    pages.post(PAGE, Role.ADMIN, this::invite);
    pages.post(PAGE + "/provider/secret", Role.ADMIN, this::secret);
    pages.post(PAGE + "/{id}", Role.ADMIN, this::change);
    pages.post(PAGE + "/{id}/link", Role.ADMIN, this::link);
    pages.post(PAGE + "/{id}/remove", Role.ADMIN, this::remove);
  }

  private Shown shown(int status, @Nullable LinkView link, @Nullable String fault) {
    return new Shown.View(
        status,
        "settings/people",
        new PeopleView(site.people().list(), List.of(Role.values()), link, provider(), fault));
  }

  private @Nullable ProviderView provider() {
    Oidc oidc = site.team().oidc();
    return oidc == null
        ? null
        : new ProviderView(oidc.name(), oidc.secret().isGiven(), oidc.secret().isStored());
  }

  private Shown secret(Visit visit) {
    Oidc oidc = site.team().oidc();
    String value = visit.form("secret");
    if (oidc == null || value == null) {
      throw new Missing("secret");
    }
    oidc.secret().put(value);
    visit.note(AuditAction.SETTING_CHANGED, null, Map.of("of", "oidc_client_secret"));
    return Shown.redirect(PAGE);
  }

  private static Shown refused(PeoplePages pages, Visit visit, PeopleException e) {
    String told = visit.t("entry.fault_" + e.fault().word());
    String detail = e.fault() == PeopleException.Fault.ACCOUNTS_WRONG ? " " + e.getMessage() : "";
    return pages.shown(REFUSED, null, told + detail);
  }

  private Shown invite(Visit visit) {
    String email = text(visit, "email");
    String name = text(visit, "name");
    try {
      Person added =
          site.people()
              .add(
                  new People.Wanted(
                      email,
                      name.isBlank() ? email : name,
                      Role.of(text(visit, "role")),
                      text(visit, "accounts"),
                      null));
      visit.note(AuditAction.PERSON_ADDED, null, Map.of("of", added.email(), "after", told(added)));
      return shown(200, made(visit, added, Links.INVITATION), null);
    } catch (PeopleException e) {
      return refused(this, visit, e);
    }
  }

  private LinkView made(Visit visit, Person person, Duration life) {
    Links.Made made =
        site.team().links().of(person, life, Audit.Actor.of(visit.person(), visit.address()));
    return new LinkView(
        person,
        visit.root() + "/welcome/" + made.value(),
        Math.multiplyExact(made.expiresAt().getEpochSecond(), 1_000_000L));
  }

  private Person person(Visit visit) {
    Person person = site.people().find(visit.part("id"));
    if (person == null) {
      throw new Missing("person");
    }
    return person;
  }

  private Shown change(Visit visit) {
    Person old = person(visit);
    try {
      Person changed =
          site.people()
              .change(old.with(Role.of(text(visit, "role"))).withAccounts(text(visit, "accounts")));
      if (!told(old).equals(told(changed))) {
        visit.note(
            AuditAction.PERSON_CHANGED,
            null,
            Map.of("of", old.email(), "before", told(old), "after", told(changed)));
      }
      return Shown.redirect(PAGE);
    } catch (PeopleException e) {
      return refused(this, visit, e);
    }
  }

  private static String told(Person person) {
    return person.role().word() + (person.accounts().isEmpty() ? "" : ", " + person.accounts());
  }

  private Shown link(Visit visit) {
    return shown(200, made(visit, person(visit), Links.INVITATION), null);
  }

  private Shown remove(Visit visit) {
    Person old = person(visit);
    try {
      site.people().remove(old.id());
      visit.note(AuditAction.PERSON_REMOVED, null, Map.of("of", old.email(), "before", told(old)));
      return Shown.redirect(PAGE);
    } catch (PeopleException e) {
      return refused(this, visit, e);
    }
  }

  private static String text(Visit visit, String field) {
    String given = visit.form(field);
    return given == null ? "" : given;
  }
}
