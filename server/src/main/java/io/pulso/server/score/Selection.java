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
    String small = text.toLowerCase(Locale.ROOT);
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      if (!found.get(row) && !roster.id(row).toLowerCase(Locale.ROOT).contains(small)) {
        rows.clear(row);
      }
    }
  }
}
