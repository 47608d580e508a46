package io.pulso.server.page.customer;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.ExpressionException;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.segment.Segment;
import io.pulso.server.edit.TraitValues;
import io.pulso.server.event.InputException;
import io.pulso.server.journey.Behind;
import io.pulso.server.score.ListFilter;
import io.pulso.server.score.Roster;
import io.pulso.server.score.Selection;
import io.pulso.server.score.Sight;
import io.pulso.server.segment.Memberships;
import io.pulso.server.store.Standings;
import io.pulso.server.store.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds the rows of a roster that a list is asked for, among those that somebody may see.
final class ListQuery {
  /// What a list can be asked for of when somebody was last seen: a number of days, and whether it
  /// was within them.
  static final List<String> SEEN = List.of("7", "30", "90", "not7", "not30", "not90", "never");

  static final List<String> TESTS =
      List.of("is", "is_not", "has", "has_not", "at_least", "at_most");
  static final List<String> DAYS = List.of("7", "14", "30", "90", "365");

  private final Model.Subject kind;
  private final ListState state;
  private final Sight sight;
  private final List<Expression> filters = new ArrayList<>();
  private final @Nullable Segment segment;
  private final @Nullable Behind journey;

  /// @param segments those of the workspace
  /// @throws InputException where what is asked makes no sense, or may not be asked
  ListQuery(
      Model.Subject kind, ListState state, Sight sight, Supplier<Map<String, Segment>> segments) {
    this.kind = kind;
    this.state = state;
    this.sight = sight;
    this.segment = state.has("segment") ? segment(segments.get(), state.one("segment")) : null;
    if (segment != null) {
      Memberships.allow(sight, segment);
    }
    if (state.has("cel")) {
      filters.add(read(state.one("cel")));
    }
    if (state.has("trait")) {
      filters.add(read(trait()));
    }
    if (state.has("event")) {
      filters.add(read(event()));
    }
    filters.forEach(sight::allow);
    journey = state.has("journey") ? Behind.read(state.one("journey")) : null;
    if (journey != null) {
      if (journey.per() != kind) {
        throw new InputException("the list names a journey of others");
      }
      journey.asks().forEach(sight::allow);
    }
  }

  private Segment segment(Map<String, Segment> segments, String name) {
    Segment found = segments.get(name);
    if (found == null || found.of() != kind) {
      throw new InputException("there is no segment '%s'".formatted(name));
    }
    return found;
  }

  private static Expression read(String text) {
    try {
      return Cel.read(text, Cel.Scope.LIST);
    } catch (ExpressionException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String quoted(String text) {
    return JsonText.write(new Json.Str(text));
  }

  private String trait() {
    String trait =
        (kind == Model.Subject.CUSTOMER ? "traits[%s]" : "account[%s]")
            .formatted(quoted(state.one("trait")));
    String test = state.has("is") ? state.one("is") : state.has("value") ? "is" : "has";
    Json value = TraitValues.read(state.one("value"));
    String typed = JsonText.write(value);
    String text = quoted(state.one("value"));
    String same =
        value instanceof Json.Str || value instanceof Json.Null
            ? "%s == %s".formatted(trait, text)
            : "(%1$s == %2$s || %1$s == %3$s)".formatted(trait, typed, text);
    return switch (test) {
      case "is" -> same;
      case "is_not" -> "!(" + same + ")";
      case "has" -> "%1$s == %1$s".formatted(trait);
      case "has_not" -> "!(%1$s == %1$s)".formatted(trait);
      case "at_least" -> trait + " >= " + typed;
      case "at_most" -> trait + " <= " + typed;
      default -> throw new InputException("there is no test '%s'".formatted(test));
    };
  }

  private String event() {
    int within = state.has("within") ? whole(state.one("within"), 1, 730) : 30;
    int times = state.has("times") ? whole(state.one("times"), 1, 1_000_000) : 1;
    String count = "count(%s, \"%dd\")".formatted(quoted(state.one("event")), within);
    return state.one("did").equals("not") ? count + " == 0" : count + " >= " + times;
  }

  private static int whole(String text, int least, int most) {
    if (text.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new InputException("'%s' is no whole number from %d to %d".formatted(text, least, most));
  }

  private static @Nullable Long points(String text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      return new BigDecimal(text.replace(',', '.')).movePointRight(3).longValueExact();
    } catch (NumberFormatException | ArithmeticException e) {
      throw new InputException(
          "'%s' is no number of points with at most 3 decimals".formatted(text), e);
    }
  }

  /// Those rows.
  BitSet rows(View view, Roster roster) {
    BitSet rows = sight.rows(view, roster);
    List<String> searched =
        Standings.NAMES.stream()
            .filter(name -> kind == Model.Subject.ACCOUNT || !sight.masks(name))
            .toList();
    rows.and(
        new Selection(
                null,
                state.has("account") ? state.one("account") : null,
                state.has("search") ? state.one("search") : null,
                searched)
            .rows(view, roster));
    for (Expression filter : filters) {
      rows.and(new Selection(filter, null, null, List.of()).rows(view, roster));
    }
    if (segment != null) {
      rows.and(Memberships.rows(view, roster, segment));
    }
    if (journey != null) {
      rows.and(new ListFilter(view, roster).ofNumbers(journey.numbers(view)));
    }
    keep(rows, bands(roster));
    keep(rows, scores(roster));
    keep(rows, seen(roster));
    return rows;
  }

  private static void keep(BitSet rows, @Nullable IntPredicate which) {
    if (which != null) {
      for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
        if (!which.test(row)) {
          rows.clear(row);
        }
      }
    }
  }

  private @Nullable IntPredicate bands(Roster roster) {
    Set<String> wanted = Set.copyOf(state.all("band"));
    return wanted.isEmpty()
        ? null
        : row -> {
          Band band = roster.band(row);
          return band != null && wanted.contains(band.id());
        };
  }

  private @Nullable IntPredicate scores(Roster roster) {
    Long least = points(state.one("least"));
    Long most = points(state.one("most"));
    return least == null && most == null
        ? null
        : row -> {
          Long score = roster.score(row);
          return score != null
              && (least == null || score >= least)
              && (most == null || score <= most);
        };
  }

  private @Nullable IntPredicate seen(Roster roster) {
    String seen = state.one("seen");
    if (seen.isEmpty()) {
      return null;
    }
    if (!SEEN.contains(seen) && !seen.matches("[1-9][0-9]{0,2}")) {
      throw new InputException("there is no choice '%s'".formatted(seen));
    }
    if (seen.equals("never")) {
      return row -> roster.lastDay(row) == null;
    }
    boolean not = seen.startsWith("not");
    int first = roster.day() - Integer.parseInt(not ? seen.substring(3) : seen) + 1;
    return row -> {
      Integer last = roster.lastDay(row);
      return not != (last != null && last >= first);
    };
  }
}
