package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.event.EventType;
import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Draws;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Formula;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.MetricReader;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.engine.sql.StepSql;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kept rows and the events that came since tell what the events tell, whatever is done to them.
class KeptFactsTest {
  private static final long DAY = 86_400_000_000L;
  private static final List<Model> NONE = List.of();
  private static final QualityRules BURSTS =
      new QualityRules(false, QualityRules.NONE.mail(), QualityRules.NONE.internal(), 3);

  /// From a login with an id to something else with the same id.
  private static final Measure.Span SPAN =
      new Measure.Span(
          Cel.read("event == \"Login\"", Cel.Scope.EVENT),
          Cel.read("event == \"Other\"", Cel.Scope.EVENT),
          null,
          new io.pulso.engine.expr.Path(
              io.pulso.engine.expr.Path.Root.PROPERTIES,
              List.of(new io.pulso.engine.expr.Path.Step.Key("id"))),
          true);

  private static final List<Measure.Leaf> LEAVES =
      MetricReader.read(
              "metrics.yaml",
              """
              metrics:
                - {id: buyers, title: Buyers, definition: d, kind: customers, is: {customers: 'event == "Login" && properties.n > 1'}}
                - {id: orders, title: Orders, definition: d, kind: count, is: {distinct: {of: properties.id, match: 'event == "Login" && properties.n > 1'}}}
                - {id: sum, title: Sum, definition: d, kind: number, is: {total: {of: properties.n, match: 'event == "Login" && properties.n > 1'}}}
                - {id: anybody, title: All, definition: d, kind: customers, is: {customers: 'event == "Login"'}}
              """)
          .metrics()
          .stream()
          .flatMap(metric -> Formula.leaves(metric.measure()).stream())
          .toList();

  private static final List<Measure.Leaf> ALL =
      Stream.concat(LEAVES.stream(), Formula.leaves(new Measure.Open(SPAN)).stream()).toList();

  @TempDir private Path folder;

  private static Incoming random(Random random, String id) {
    // Now and then much in one minute, which looks like a machine.
    long at = Records.START - random.nextInt(8) * (2 * DAY);
    boolean visitor = random.nextInt(4) == 0;
    return new Incoming(
        EventType.TRACK,
        visitor ? null : "u" + random.nextInt(6),
        visitor || random.nextInt(5) == 0 ? "a" + random.nextInt(4) : null,
        null,
        null,
        random.nextInt(5) == 0 ? "Other" : "Login",
        null,
        "web",
        at,
        at,
        id,
        Double.NaN,
        0,
        "{\"n\":%d,\"id\":\"o%d\"}".formatted(random.nextInt(5), random.nextInt(9)),
        null,
        null,
        0,
        1);
  }

  private static Map<String, Map<Place, Cell>> counted(Store store) {
    Map<String, Map<Place, Cell>> all = new HashMap<>();
    int last = store.days().day(Records.START);
    try (View view = store.now()) {
      for (Measure.Leaf leaf : LEAVES) {
        for (Every every : List.of(Every.WHOLE, Every.DAY)) {
          all.put(
              leaf + " " + every,
              view.facts()
                  .count(leaf, every, every.periods(last - 15, last, DayOfWeek.MONDAY), null));
        }
        all.put(leaf + " each", Map.of(new Place(0, each(view, leaf, last)), Cell.NONE));
      }
    }
    return all;
  }

  /// What each customer adds, as it is asked for intervals.
  private static String each(View view, Measure.Leaf leaf, int last) {
    Map<Place, DrawnAmounts.Each> found =
        Objects.requireNonNull(
            view.amounts()
                .of(
                    new Draws(leaf, null, null, false),
                    Every.WHOLE,
                    List.of(new Period(last - 15, last)),
                    null,
                    1_000));
    StringBuilder told = new StringBuilder();
    for (int customer = 0; customer < 100; customer++) {
      BitSet alone = new BitSet();
      alone.set(customer);
      found.values().forEach(each -> told.append(Arrays.toString(each.among(alone).over())));
    }
    return told.toString();
  }

  /// The steps of each thing, in the order of time.
  private static List<String> things(Store store) {
    Map<Integer, List<String>> things = new HashMap<>();
    int last = store.days().day(Records.START);
    try (View view = store.now()) {
      view.journeys()
          .steps(
              new Journeys.Asked(
                  SPAN.steps().stream().map(Expression::condition).toList(),
                  new StepSql.Owner.Thing(SPAN.of()),
                  Select.Who.ANYBODY,
                  false,
                  null,
                  new Period(last - 12, last - 2),
                  last - 14,
                  0,
                  Records.START),
              (owner, at, which, part, subject) ->
                  things
                      .computeIfAbsent(owner, ignored -> new ArrayList<>())
                      .add(at + " " + which + " " + subject));
    }
    things.values().forEach(each -> each.sort(null));
    return things.values().stream().map(Object::toString).sorted().toList();
  }

  @Test
  void rows_tell_what_events_tell_after_every_change() {
    int lowered = 0;
    for (long seed = 1; seed <= 3; seed++) {
      Random random = new Random(seed);
      try (Store store = Records.open(folder.resolve(seed + "").resolve("pulso.duckdb"))) {
        LiveLoad live = store.live(Clock.systemUTC(), () -> NONE);
        store.quality().use(BURSTS);
        for (int step = 0; step < 14; step++) {
          store.upkeep().facts().renew(ALL);
          List<String> marks = store.rowsAsText("kept_fact");
          assertThat(marks).hasSize(3);
          String done = change(store, live, random, step);
          lowered += store.rowsAsText("kept_fact").equals(marks) ? 0 : 1;
          Map<String, Map<Place, Cell>> kept = counted(store);
          List<String> things = things(store);
          store.upkeep().facts().renew(List.of());
          assertThat(store.count("fact_row")).isZero();
          assertThat(kept).as("seed %d, %s", seed, done).isEqualTo(counted(store));
          assertThat(things).as("seed %d, %s", seed, done).isEqualTo(things(store));
        }
      }
    }
    assertThat(lowered).isGreaterThan(5);
  }

  private static String change(Store store, LiveLoad live, Random random, int step) {
    return switch (step < 3 ? 0 : random.nextInt(7)) {
      case 0, 1, 2 -> load(live, random, step);
      case 3 -> {
        store.quality().use(random.nextBoolean() ? BURSTS : QualityRules.NONE);
        yield "judge " + store.quality().apply(() -> NONE);
      }
      case 4 -> forget(store, "u" + random.nextInt(6));
      case 5 -> {
        Retention.Rules rules =
            new Retention.Rules(Map.of("web", 5 + random.nextInt(12)), 30, 1 << 20);
        yield "retention " + store.retention().run(rules, Records.START, NONE);
      }
      default -> {
        store.rebuild(NONE);
        yield "rebuild";
      }
    };
  }

  private static String load(LiveLoad live, Random random, int step) {
    List<Incoming> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(random(random, "m" + random.nextInt(500)));
    }
    String source = random.nextBoolean() ? "web" : "shop";
    live.load(List.of(new LiveLoad.Part(source, true, Records.START, rows, List.of())), step + 1);
    return "load";
  }

  private static String forget(Store store, String id) {
    boolean known;
    try (View view = store.now()) {
      known = view.subject(Model.Subject.CUSTOMER, id).isPresent();
    }
    if (known) {
      store.erasures().forget(id, "", 1, NONE);
    }
    return "forget " + id;
  }

  @Test
  void a_fact_with_too_many_rows_is_left_out_and_what_is_not_asked_for_goes() {
    try (Store store = Records.open(folder.resolve("pulso.duckdb"))) {
      LiveLoad live = store.live(Clock.systemUTC(), () -> NONE);
      live.load(List.of(Records.part(Records.events("ann", 0, 9).toArray(new Incoming[0]))), 1);
      FactKeeping few = new FactKeeping(store.upkeep().facts(), 5);
      assertThat(few.isDue(LEAVES)).isTrue();
      assertThat(few.renew(LEAVES)).isZero();
      assertThat(few.isDue(LEAVES)).isFalse();
      assertThat(store.count("fact_row")).isZero();
      Map<String, Map<Place, Cell>> events = counted(store);
      assertThat(store.upkeep().facts().renew(LEAVES)).isEqualTo(9);
      assertThat(counted(store)).isEqualTo(events);
      assertThat(store.upkeep().facts().renew(List.of())).isZero();
      assertThat(store.count("fact_row")).isZero();
    }
  }
}
