package io.pulso.server.api;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.ExpressionException;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.segment.Segment;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Roster;
import io.pulso.server.score.Rosters;
import io.pulso.server.score.Selection;
import io.pulso.server.segment.Memberships;
import io.pulso.server.store.Standings;
import io.pulso.server.store.View;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists of customers and of accounts: filtered, searched, sorted, page by page.
final class ListRoutes {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;
  private static final int PARTS = 5;
  private static final List<String> SORTS =
      Arrays.stream(Roster.Sort.values()).map(Roster.Sort::word).toList();
  static final List<String> POPULATIONS = List.of("identified", "all");

  private final Questions questions;
  private final Rosters rosters;
  private final SegmentShelf segments;

  ListRoutes(Questions questions, Rosters rosters, SegmentShelf segments) {
    this.questions = questions;
    this.rosters = rosters;
    this.segments = segments;
  }

  void add(Routes routes) {
    for (Model.Subject kind : Model.Subject.values()) {
      routes.get(Questions.at(kind), Scope.READ, call -> list(kind, call));
    }
  }

  /// Which rows are asked for.
  ///
  /// @param question a number that is the same for all pages of a list
  /// @param from the place before the page; null for the beginning
  private record Page(Roster.Sort sort, int limit, int question, @Nullable List<String> from) {}

  private Json list(Model.Subject kind, Call call) {
    Integer limit = call.whole("limit", 1, MOST);
    String sort = call.one("sort", SORTS);
    String cursor = call.text("cursor");
    List<String> from = cursor == null ? null : Cursor.read(cursor, PARTS);
    Page page =
        new Page(
            sort == null ? Roster.Sort.ID : Roster.Sort.of(sort),
            limit == null ? USUAL : limit,
            call.question("cursor", "limit"),
            from);
    boolean all = "all".equals(call.one("population", POPULATIONS));
    Selection selection = selection(kind, call, filter(call.text("filter")));
    Segment segment = segment(kind, call);
    if (from != null
        && !(from.get(0).equals(page.sort().word())
            && from.get(1).equals(String.valueOf(page.question())))) {
      throw Cursor.wrong();
    }
    int day = from == null ? questions.day(call) : Math.toIntExact(Cursor.number(from.get(2)));
    return questions.ask((store, view) -> {
      InUse use = questions.use(store, call, kind, day);
      Roster roster = rosters.find(view, kind, use, day, all);
      BitSet rows = selection.rows(view, roster);
      if (segment != null) {
        rows.and(Memberships.rows(view, roster, segment));
      }
      return answer(view, roster, rows, page);
    });
  }

  private @Nullable Segment segment(Model.Subject kind, Call call) {
    Segment segment = SegmentRoutes.asked(segments.segments(), call);
    if (segment != null && segment.of() != kind) {
      throw new Refused(
          400,
          "the segment '%s' is of %s".formatted(segment.name(), SegmentAnswer.kind(segment.of())));
    }
    return segment;
  }

  static @Nullable Expression filter(@Nullable String text) {
    try {
      return text == null ? null : Cel.read(text, Cel.Scope.LIST);
    } catch (ExpressionException e) {
      throw new Refused(400, "'filter': " + e.getMessage());
    }
  }

  private static Selection selection(Model.Subject kind, Call call, @Nullable Expression filter) {
    return new Selection(
        filter,
        kind == Model.Subject.CUSTOMER ? call.free("account") : null,
        call.free("search"),
        Standings.NAMES);
  }

  private Json answer(View view, Roster roster, BitSet rows, Page page) {
    int[] order = roster.order(page.sort());
    List<String> from = page.from();
    int at = from == null ? 0 : roster.after(page.sort(), Cursor.number(from.get(3)), from.get(4));
    int[] found = new int[page.limit()];
    int size = 0;
    int total = rows.cardinality();
    while (at < order.length && size < found.length) {
      int row = order[at++];
      if (rows.get(row)) {
        found[size++] = row;
      }
    }
    boolean more = size == found.length && isMore(rows, order, at);
    InUse use = roster.use();
    Answer answer =
        new Answer()
            .put("model", use == null ? null : use.model().name())
            .put("version", use == null ? null : use.version())
            .day("day", roster.day())
            .put("total", total);
    if (roster.kind() == Model.Subject.CUSTOMER) {
      answer.put("objected", rows.stream().filter(roster::objected).count());
    }
    Rows json = new Rows(view, roster, Arrays.copyOf(found, size));
    return answer
        .objects(Questions.word(roster.kind()) + "s", json.all(), one -> one)
        .put("next", more ? next(roster, found[size - 1], page) : null)
        .json();
  }

  private static boolean isMore(BitSet rows, int[] order, int from) {
    for (int at = from; at < order.length; at++) {
      if (rows.get(order[at])) {
        return true;
      }
    }
    return false;
  }

  private static String next(Roster roster, int last, Page page) {
    return Cursor.of(
        List.of(
            page.sort().word(),
            String.valueOf(page.question()),
            String.valueOf(roster.day()),
            String.valueOf(roster.key(last, page.sort())),
            roster.id(last)));
  }

  /// Rows of a roster as JSON.
  private static final class Rows {
    private final Roster roster;
    private final int[] rows;
    private final Map<Integer, String> traits;
    private final Map<Integer, String> accounts;

    Rows(View view, Roster roster, int[] rows) {
      this.roster = roster;
      this.rows = rows;
      int[] numbers = Arrays.stream(rows).map(roster::number).toArray();
      Standings standings = view.standings(roster.kind());
      this.traits = standings.traits(numbers, roster.day());
      this.accounts =
          roster.kind() == Model.Subject.CUSTOMER
              ? standings.accounts(numbers, roster.day())
              : Map.of();
    }

    List<Answer> all() {
      return Arrays.stream(rows).mapToObj(this::row).toList();
    }

    private Answer row(int row) {
      int number = roster.number(row);
      Band band = roster.band(row);
      Answer answer = new Answer().put("id", roster.id(row));
      Json.Obj told = object(traits.get(number));
      answer.put("name", text(told, "name")).put("email", text(told, "email"));
      if (roster.kind() == Model.Subject.CUSTOMER) {
        answer
            .put("account", accounts.get(number))
            .put("identified", roster.identified(row))
            .put("processing", ProcessingAnswer.word(roster.objected(row)));
      }
      return answer
          .milli("score", roster.score(row))
          .put("band", band == null ? null : band.id())
          .put("inactive", roster.inactive(row))
          .put("ramping", roster.ramping(row))
          .day("first_seen", roster.firstDay(row))
          .day("last_seen", roster.lastDay(row));
    }
  }

  static Json.Obj object(@Nullable String json) {
    try {
      return json != null && JsonText.read(json) instanceof Json.Obj object
          ? object
          : Json.Obj.EMPTY;
    } catch (JsonFault e) {
      throw new IllegalStateException("stored traits are no JSON", e);
    }
  }

  private static @Nullable String text(Json.Obj traits, String key) {
    return traits.get(key) instanceof Json.Str(String text) ? text : null;
  }
}
