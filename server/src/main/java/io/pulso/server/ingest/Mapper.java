package io.pulso.server.ingest;

import io.pulso.engine.yaml.Nearest;
import io.pulso.server.event.InputException;
import io.pulso.server.ingest.Mapping.Assignment;
import io.pulso.server.ingest.Mapping.Rest;
import io.pulso.server.ingest.Mapping.Variant;
import io.pulso.server.ingest.Target.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes the mapping of a table from what the user wrote and, where that is silent, from guesses.
final class Mapper {
  private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$ .-]*");
  private static final String ALL = "*";
  private static final Map<Part, String> SUBSCRIPTION = new LinkedHashMap<>();

  static {
    SUBSCRIPTION.put(Part.STARTED, "Subscription Started");
    SUBSCRIPTION.put(Part.RENEWED, "Subscription Renewed");
    SUBSCRIPTION.put(Part.UPGRADED, "Subscription Upgraded");
    SUBSCRIPTION.put(Part.DOWNGRADED, "Subscription Downgraded");
    SUBSCRIPTION.put(Part.CANCELLED, "Subscription Cancelled");
  }

  private final String file;
  private final Table table;
  private final As as;
  private final Times times;
  private final Guess guess;
  private final Map<Target, Source> found = new LinkedHashMap<>();
  private final Set<Integer> taken = new HashSet<>();
  private boolean written;
  private boolean all;

  private Mapper(String file, Table table, As as, Times times) {
    this.file = file;
    this.table = table;
    this.as = as;
    this.times = times;
    this.guess = new Guess(table);
  }

  /// @param map the words that the user wrote, by target; empty for none
  static Mapping make(String file, Table table, As as, Map<String, String> map, Times times) {
    return new Mapper(file, table, as, times).make(map);
  }

  private Mapping make(Map<String, String> map) {
    written = !map.isEmpty();
    map.forEach(this::write);
    return switch (as) {
      case EVENTS -> events();
      case TRAITS -> traits();
      case ACCOUNTS -> accounts();
      case MEMBERSHIPS -> memberships();
      case SUBSCRIPTIONS -> subscriptions();
      case CAMPAIGN_COSTS -> costs();
      case METRICS_DAILY -> metrics();
    };
  }

  private void write(String word, String expression) {
    Target target = Target.read(word);
    if (target.part() == Part.PROPERTIES && expression.strip().equals(ALL)) {
      all = true;
      return;
    }
    if (found.put(target, source(word, expression.strip())) != null) {
      throw new InputException("the mapping sets '" + target.word() + "' twice");
    }
  }

  private Source source(String word, String expression) {
    int column = table.names().indexOf(expression);
    if (column >= 0) {
      taken.add(column);
      return new Source.Column(column, expression);
    }
    if (NAME.matcher(expression).matches()
        && !expression.startsWith("row.")
        && !reserved(expression)) {
      if (table.open()) {
        return later(expression);
      }
      throw new InputException(
          file
              + ": there is no column '"
              + expression
              + "' for "
              + word
              + Nearest.hint(expression, table.names())
              + " (a constant is written in quotes: "
              + word
              + "='\""
              + expression
              + "\"')");
    }
    return computed(word, expression);
  }

  private static boolean reserved(String name) {
    return name.equals("file")
        || name.equals("line")
        || name.equals("true")
        || name.equals("false");
  }

  /// A field that the first objects do not have, but later ones may.
  private Source later(String name) {
    throw new InputException(
        file
            + ": none of the first records has a field '"
            + name
            + "'"
            + Nearest.hint(name, table.names())
            + " (if later ones have it, write row."
            + name
            + ")");
  }

  private Source computed(String word, String expression) {
    try {
      List<String> columns = table.open() ? List.of() : table.names();
      Formula formula = Formula.read(expression, columns, table.typed(), times);
      if (formula.isConstant()) {
        Object answer = formula.answer(Map.of(), "", 0);
        if (answer != null) {
          return new Source.Constant(answer, expression);
        }
      }
      return new Source.Computed(formula, expression);
    } catch (RowFault e) {
      throw new InputException(word + ": '" + expression + "' has no value: " + e.detail(), e);
    } catch (InputException e) {
      throw new InputException(file + ": " + word + ": " + e.getMessage(), e);
    }
  }

  private Mapping events() {
    boolean customer = has(Part.USER_ID) || has(Part.ANONYMOUS_ID);
    if (!customer) {
      guess(Part.USER_ID);
    }
    if (!has(Part.EVENT) && !has(Part.TYPE)) {
      guess(Part.EVENT);
    }
    guess(Part.TIME);
    if (!written) {
      guess(
          Part.ANONYMOUS_ID,
          Part.TYPE,
          Part.RECEIVED,
          Part.MESSAGE_ID,
          Part.GROUP_ID,
          Part.CHANNEL);
      guess(Part.PROPERTIES, Part.PREVIOUS_ID);
      if (has(Part.TYPE)) {
        guess(Part.NAME);
      }
      value();
    }
    if (!has(Part.USER_ID) && !has(Part.ANONYMOUS_ID)) {
      missing("who acted", "customer");
    }
    if (!has(Part.EVENT) && !has(Part.TYPE)) {
      missing("what happened", "event");
    }
    if (!has(Part.TIME)) {
      missing("when it happened", "time");
    }
    return mapping(List.of(Variant.ONLY), Rest.PROPERTIES);
  }

  /// A column named value, revenue or total counts by its name as a property; another one is given
  /// that name.
  private void value() {
    boolean named = table.names().stream().anyMatch(Draft::mayBeValue);
    if (!named) {
      guess(Part.VALUE);
    }
  }

  private Mapping traits() {
    constant(Part.TYPE, "identify");
    guess(Part.USER_ID, Part.TIME, Part.RECEIVED);
    if (!has(Part.USER_ID)) {
      missing("whose traits they are", "customer");
    }
    return mapping(List.of(Variant.ONLY), Rest.TRAITS);
  }

  private Mapping accounts() {
    constant(Part.TYPE, "group");
    guess(Part.GROUP_ID, Part.TIME, Part.RECEIVED);
    int id = table.names().indexOf("id");
    if (!has(Part.GROUP_ID) && id >= 0) {
      take(Part.GROUP_ID, id);
    }
    if (!has(Part.GROUP_ID)) {
      missing("which account it is", "account");
    }
    return mapping(List.of(Variant.ONLY), Rest.TRAITS);
  }

  private Mapping memberships() {
    constant(Part.TYPE, "group");
    guess(Part.GROUP_ID, Part.USER_ID, Part.TIME, Part.RECEIVED);
    if (!has(Part.USER_ID)) {
      missing("who belongs to the account", "customer");
    }
    if (!has(Part.GROUP_ID)) {
      missing("which account it is", "account");
    }
    return mapping(List.of(Variant.ONLY), Rest.DROPPED);
  }

  private Mapping subscriptions() {
    guess(Part.USER_ID);
    if (!has(Part.USER_ID)) {
      missing("who subscribes", "customer");
    }
    if (!written) {
      guess(Part.EVENT);
    }
    List<Variant> variants = new ArrayList<>();
    if (!has(Part.EVENT)) {
      SUBSCRIPTION.forEach((part, event) -> variants.addAll(variant(part, event)));
    }
    if (variants.isEmpty()) {
      guess(Part.EVENT, Part.TIME);
      if (!has(Part.EVENT) || !has(Part.TIME)) {
        missing("when it started or ended", "started");
      }
      variants.add(Variant.ONLY);
    }
    if (!written) {
      guess(Part.MESSAGE_ID, Part.GROUP_ID);
      value();
    }
    return mapping(variants, Rest.PROPERTIES);
  }

  private List<Variant> variant(Part part, String event) {
    if (!written) {
      guess(part);
    }
    Source source = found.remove(Target.of(part));
    if (source == null) {
      return List.of();
    }
    List<Assignment> parts =
        List.of(
            new Assignment(Target.of(Part.EVENT), new Source.Constant(event, "\"" + event + "\"")),
            new Assignment(Target.of(Part.TIME), source));
    return List.of(new Variant(event, parts, source instanceof Source.Column c ? c.index() : -1));
  }

  private Mapping costs() {
    constant(Part.EVENT, "Campaign Cost");
    guess(Part.TIME, Part.VALUE, Part.CHANNEL);
    if (!has(Part.TIME)) {
      missing("the day of the cost", "time");
    }
    if (!has(Part.VALUE)) {
      missing("the cost", "value");
    }
    return mapping(List.of(Variant.ONLY), Rest.PROPERTIES);
  }

  private Mapping metrics() {
    constant(Part.EVENT, "Metric Reported");
    guess(Part.TIME);
    if (!has(Part.TIME)) {
      missing("the day", "time");
    }
    if (!written) {
      guess(Part.METRIC);
    }
    if (has(Part.METRIC)) {
      guess(Part.VALUE);
    }
    if (has(Part.METRIC) && has(Part.VALUE)) {
      return mapping(List.of(Variant.ONLY), Rest.PROPERTIES);
    }
    List<Variant> variants = new ArrayList<>();
    for (int column : guess.numbers(taken)) {
      String name = table.names().get(column);
      List<Assignment> parts =
          List.of(
              new Assignment(Target.of(Part.METRIC), new Source.Constant(name, "\"" + name + "\"")),
              new Assignment(Target.of(Part.VALUE), new Source.Column(column, name)));
      variants.add(new Variant(name, parts, column));
    }
    if (variants.isEmpty()) {
      missing("the metric and its value", "metric");
    }
    return mapping(variants, Rest.PROPERTIES);
  }

  private Mapping mapping(List<Variant> variants, Rest rest) {
    List<Assignment> common = new ArrayList<>();
    found.forEach((target, source) -> common.add(new Assignment(target, source)));
    common.sort(Comparator.comparing(one -> one.target().part() != Part.VALUE));
    return new Mapping(as, table.names(), common, variants, written && !all ? Rest.DROPPED : rest);
  }

  private boolean has(Part part) {
    return found.containsKey(Target.of(part));
  }

  private void constant(Part part, String value) {
    found.putIfAbsent(Target.of(part), new Source.Constant(value, "\"" + value + "\""));
  }

  private void guess(Part... parts) {
    for (Part part : parts) {
      int column = has(part) ? -1 : guess.column(part, taken);
      if (column >= 0) {
        take(part, column);
      }
    }
  }

  private void take(Part part, int column) {
    taken.add(column);
    found.put(Target.of(part), new Source.Column(column, table.names().get(column)));
  }

  private void missing(String what, @Nullable String target) {
    throw new InputException(
        file
            + ": no column tells "
            + what
            + "; map one with --map "
            + target
            + "=COLUMN (columns: "
            + String.join(", ", table.names().stream().limit(30).toList())
            + ")");
  }
}
