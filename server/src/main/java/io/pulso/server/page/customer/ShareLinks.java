package io.pulso.server.page.customer;

import io.pulso.engine.model.Model;
import io.pulso.server.edit.Trail;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.store.Shares;
import org.jspecify.annotations.Nullable;

/// Makes links to frozen pages.
public final class ShareLinks {
  private final Area area;

  public ShareLinks(Site site) {
    this.area = new Area(site);
  }

  /// A new link, shown once.
  public record Made(String url, String until, String back) {}

  /// Keeps a snapshot for as many days as the form says, and shows its link.
  ///
  /// @param page which page it is a snapshot of
  /// @param person whom it shows; null for nobody
  /// @param back the address of the page
  public Shown make(
      Visit visit, String page, @Nullable Integer person, String snapshot, String back) {
    Shares.Made made =
        area.site()
            .questions()
            .ask((store, view) ->
                store
                    .byHand()
                    .shares()
                    .add(
                        new Shares.Wanted(
                            page, person, snapshot, visit.person().name(), days(visit)),
                        area.now()));
    area.edits()
        .note(
            Area.editor(visit),
            new Trail.Deed(
                "share.made",
                person == null ? null : Model.Subject.CUSTOMER,
                person == null ? -1 : person,
                "",
                page + " " + made.id()));
    return Shown.view(
        "customer/shared-made",
        new Made(
            visit.context().scheme()
                + "://"
                + visit.context().header("Host")
                + "/shared/"
                + made.secret(),
            visit.figures().instant(made.expiresAt()),
            back));
  }

  private static int days(Visit visit) {
    String text = visit.form("days");
    return text != null && text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
  }
}
