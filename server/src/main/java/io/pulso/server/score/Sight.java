package io.pulso.server.score;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.ConditionNames;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.ExpressionException;
import io.pulso.engine.expr.Path;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Model;
import io.pulso.server.event.InputException;
import io.pulso.server.store.View;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What somebody sees of customers and accounts: perhaps those of some accounts only, perhaps
/// without the values of personal traits.
///
/// @param accounts a condition that holds for the accounts they see, and for the people of these;
///   null for all
/// @param masked traits whose values they do not see
public record Sight(@Nullable Condition accounts, Set<String> masked) {
  /// Everything.
  public static final Sight ALL = new Sight(null, Set.of());

  /// What stands in the place of a value that is not shown.
  public static final String MASK = "•••";

  private static final String ME = "me";

  public Sight {
    masked = Set.copyOf(masked);
  }

  /// Reads a condition such as `account.owner == me`.
  ///
  /// @param accounts empty for all
  /// @param me the e-mail address for which `me` stands
  public static Sight of(String accounts, String me, Set<String> masked) {
    if (accounts.isBlank()) {
      return new Sight(null, masked);
    }
    Expression read;
    try {
      read = Cel.read(named(accounts, JsonText.write(new Json.Str(me))), Cel.Scope.SUBJECT);
    } catch (ExpressionException e) {
      throw new InputException("the accounts: " + e.getMessage(), e);
    }
    Condition condition = read.condition();
    if (ConditionNames.reads(condition, Path.Root.TRAITS)) {
      throw new InputException(
          "the accounts: say it with account alone, such as account.owner == me, not with traits");
    }
    return new Sight(condition, masked);
  }

  /// A text with the word `me` replaced, where it stands neither in quotes nor behind a dot.
  private static String named(String text, String value) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = at + 1;
      if (c == '"' || c == '\'') {
        while (end < text.length() && text.charAt(end) != c) {
          end += text.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end + 1, text.length());
      } else if (Character.isJavaIdentifierStart(c)) {
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
          end++;
        }
      }
      String word = text.substring(at, end);
      boolean field = out.toString().stripTrailing().endsWith(".");
      out.append(word.equals(ME) && !field ? value : word);
      at = end;
    }
    return out.toString();
  }

  /// What is seen of a kind of subject: personal traits are those of people, not of accounts.
  public Sight of(Model.Subject kind) {
    return kind == Model.Subject.CUSTOMER ? this : new Sight(accounts, Set.of());
  }

  /// Whether everybody is seen.
  public boolean seesAll() {
    return accounts == null;
  }

  /// Those of a roster that are seen.
  public BitSet rows(View view, Roster roster) {
    BitSet rows = new BitSet();
    rows.set(0, roster.size());
    if (accounts != null) {
      rows.and(new ListFilter(view, roster).rows(accounts));
    }
    return rows;
  }

  /// Whether one is seen.
  public boolean sees(View view, Model.Subject kind, int number, int day) {
    return accounts == null || view.matching(kind, accounts, day, new int[] {number}).get(number);
  }

  /// Those of some who are seen.
  public BitSet seen(View view, Model.Subject kind, int[] numbers, int day) {
    BitSet all = new BitSet();
    if (accounts != null) {
      return view.matching(kind, accounts, day, numbers);
    }
    for (int number : numbers) {
      all.set(number);
    }
    return all;
  }

  /// The values of traits that are shown.
  public Json.Obj traits(Json.Obj told) {
    if (masked.isEmpty()) {
      return told;
    }
    Map<String, Json> shown = new LinkedHashMap<>();
    told.fields().forEach((key, value) -> shown.put(key, masks(key) ? new Json.Str(MASK) : value));
    return new Json.Obj(shown);
  }

  /// Whether the value of a trait is not shown, in whatever case it is written.
  public boolean masks(String trait) {
    return masked.stream().anyMatch(trait::equalsIgnoreCase);
  }

  /// Refuses a filter that would tell what is not shown.
  public void allow(Expression filter) {
    for (String trait : new TreeSet<>(masked)) {
      if (ConditionNames.readsKey(filter.condition(), Path.Root.TRAITS, trait)) {
        throw new InputException(
            "the filter asks for the personal trait '%s', which you may not see".formatted(trait));
      }
    }
  }
}
