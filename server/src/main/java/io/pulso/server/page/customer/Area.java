package io.pulso.server.page.customer;

import io.pulso.engine.model.Model;
import io.pulso.server.edit.Editor;
import io.pulso.server.edit.Edits;
import io.pulso.server.edit.Trail;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Individual;
import io.pulso.server.score.Sight;
import io.pulso.server.store.OpaqueIds;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What the pages about customers and accounts have in common.
final class Area {
  private final Site site;

  Area(Site site) {
    this.site = site;
  }

  Site site() {
    return site;
  }

  Edits edits() {
    return site.parts().edits();
  }

  int today() {
    return site.questions().today();
  }

  /// The present instant, in microseconds.
  long now() {
    return site.parts().clock().millis() * 1000;
  }

  /// The model that scores a kind of subject; null where there is none.
  @Nullable InUse use(Store store, Model.Subject kind) {
    return site.parts().models().primary(store, kind, today());
  }

  Sight sight(Visit visit) {
    return site.sight(visit.person());
  }

  static Editor editor(Visit visit) {
    return new Editor(visit.person().name(), "person " + visit.person().id(), visit.context().ip());
  }

  void note(Visit visit, String what, Individual who) {
    edits().note(editor(visit), new Trail.Deed(what, who.kind(), who.number(), "", ""));
  }

  /// Where the pages of a kind begin.
  static String at(Model.Subject kind) {
    return switch (kind) {
      case CUSTOMER -> "/customers";
      case ACCOUNT -> "/accounts";
    };
  }

  static String at(OpaqueIds ids, Model.Subject kind, int number) {
    return at(kind) + "/" + ids.of(kind, number);
  }

  /// Whom an address means, if the visitor may see them.
  Individual find(Visit visit, Store store, View view, Model.Subject kind) {
    return find(visit, store, view, kind, visit.part("id"));
  }

  Individual find(Visit visit, Store store, View view, Model.Subject kind, String opaque) {
    OptionalInt number = store.opaqueIds().number(kind, opaque);
    if (number.isEmpty() || !view.isKnown(kind, number.getAsInt())) {
      throw new Missing("customer");
    }
    // An erased one has no id; one that was merged into another since is that one's.
    Individual who =
        view.id(kind, number.getAsInt()).isEmpty()
            ? null
            : Individual.of(view, kind, number.getAsInt());
    if (who == null) {
      throw new Missing("customer");
    }
    if (!sight(visit).sees(view, kind, who.number(), today())) {
      throw new Missing("customer");
    }
    return who;
  }
}
