package io.pulso.server.page.segment;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.segment.Segment;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.customer.BandStyle;
import io.pulso.server.page.segment.SegmentViews.Choice;
import io.pulso.server.page.segment.SegmentViews.Share;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Roster;
import io.pulso.server.score.Sight;
import io.pulso.server.segment.Memberships;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Segments in the words and numbers of a reader, and with those whom they see.
final class SegmentLook {
  private final Site site;
  private final Visit visit;
  private final Sight sight;

  SegmentLook(Site site, Visit visit) {
    this.site = site;
    this.visit = visit;
    this.sight = visit.sight();
  }

  String title(Segment segment) {
    return visit.text(segment.title(), segment.name());
  }

  String about(Segment segment) {
    return visit.text(segment.description(), "");
  }

  static String rule(Segment segment) {
    return segment.members() instanceof Segment.Rule(Expression when) ? when.text() : "";
  }

  static String kind(Model.Subject kind) {
    return kind == Model.Subject.CUSTOMER ? "customers" : "accounts";
  }

  Roster roster(Store store, View view, Model.Subject kind, int day) {
    InUse use = site.questions().inForce(store).on(kind, day);
    return site.parts().rosters().find(view, kind, use, day, false);
  }

  /// The rows of a segment that the reader sees.
  BitSet rows(View view, Roster roster, Segment segment) {
    Memberships.allow(sight, segment);
    BitSet rows = Memberships.rows(view, roster, segment);
    if (!sight.seesAll()) {
      rows.and(sight.rows(view, roster));
    }
    return rows;
  }

  /// How many there are, in words.
  String size(Model.Subject kind, int size) {
    return visit.t("segment.n_" + kind(kind), "n", size);
  }

  /// How many of everybody that is.
  String share(View view, Roster roster, int size) {
    int everybody = sight.seesAll() ? roster.size() : sight.rows(view, roster).cardinality();
    return everybody == 0
        ? ""
        : visit.t(
            "segment.share_" + kind(roster.kind()),
            "percent",
            visit.figures().percent((double) size / everybody),
            "all",
            everybody);
  }

  /// How they are spread over the bands, the highest first.
  List<Share> bands(Roster roster, BitSet rows) {
    InUse use = roster.use();
    if (use == null) {
      return List.of();
    }
    List<Band> bands = use.model().bands();
    int[] counts = new int[bands.size()];
    int all = 0;
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      Band band = roster.band(row);
      if (band != null) {
        counts[bands.indexOf(band)]++;
        all++;
      }
    }
    List<Share> shares = new ArrayList<>();
    for (int place = bands.size() - 1; place >= 0; place--) {
      Band band = bands.get(place);
      double share = all == 0 ? 0 : (double) counts[place] / all;
      shares.add(
          new Share(
              visit.text(band.title(), band.id()),
              BandStyle.of(bands, band),
              visit.figures().count(counts[place]),
              visit.figures().percent(share),
              (int) Math.round(share * 100)));
    }
    return shares;
  }

  /// All segments of a kind but one.
  List<Choice> others(Model.Subject kind, String but) {
    return site.parts().segments().segments().values().stream()
        .filter(segment -> segment.of() == kind && !segment.name().equals(but))
        .map(segment -> new Choice(segment.name(), title(segment)))
        .toList();
  }

  Sight sight() {
    return sight;
  }
}
