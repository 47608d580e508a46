package io.pulso.server.metric;

import io.pulso.engine.expr.Path;
import io.pulso.engine.expr.Standing;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Formula;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.Stat;
import io.pulso.server.event.InputException;
import io.pulso.server.journey.PartNames;
import io.pulso.server.store.GatheredFacts;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks the store what metrics come to.
public final class Metrics {
  /// More parts are not told one by one.
  static final int MOST_PARTS = PartNames.MOST;

  /// Groups that no address can name.
  private static final Path OWN =
      new Path(Path.Root.STANDING, List.of(new Path.Step.Key("own group")));

  private final View view;
  private final Asked asked;
  private final @Nullable Audience audience;
  private final Counted already;
  private final KeptAnswers kept;
  private final Intervals intervals;

  /// Where the events of the period, the one before and the series are kept while all are told.
  private @Nullable GatheredFacts gathered;

  private final Map<Select.Who, ActiveCounts> activity = new EnumMap<>(Select.Who.class);
  private @Nullable ReturningCells returning;
  private @Nullable SessionCells sessions;
  private final Map<Path, Map<String, BitSet>> groups = new HashMap<>();

  private Metrics(
      View view,
      Asked asked,
      @Nullable Audience audience,
      Counted already,
      KeptAnswers kept,
      Intervals intervals) {
    this.view = view;
    this.asked = asked;
    this.audience = audience;
    this.already = already;
    this.kept = kept;
    this.intervals = intervals;
  }

  /// What the metric comes to, where nothing but events has to be known.
  public static Told ask(View view, Asked asked) {
    return new Metrics(view, asked, null, new Counted(), new KeptAnswers(), Intervals.ALL).tell();
  }

  /// What the metric comes to.
  public static Told ask(View view, Asked asked, Audience audience) {
    return new Metrics(view, asked, audience, new Counted(), new KeptAnswers(), Intervals.ALL)
        .tell();
  }

  /// As the other one, as it was found before where that is still right.
  public static Told ask(View view, Asked asked, KeptAnswers kept, Audience audience) {
    return new Metrics(view, asked, audience, new Counted(), kept, Intervals.ALL).found(asked);
  }

  /// As the other one, with what was counted already for other metrics of the same page, which has
  /// no room for intervals of points: those that take long to find are left out.
  public static Told ask(
      View view, Asked asked, KeptAnswers kept, Audience audience, Counted already) {
    Object question = asked.every() == Every.WHOLE ? asked : List.of("of many", asked);
    return new Metrics(view, asked, audience, already, kept, Intervals.BUT_OF_SERIES)
        .found(question);
  }

  private Told found(Object question) {
    return asked.isOfEvents()
        ? kept.ask(view, question, asked.restsOn(), Told.class, this::tell)
        : tell();
  }

  /// The parts alone, as [#ask] for several metrics tells points.
  public static List<Told.Part> parts(
      View view, Asked asked, KeptAnswers kept, Audience audience, Counted already) {
    Metrics metrics = new Metrics(view, asked, audience, already, kept, Intervals.NONE);
    return asked.isOfEvents()
        ? kept.ask(
                view,
                List.of("parts", asked),
                asked.restsOn(),
                Parts.class,
                () -> new Parts(metrics.parts()))
            .all()
        : metrics.parts();
  }

  private record Parts(List<Told.Part> all) {}

  /// What it comes to in a period in each of some groups of customers, which [#OWN] tells apart.
  ///
  /// @param members their numbers by the name of the group
  static Map<String, Figure> ofGroups(
      View view, Asked asked, Audience audience, Map<String, BitSet> members, Period period) {
    Metrics metrics =
        new Metrics(view, asked, audience, new Counted(), new KeptAnswers(), Intervals.ALL);
    metrics.groups.put(OWN, members);
    view.facts().groups(members);
    Map<Measure, Map<Place, Cell>> counted = metrics.count(Every.WHOLE, List.of(period), OWN);
    Map<String, Figure> figures = new HashMap<>();
    members
        .keySet()
        .forEach(name ->
            figures.put(name, metrics.figure(counted, new Place(period.first(), "s:" + name))));
    return figures;
  }

  private Audience audience() {
    if (audience == null) {
      throw new InputException(
          "'%s' needs the models and segments of a workspace".formatted(asked.metric().id()));
    }
    return audience;
  }

  private Told tell() {
    if (asked.metric().measure() instanceof Measure.Course course) {
      return new CourseTelling(view, asked, course, this::audience).tell();
    }
    if (asked.every() == Every.WHOLE) {
      return all();
    }
    try (GatheredFacts facts =
        view.facts().gathered(new Period(asked.firstDay(), asked.lastDay()))) {
      gathered = facts;
      return all();
    }
  }

  private Told all() {
    Period period = asked.period();
    List<Period> pair = List.of(period.before(), period);
    Map<Measure, Map<Place, Cell>> both = new HashMap<>();
    for (Period each : pair) {
      count(Every.WHOLE, List.of(each), null)
          .forEach((measure, cells) ->
              both.computeIfAbsent(measure, ignored -> new HashMap<>()).putAll(cells));
    }
    OptionalInt begun = view.firstDay();
    boolean hasBefore = begun.isPresent() && begun.getAsInt() <= period.before().last();
    return new Told(
        asked,
        told(point(both, period)),
        hasBefore ? point(both, period.before()) : null,
        series(),
        parts());
  }

  private Told.Point told(Told.Point whole) {
    return whole.with(resampled().whole(whole.period(), whole.figure()));
  }

  private List<Told.Point> series() {
    if (asked.every() == Every.WHOLE) {
      return List.of();
    }
    List<Period> periods = asked.periods();
    Map<Measure, Map<Place, Cell>> counted = count(asked.every(), periods, null);
    List<Told.Point> points = periods.stream().map(each -> point(counted, each)).toList();
    return intervals == Intervals.ALL ? resampled().points(asked.every(), points, counted) : points;
  }

  private Resampled resampled() {
    return new Resampled(view, asked.metric());
  }

  private List<Told.Part> parts() {
    Path by = asked.by();
    if (by == null) {
      return List.of();
    }
    if (asked.metric().measure() instanceof Measure.Course course) {
      return new CourseTelling(view, asked, course, this::audience).parts();
    }
    if (By.isGroup(by)) {
      // Also where nobody is in any group.
      view.facts().groups(groups(by));
    }
    Map<Measure, Map<Place, Cell>> counted = count(Every.WHOLE, List.of(asked.period()), by);
    Set<@Nullable String> names = new HashSet<>();
    counted.values().forEach(cells -> cells.keySet().forEach(place -> names.add(place.part())));
    if (names.size() > MOST_PARTS) {
      throw new InputException(
          "that breaks it down into %,d parts; %,d are told: choose something with fewer values"
              .formatted(names.size(), MOST_PARTS));
    }
    Map<Place, Figure> figures = new HashMap<>();
    for (String name : names) {
      Place place = new Place(asked.period().first(), name);
      figures.put(place, figure(counted, place));
    }
    List<Told.Part> parts = new ArrayList<>();
    (intervals == Intervals.NONE
            ? figures
            : resampled().parts(asked.period(), by, figures, counted, groups(by)))
        .forEach(
            (place, figure) -> parts.add(new Told.Part(PartNames.shown(place.part()), figure)));
    parts.sort(
        Comparator.comparingLong((Told.Part part) -> -part.figure().n())
            .thenComparing(Told.Part::part, Comparator.nullsLast(Comparator.naturalOrder())));
    return parts;
  }

  /// Who is in which group at the end of the period; none where parts are told otherwise.
  private Map<String, BitSet> groups(@Nullable Path by) {
    if (by == null || !By.isGroup(by)) {
      return Map.of();
    }
    return groups.computeIfAbsent(
        by, each -> audience().groups(each, Math.min(asked.period().last(), asked.today())));
  }

  private Told.Point point(Map<Measure, Map<Place, Cell>> counted, Period period) {
    return new Told.Point(
        period, figure(counted, new Place(period.first(), null)), period.last() < asked.today());
  }

  private Figure figure(Map<Measure, Map<Place, Cell>> counted, Place place) {
    return Formula.figure(asked.metric(), measure -> cell(counted, measure, place));
  }

  private ReturningCells returning() {
    ReturningCells cells = returning;
    if (cells == null) {
      cells = new ReturningCells(view, kept.actives(), everyPeriod());
      returning = cells;
    }
    return cells;
  }

  private SessionCells sessions() {
    SessionCells cells = sessions;
    if (cells == null) {
      cells = new SessionCells(view, already, everyPeriod());
      sessions = cells;
    }
    return cells;
  }

  /// All periods that are told of.
  private List<Period> everyPeriod() {
    List<Period> all = new ArrayList<>(asked.periods());
    all.add(asked.period());
    all.add(asked.period().before());
    return all;
  }

  /// Everything that the metric needs, by period and part.
  private Map<Measure, Map<Place, Cell>> count(
      Every every, List<Period> periods, @Nullable Path by) {
    return count(asked.metric().measure(), every, periods, by);
  }

  private Map<Measure, Map<Place, Cell>> count(
      Measure of, Every every, List<Period> periods, @Nullable Path by) {
    Map<Measure, Map<Place, Cell>> counted = new HashMap<>();
    for (Measure measure : Formula.counted(of)) {
      counted.put(
          measure,
          switch (measure) {
            case Measure.Leaf leaf ->
                already.get(
                    List.of(leaf, every, periods, Optional.ofNullable(by)),
                    () -> count(leaf, every, periods, by));
            case Measure.Chain chain ->
                already.get(
                    List.of(chain, every, periods, Optional.ofNullable(by)),
                    () -> chain(chain, every, periods, by));
            case Measure.Accounts accounts ->
                By.isGroup(by)
                    ? ofBands(accounts, periods, by)
                    : view.accountFacts().count(accounts, periods, ofAccount(by));
            case Measure.MeanOf mean -> {
              refuse(by);
              yield meanOf(mean, every, periods);
            }
            case Measure.Active(int days, Select.Who who) ->
                inParts(by, among -> active(who, among).within(days, periods));
            case Measure.Stickiness(Select.Who who) ->
                inParts(by, among -> active(who, among).stickiness(periods, asked.today()));
            case Measure.Standing(Stat stat) when stat.isOfScores() ->
                inParts(
                    by,
                    among ->
                        new ScoreCells(view, kept.standings(), audience(), asked.today(), among)
                            .of(stat, periods));
            case Measure.Standing(Stat stat) -> {
              refuse(by);
              yield new AccountCells(view, asked.today()).of(stat, periods);
            }
            case Measure.Sessions sessions when by == null && ReturningCells.counts(sessions) ->
                returning().count(sessions, periods);
            case Measure.Sessions sessions when by == null -> sessions().count(sessions, periods);
            case Measure.Sessions sessions ->
                view.sessions().count(sessions.fact(), sessions.who(), every, periods, by);
            case Measure.Course _,
                Measure.Mean _,
                Measure.Percentile _,
                Measure.Nps _,
                Measure.AtLeast _,
                Measure.Ratio _,
                Measure.Sum _,
                Measure.Difference _ ->
                throw new IllegalStateException("not counted: " + measure);
          });
    }
    return counted;
  }

  private Map<Place, Cell> count(
      Measure.Leaf leaf, Every every, List<Period> periods, @Nullable Path by) {
    if (by == null && DayCells.isSum(leaf)) {
      return kept.days().count(view, leaf, periods, already.days(leaf));
    }
    // Customers are told by columns that are read quicker twice than they are kept.
    return by != null || gathered == null || leaf instanceof Measure.Customers
        ? view.facts().count(leaf, every, periods, by)
        : gathered.count(leaf, every, periods);
  }

  /// The mean over the parts of each period; what says nothing of the part is none.
  private Map<Place, Cell> meanOf(Measure.MeanOf mean, Every every, List<Period> periods) {
    Map<Measure, Map<Place, Cell>> counted = count(mean.ratio(), every, periods, mean.by());
    Map<Integer, Set<Place>> places = new HashMap<>();
    for (Map<Place, Cell> cells : counted.values()) {
      for (Place place : cells.keySet()) {
        if (place.part() != null) {
          places.computeIfAbsent(place.first(), ignored -> new HashSet<>()).add(place);
        }
      }
    }
    Map<Place, Cell> cells = new HashMap<>();
    places.forEach((first, some) -> {
      List<Function<Measure, Cell>> parts =
          some.stream()
              .<Function<Measure, Cell>>map(place -> measure -> cell(counted, measure, place))
              .toList();
      cells.put(new Place(first, null), Formula.meanOf(mean.ratio(), parts));
    });
    return cells;
  }

  private static Cell cell(Map<Measure, Map<Place, Cell>> counted, Measure measure, Place place) {
    return Objects.requireNonNull(counted.get(measure)).getOrDefault(place, Cell.NONE);
  }

  /// The first day of all data.
  private int begun() {
    return view.firstDay().orElse(asked.period().first());
  }

  /// Accounts by their own bands at the end of each period.
  private Map<Place, Cell> ofBands(
      Measure.Accounts accounts, List<Period> periods, @Nullable Path by) {
    if (by == null || !by.equals(new Standing.Word("band").path())) {
      ofAccount(by);
    }
    Map<Place, Cell> cells = new HashMap<>();
    for (Period period : periods) {
      Map<String, BitSet> bands = audience().accountBands(Math.min(period.last(), asked.today()));
      cells.putAll(view.accountFacts().count(accounts, period, bands));
    }
    return cells;
  }

  /// Accounts are broken down by what they are.
  private @Nullable Path ofAccount(@Nullable Path by) {
    if (by != null && by.root() != Path.Root.ACCOUNT) {
      throw new InputException(
          "'%s' is counted from accounts: break it down by band or account.…, such as account.tier"
              .formatted(asked.metric().id()));
    }
    return by;
  }

  private void refuse(@Nullable Path by) {
    if (by != null) {
      throw new InputException(
          "'%s' is counted from days of activity and cannot be broken down; ask it without a part"
              .formatted(asked.metric().id()));
    }
  }

  private interface Counting {
    /// @param among the numbers of those who count; null for all
    Map<Place, Cell> count(@Nullable BitSet among);
  }

  /// Counts what is told of customers and not of events, which has groups of them for parts alone.
  private Map<Place, Cell> inParts(@Nullable Path by, Counting counting) {
    if (by == null) {
      return counting.count(null);
    }
    if (!By.isGroup(by)) {
      throw new InputException(
          "'%s' is counted from days of activity and cannot be broken down by what stands in events; ask it by band or segment"
              .formatted(asked.metric().id()));
    }
    Map<Place, Cell> cells = new HashMap<>();
    groups(by)
        .forEach((name, members) ->
            counting
                .count(members)
                .forEach((place, cell) -> cells.put(new Place(place.first(), "s:" + name), cell)));
    return cells;
  }

  /// What is told by what the same customer did before or after; of groups, which may share
  /// customers, one after the other.
  private Map<Place, Cell> chain(
      Measure.Chain chain, Every every, List<Period> periods, @Nullable Path by) {
    if (!By.isGroup(by)) {
      boolean isSum = chain instanceof Measure.DaysBetween || chain instanceof Measure.Touched;
      return by == null && isSum
          ? together(chain, periods)
          : view.facts().chain(chain, every, periods, by, begun(), asked.today());
    }
    Map<String, BitSet> groups = groups(by);
    Map<Place, Cell> cells = new HashMap<>();
    groups.forEach((name, members) -> {
      view.facts().groups(Map.of(name, members));
      view.facts()
          .chain(chain, every, periods, by, begun(), asked.today())
          .forEach((place, cell) -> {
            if (place.part() != null) {
              cells.put(place, cell);
            }
          });
    });
    view.facts().groups(groups);
    return cells;
  }

  /// What is told of the later one of two events belongs to the day of that.
  private Map<Place, Cell> together(Measure.Chain chain, List<Period> periods) {
    return already.sums(
        chain,
        periods,
        Every.DAY.periods(asked.firstDay(), asked.lastDay(), asked.weekStart()),
        days -> view.facts().chain(chain, Every.DAY, days, null, begun(), asked.today()));
  }

  /// The days of activity, read once for all that is told.
  ///
  /// @param among the numbers of those who count; null for all
  private ActiveCounts active(Select.Who who, @Nullable BitSet among) {
    return among == null
        ? activity.computeIfAbsent(who, each -> read(each, null))
        : read(who, among);
  }

  private ActiveCounts read(Select.Who who, @Nullable BitSet among) {
    return ActiveCounts.read(
        view, kept.actives(), who, among, asked.metric().measure(), firstActive(), asked.lastDay());
  }

  /// The first day of which it is asked how many were active up to it: the last one of a period but
  /// where means over days are told.
  private int firstActive() {
    return Formula.counted(asked.metric().measure()).stream()
            .anyMatch(each -> each instanceof Measure.Stickiness)
        ? asked.firstDay()
        : Math.min(
            asked.period().before().last(),
            asked.periods().stream().mapToInt(Period::last).min().orElse(Integer.MAX_VALUE));
  }
}
