package io.pulso.server.score;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.model.Model;
import io.pulso.server.store.View;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Which rows of a roster are meant.
///
/// @param filter null for all
/// @param account whose people are meant; null for everybody's
/// @param search a part of the id or of a name; null for all
/// @param searched the traits that are searched beside the id
public record Selection(
    @Nullable Expression filter,
    @Nullable String account,
    @Nullable String search,
    List<String> searched) {
  public Selection {
    searched = List.copyOf(searched);
  }

  /// Those rows.
  public BitSet rows(View view, Roster roster) {
    ListFilter lists = new ListFilter(view, roster);
    BitSet rows = new BitSet();
    rows.set(0, roster.size());
    if (filter != null) {
      rows.and(lists.rows(filter.condition()));
    }
    if (account != null && roster.kind() == Model.Subject.CUSTOMER) {
      rows.and(lists.ofNumbers(people(view, account, roster.day())));
    }
    if (search != null) {
      search(view, roster, lists, search, rows);
    }
    return rows;
  }

  private static BitSet people(View view, String account, int day) {
    OptionalInt number = view.subject(Model.Subject.ACCOUNT, account);
    BitSet people = new BitSet();
    if (number.isPresent()) {
      for (int one : view.standings(Model.Subject.CUSTOMER).people(number.getAsInt(), day)) {
        people.set(one);
      }
    }
    return people;
  }

  private void search(View view, Roster roster, ListFilter lists, String text, BitSet rows) {
    BitSet found =
        lists.ofNumbers(view.standings(roster.kind()).named(text, roster.day(), searched));
    Part part = new Part(text);
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      if (!found.get(row) && !part.isIn(roster.id(row))) {
        rows.clear(row);
      }
    }
  }

  /// A text that is looked for in others, in whatever case.
  private static final class Part {
    private final String small;

    Part(String text) {
      this.small = text.toLowerCase(Locale.ROOT);
    }

    /// Most ids have plain letters only: then nothing has to be written anew to compare it.
    boolean isIn(String whole) {
      int end = whole.length() - small.length();
      for (int at = 0; at <= end; at++) {
        if (isAt(whole, at)) {
          return true;
        }
      }
      return !isPlain(whole) && whole.toLowerCase(Locale.ROOT).contains(small);
    }

    private boolean isAt(String whole, int at) {
      for (int i = 0; i < small.length(); i++) {
        char c = whole.charAt(at + i);
        if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != small.charAt(i)) {
          return false;
        }
      }
      return true;
    }

    private static boolean isPlain(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) > 127) {
          return false;
        }
      }
      return true;
    }
  }
}
