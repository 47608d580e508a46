package io.pulso.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Catalogue;
import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.server.score.WorldStore;
import io.pulso.server.store.View;
import io.pulso.testkit.Draft;
import io.pulso.testkit.Samples;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many points and parts get intervals. On each of 14 days two customers of three see an ad,
/// and one of them presses it.
class ResampledTest {
  private static final int FIRST = (int) LocalDate.parse("2026-03-01").toEpochDay();
  private static final Metric CTR =
      Catalogue.all().stream().filter(each -> each.id().equals("ctr")).findFirst().orElseThrow();

  @TempDir private Path folder;

  private WorldStore store() {
    List<Draft> drafts = new ArrayList<>();
    for (int day = 1; day <= 14; day++) {
      String at = "2026-03-%02dT10:00:00Z".formatted(day);
      String other = day % 2 == 0 ? "bob" : "cid";
      drafts.add(Samples.track("ann", "Ad Viewed", at));
      drafts.add(Samples.track(other, "Ad Viewed", at));
      drafts.add(Samples.track(other, "Ad Clicked", at));
    }
    return WorldStore.of(
        folder.resolve("store"), Samples.world(drafts.toArray(Draft[]::new)), List.of(), 1);
  }

  private static Map<Measure, Map<Place, Cell>> counted(int n) {
    return Map.of(CTR.measure(), Map.of(new Place(FIRST, null), Cell.count(n)));
  }

  /// How many of the first days have an interval.
  private long points(Resampled.Bounds bounds, int days, int counted) {
    try (WorldStore store = store();
        View view = store.view(null)) {
      List<Told.Point> points =
          IntStream.range(FIRST, FIRST + days)
              .mapToObj(
                  day -> new Told.Point(new Period(day, day), new Figure(50.0, 2, null), true))
              .toList();
      return new Resampled(view, CTR, bounds)
          .points(Every.DAY, points, counted(counted)).stream()
              .filter(point -> point.figure().interval() != null)
              .count();
    }
  }

  @Test
  void a_few_points_have_them_up_to_so_many_customers_in_all() {
    assertThat(points(new Resampled.Bounds(13, 26, 0), 13, 26)).isEqualTo(13);
  }

  @Test
  void a_few_points_have_none_beyond() {
    assertThat(points(new Resampled.Bounds(13, 25, 0), 13, 25)).isZero();
  }

  @Test
  void more_points_have_them_up_to_fewer_customers() {
    assertThat(points(new Resampled.Bounds(13, 1_000, 28), 14, 42)).isEqualTo(14);
  }

  @Test
  void more_points_have_none_beyond() {
    assertThat(points(new Resampled.Bounds(13, 1_000, 27), 14, 42)).isZero();
  }

  @Test
  void nothing_is_read_where_much_was_counted_of_many_customers() {
    assertThat(points(new Resampled.Bounds(13, 38, 0), 13, 39)).isZero();
  }

  @Test
  void few_customers_are_read_however_much_was_counted() {
    assertThat(points(new Resampled.Bounds(13, 39, 0), 13, 1_000)).isEqualTo(13);
  }

  private long groups(Resampled.Bounds bounds) {
    try (WorldStore store = store();
        View view = store.view(null)) {
      Map<Place, Figure> figures = new HashMap<>();
      Map<String, BitSet> groups = new HashMap<>();
      for (String name : List.of("one", "other")) {
        BitSet all = new BitSet();
        all.set(0, 10);
        groups.put(name, all);
        figures.put(new Place(FIRST, "s:" + name), new Figure(50.0, 28, null));
      }
      return new Resampled(view, CTR, bounds)
              .parts(
                  new Period(FIRST, FIRST + 13),
                  Objects.requireNonNull(By.read("segment")),
                  figures,
                  counted(42),
                  groups)
              .values()
              .stream()
              .filter(figure -> figure.interval() != null)
              .count();
    }
  }

  @Test
  void many_groups_have_them_where_they_are_small() {
    assertThat(groups(new Resampled.Bounds(1, 1, 20))).isEqualTo(2);
    assertThat(groups(new Resampled.Bounds(1, 1, 19))).isZero();
    assertThat(groups(new Resampled.Bounds(2, 1, 0))).isEqualTo(2);
  }
}
