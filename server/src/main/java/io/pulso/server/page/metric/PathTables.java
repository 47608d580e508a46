package io.pulso.server.page.metric;

import io.pulso.engine.session.Step;
import io.pulso.server.api.Answer;
import io.pulso.server.metric.PathFlow;
import io.pulso.server.metric.Paths;
import io.pulso.server.page.Visit;
import io.pulso.server.page.overview.Figure;
import io.pulso.server.page.overview.Grid;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The ways through sessions as a chart and as tables.
final class PathTables {
  private static final List<String> COLOURS = List.of("--accent", "--good", "--warn", "--muted");

  private final Visit visit;
  private final Paths told;

  PathTables(Visit visit, Paths told) {
    this.visit = visit;
    this.told = told;
  }

  String text(Step step) {
    String name = named(step.text());
    return step.type() == Step.Type.SCREEN ? visit.t("paths.screen", "name", name) : name;
  }

  String named(String text) {
    return text.isEmpty() ? visit.t("paths.unnamed") : text;
  }

  /// Whether sessions are followed backwards.
  private boolean isBack() {
    return told.asked().question().start() == null && told.asked().question().end() != null;
  }

  private String text(PathFlow.Node node) {
    Step step = node.step();
    return step != null
        ? text(step)
        : visit.t(!node.edge() ? "paths.others" : isBack() ? "paths.began" : "paths.ended");
  }

  /// How sessions go on.
  Figure flow(String csv) {
    List<PathFlow.Node> nodes = told.flow().nodes();
    boolean back = isBack();
    Answer data =
        new Answer()
            .objects(
                "nodes",
                nodes,
                node ->
                    new Answer()
                        .put("id", id(nodes.indexOf(node)))
                        .put("name", text(node))
                        .put(
                            "text", visit.t("paths.node", "step", text(node), "n", node.sessions()))
                        .put("color", colour(node))
                        .put("depth", back ? deepest(nodes) - node.level() : node.level()))
            .objects("links", told.flow().links(), link -> link(nodes, link, back));
    return new Figure("flow", "flow", visit.t("paths.flow"), data.json(), flowGrid(csv));
  }

  private Answer link(List<PathFlow.Node> nodes, PathFlow.Link link, boolean back) {
    int from = back ? link.to() : link.from();
    int to = back ? link.from() : link.to();
    return new Answer()
        .put("from", id(from))
        .put("to", id(to))
        .put("n", link.sessions())
        .put(
            "text",
            visit.t(
                "paths.link",
                "from",
                text(nodes.get(from)),
                "to",
                text(nodes.get(to)),
                "n",
                link.sessions()));
  }

  private static String id(int place) {
    return "n" + place;
  }

  private static int deepest(List<PathFlow.Node> nodes) {
    return nodes.stream().mapToInt(PathFlow.Node::level).max().orElse(0);
  }

  private static String colour(PathFlow.Node node) {
    Step step = node.step();
    return step == null
        ? COLOURS.getLast()
        : switch (step.type()) {
          case PAGE -> COLOURS.get(0);
          case SCREEN -> COLOURS.get(1);
          case EVENT -> COLOURS.get(2);
        };
  }

  Grid flowGrid(String csv) {
    List<PathFlow.Node> nodes = told.flow().nodes();
    List<List<Grid.Cell>> rows = new ArrayList<>();
    for (PathFlow.Link link : told.flow().links()) {
      PathFlow.Node from = nodes.get(link.from());
      int level = from.level() + 1;
      rows.add(
          List.of(
              Grid.Cell.number(visit.figures().count(level), level),
              Grid.Cell.text(text(from)),
              Grid.Cell.text(text(nodes.get(link.to()))),
              Grid.Cell.number(visit.figures().count(link.sessions()), link.sessions())));
    }
    return new Grid(
        List.of(
            visit.t("paths.level"),
            visit.t(isBack() ? "paths.to" : "paths.from"),
            visit.t(isBack() ? "paths.from" : "paths.to"),
            visit.t("paths.sessions")),
        rows,
        csv);
  }

  Grid waysGrid() {
    List<List<Grid.Cell>> rows = new ArrayList<>();
    for (Paths.Way way : told.ways()) {
      rows.add(
          List.of(
              Grid.Cell.text(
                  way.steps().stream().map(this::text).collect(Collectors.joining(" → "))),
              Grid.Cell.number(visit.figures().count(way.sessions()), way.sessions()),
              percent(way.sessions(), told.sessions())));
    }
    return new Grid(
        List.of(visit.t("paths.way"), visit.t("paths.sessions"), visit.t("paths.share")), rows, "");
  }

  Grid pagesGrid() {
    List<List<Grid.Cell>> rows = new ArrayList<>();
    for (Paths.Page page : told.pages()) {
      rows.add(
          List.of(
              Grid.Cell.text(named(page.text())),
              Grid.Cell.number(visit.figures().count(page.views()), page.views()),
              Grid.Cell.number(visit.figures().count(page.entries()), page.entries()),
              Grid.Cell.number(visit.figures().count(page.exits()), page.exits()),
              percent(page.exits(), page.views())));
    }
    return new Grid(
        List.of(
            visit.t("paths.page"),
            visit.t("paths.views"),
            visit.t("paths.entries"),
            visit.t("paths.exits"),
            visit.t("paths.exit_rate")),
        rows,
        "");
  }

  private Grid.Cell percent(long some, long all) {
    return Grid.Cell.number(
        visit.figures().percent((double) some / all),
        BigDecimal.valueOf(some * 100)
            .divide(BigDecimal.valueOf(all), MathContext.DECIMAL32)
            .stripTrailingZeros());
  }
}
