package io.pulso.server.page.overview;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.model.Model;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.store.OpaqueIds;
import io.pulso.server.summary.Board;
import io.pulso.server.summary.Glance;
import io.pulso.server.summary.Mover;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One reader of a glance: what they may see of it, and in which words.
final class Onlooker {
  private final Site site;
  private final Visit visit;
  private final Board board;
  private final Glance glance;
  private final OpaqueIds ids;

  Onlooker(Site site, Visit visit, Board board, Glance glance) {
    this.site = site;
    this.visit = visit;
    this.board = board;
    this.glance = glance;
    this.ids = site.parts().store().opaqueIds();
  }

  Board board() {
    return board;
  }

  Glance glance() {
    return glance;
  }

  Model model() {
    return glance.model();
  }

  Model.Subject kind() {
    return glance.line().subject();
  }

  /// A text that speaks of customers or, where there is one of its own, of accounts.
  String t(String key, Object... parts) {
    String own = key + "_account";
    return visit.t(kind() == Model.Subject.ACCOUNT && visit.has(own) ? own : key, parts);
  }

  String title() {
    return visit.text(model().title(), model().name());
  }

  List<BandLook> bands() {
    return BandLook.all(visit, model());
  }

  /// Whether some are left out of lists, whom this reader does not see.
  boolean isLimited() {
    return !visit.sight().seesAll();
  }

  /// Where the pages of a kind begin.
  static String at(Model.Subject kind) {
    return kind == Model.Subject.CUSTOMER ? "/customers" : "/accounts";
  }

  /// Where the page of one is.
  String page(Model.Subject kind, int number) {
    return at(kind) + "/" + ids.of(kind, number);
  }

  /// Where those behind a number are listed; null where lists are under another model.
  ///
  /// @param fields names and values by turns
  @Nullable String behind(String... fields) {
    boolean listed =
        board.glances().stream()
            .filter(each -> each.line().subject() == kind())
            .findFirst()
            .filter(glance::equals)
            .isPresent();
    StringBuilder to =
        new StringBuilder(
            kind() == Model.Subject.CUSTOMER ? "/behind/customers" : "/behind/accounts");
    for (int i = 0; i < fields.length; i += 2) {
      to.append(i == 0 ? '?' : '&')
          .append(fields[i])
          .append('=')
          .append(Visit.encode(fields[i + 1]));
    }
    return listed ? to.toString() : null;
  }

  /// Where those in the bands of some places are listed.
  @Nullable String behind(BitSet places) {
    return behind(
        places.stream()
            .mapToObj(model().bands()::get)
            .flatMap(band -> Stream.of("band", band.id()))
            .toArray(String[]::new));
  }

  /// Of some subjects those who still are there, and whom the reader may see: the board may be
  /// older than an erasure or an objection.
  BitSet seen(Model.Subject kind, int[] numbers) {
    Condition accounts = visit.sight().accounts();
    return site.questions()
        .ask((store, view) -> {
          BitSet seen = view.stillThere(kind, numbers);
          if (accounts != null) {
            seen.and(view.matching(kind, accounts, board.day(), numbers));
          }
          return seen;
        });
  }

  /// Those of some movers.
  List<Mover> seen(List<Mover> movers) {
    BitSet seen = seen(kind(), movers.stream().mapToInt(Mover::number).toArray());
    return movers.stream().filter(mover -> seen.get(mover.number())).toList();
  }

  /// Lines of a list.
  List<MoverRow> rows(Stream<Mover> movers) {
    Why why = new Why(visit, model());
    List<BandLook> bands = bands();
    boolean masked = visit.sight().masks("name");
    return movers
        .map(mover -> {
          String told = mover.name();
          String name = told == null || told.isBlank() || masked ? mover.id() : told;
          return new MoverRow(
              name,
              name.equals(mover.id()) ? "" : mover.id(),
              page(kind(), mover.number()),
              visit.figures().points(mover.before()),
              visit.figures().points(mover.after()),
              bands.get(mover.bandBefore()),
              bands.get(mover.bandAfter()),
              mover.bandBefore() != mover.bandAfter(),
              visit.figures().change(mover.change()),
              mover.change() > 0,
              why.main(mover),
              why.lines(mover));
        })
        .toList();
  }
}
