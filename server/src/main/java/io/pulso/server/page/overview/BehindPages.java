package io.pulso.server.page.overview;

import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Model;
import io.pulso.server.api.Answer;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import java.util.List;

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
    pages.get(
        "/behind/customers",
        Role.VIEWER,
        visit -> behind(visit, Model.Subject.CUSTOMER, "customers"));
    pages.get(
        "/behind/accounts", Role.VIEWER, visit -> behind(visit, Model.Subject.ACCOUNT, "accounts"));
  }

  private Shown behind(Visit visit, Model.Subject kind, String area) {
    Answer state = new Answer();
    for (String field : FIELDS) {
      List<String> values = visit.context().queryParams(field);
      if (!values.isEmpty() && values.size() <= MOST) {
        state.texts(field, values);
      }
    }
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
