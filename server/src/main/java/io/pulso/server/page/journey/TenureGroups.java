package io.pulso.server.page.journey;

import io.pulso.engine.journey.Stays;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Survival;
import io.pulso.server.journey.Courses;
import io.pulso.server.journey.Tenure;
import io.pulso.server.page.Visit;
import io.pulso.server.page.overview.Figure;
import io.pulso.server.page.overview.Grid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who left and how long they stay, group beside group, in the words of a reader.
final class TenureGroups {
  private static final double DAY_SECONDS = 86_400;
  private static final List<String> COLOURS =
      List.of("--accent", "--good", "--warn", "--bad", "--band-power_user", "--muted");

  private final Visit visit;
  private final List<Tenure.Group> groups;
  private final Map<String, Look> looks;

  /// How a group is shown.
  ///
  /// @param colour null for any
  record Look(String title, @Nullable String colour) {}

  /// @param looks in an order of their own where they have colours; else the greatest group is
  ///   first
  TenureGroups(Visit visit, List<Tenure.Group> groups, Map<String, Look> looks) {
    this.visit = visit;
    this.looks = looks;
    List<String> order = List.copyOf(looks.keySet());
    boolean ordered = looks.values().stream().anyMatch(look -> look.colour() != null);
    this.groups =
        groups.stream()
            .sorted(
                Comparator.comparingInt((Tenure.Group group) ->
                        ordered ? order.indexOf(group.name()) : -group.lasting().size())
                    .thenComparing(Tenure.Group::name))
            .toList();
  }

  private Look look(Tenure.Group group) {
    return looks.getOrDefault(group.name(), new Look(group.name(), null));
  }

  /// The greatest groups; null where all are too small.
  @Nullable Figure figure(String csv) {
    List<SurvivalChart.Curve> curves = new ArrayList<>();
    for (Tenure.Group group : groups) {
      if (group.lasting().size() >= Courses.LEAST && curves.size() < COLOURS.size()) {
        Look look = look(group);
        String colour = look.colour();
        curves.add(
            new SurvivalChart.Curve(
                look.title(),
                colour == null ? COLOURS.get(curves.size()) : colour,
                group.lasting()));
      }
    }
    return curves.isEmpty() ? null : SurvivalChart.of(visit, curves, true, curves(curves, csv));
  }

  private Grid curves(List<SurvivalChart.Curve> curves, String csv) {
    List<List<Grid.Cell>> rows = new ArrayList<>();
    for (SurvivalChart.Curve curve : curves) {
      for (SurvivalChart.Left left : SurvivalChart.course(curve.lasting())) {
        rows.add(
            List.of(
                Grid.Cell.text(curve.name()),
                Grid.Cell.number(visit.figures().count(left.day()), left.day()),
                JourneyPages.cell(visit.figures().percent(left.share()), left.share() * 100)));
      }
    }
    return new Grid(
        List.of(visit.t("journeys.group"), visit.t("overview.day"), visit.t("journeys.still")),
        rows,
        csv);
  }

  Grid grid(String csv) {
    List<List<Grid.Cell>> rows = new ArrayList<>();
    for (Tenure.Group group : groups) {
      List<Grid.Cell> row = new ArrayList<>();
      row.add(Grid.Cell.text(look(group).title()));
      rate(row, group.commercial());
      rate(row, group.silent());
      lasting(row, group.lasting());
      rows.add(row);
    }
    return new Grid(
        List.of(
            visit.t("journeys.group"),
            visit.t("journeys.start"),
            visit.t("journeys.cancelled"),
            "95 %",
            visit.t("journeys.start"),
            visit.t("journeys.silent"),
            "95 %",
            visit.t("journeys.known_stays"),
            visit.t("journeys.half_gone")),
        rows,
        csv);
  }

  private static Grid.Cell none(Visit visit) {
    return new Grid.Cell(visit.t("frame.none"), "", true);
  }

  /// How many there were at the start, the percent lost, and between which values it lies.
  private void rate(List<Grid.Cell> row, Stays.@Nullable Stay stay) {
    long start = stay == null ? 0 : stay.start();
    row.add(Grid.Cell.number(visit.figures().count(start), start));
    if (stay == null || start < Courses.LEAST) {
      row.add(none(visit));
      row.add(Grid.Cell.text(start == 0 ? "" : visit.t("journeys.few")));
      return;
    }
    double share = (double) stay.lost() / start;
    row.add(JourneyPages.cell(visit.figures().percent(share), share * 100));
    row.add(Grid.Cell.text(stay.lost() == stay.lostOfStart() ? between(stay) : ""));
  }

  private String between(Stays.Stay stay) {
    Interval interval = Interval.wilson(stay.lost(), stay.start());
    return visit.t(
        "journeys.range",
        "low",
        visit.figures().percent(interval.low()),
        "high",
        visit.figures().percent(interval.high()));
  }

  private void lasting(List<Grid.Cell> row, Survival lasting) {
    row.add(Grid.Cell.number(visit.figures().count(lasting.size()), lasting.size()));
    Double half = lasting.size() < Courses.LEAST ? null : lasting.quantile(0.5);
    row.add(
        half == null
            ? none(visit)
            : JourneyPages.cell(Spans.told(visit, half * DAY_SECONDS), half));
  }
}
