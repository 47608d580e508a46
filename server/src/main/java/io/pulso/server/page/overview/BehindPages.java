package io.pulso.server.page.overview;

import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Model;
import io.pulso.server.api.Answer;
import io.pulso.server.journey.Behind;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import java.util.List;
import java.util.Map;

/// Ways from a number to the list of those behind it. The list's address has the id of a kept view.
public final class BehindPages {
  /// What a list can be asked for here.
  private static final List<String> FIELDS = List.of("band", "most", "seen", "event", "within");

  private static final int MOST = 40;

  private final Site site;

  public BehindPages(Site site) {
    this.site = site;
  }

  public void add(Pages pages) {
    pages.get("/behind/customers", Role.VIEWER, visit -> behind(visit, Model.Subject.CUSTOMER));
    pages.get("/behind/accounts", Role.VIEWER, visit -> behind(visit, Model.Subject.ACCOUNT));
  }

  private Shown behind(Visit visit, Model.Subject kind) {
    Answer state = new Answer();
    for (String field : FIELDS) {
      List<String> values = visit.context().queryParams(field);
      if (!values.isEmpty() && values.size() <= MOST) {
        state.texts(field, values);
      }
    }
    return list(site, visit, kind, state);
  }

  /// Goes to the list of those behind a number of a journey.
  ///
  /// @param more that the list is asked for
  public static Shown list(Site site, Visit visit, Behind behind, Map<String, List<String>> more) {
    Answer state = new Answer().texts("journey", List.of(behind.text()));
    more.forEach((field, values) -> state.texts(field, values));
    return list(site, visit, behind.per(), state);
  }

  private static Shown list(Site site, Visit visit, Model.Subject kind, Answer state) {
    String area = kind == Model.Subject.CUSTOMER ? "customers" : "accounts";
    long now = site.parts().clock().millis() * 1000;
    return site.questions()
        .ask((store, view) ->
            Shown.redirect(
                Onlooker.at(kind)
                    + "?view="
                    + store
                        .byHand()
                        .views()
                        .keep(area, visit.person().id(), JsonText.write(state.json()), now)));
  }
}
