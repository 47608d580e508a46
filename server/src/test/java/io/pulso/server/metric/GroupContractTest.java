package io.pulso.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Formula;
import io.pulso.engine.model.Model;
import io.pulso.engine.segment.Segment;
import io.pulso.server.score.Histories;
import io.pulso.server.score.InUse;
import io.pulso.server.score.WorldStore;
import io.pulso.server.store.View;
import io.pulso.testkit.GroupContract;
import io.pulso.testkit.GroupQuestion;
import io.pulso.testkit.ReferenceGroups;
import io.pulso.testkit.World;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// The store tells of bands and segments, and of the engagement index, what the reference tells, in
/// events and in rows that are kept.
class GroupContractTest extends GroupContract {
  @TempDir private Path folder;
  private @Nullable World world;
  private @Nullable WorldStore store;
  private int stores;
  private int kept;

  @Override
  protected Map<String, Figure> parts(World asked, GroupQuestion question) {
    Map<String, Figure> parts = new HashMap<>();
    ask(asked, question, question.segments().isEmpty() ? "band" : "segment")
        .parts()
        .forEach(part -> {
          // What those in no group do is told of events alone.
          if (part.part() != null) {
            parts.put(part.part(), part.figure());
          }
        });
    return parts;
  }

  @Override
  protected Figure whole(World asked, GroupQuestion question) {
    return ask(asked, question, null).whole().figure();
  }

  private Told ask(World world, GroupQuestion question, @Nullable String by) {
    WorldStore open = open(world, question.model());
    if (stores % 2 == 0) {
      open.store().upkeep().facts().renew(Formula.leaves(question.measure()));
      kept += (int) open.store().count("fact_row");
    }
    try (View view = open.view(null)) {
      Audience audience =
          new Audience(
              view,
              (kind, first, last) ->
                  kind == Model.Subject.CUSTOMER
                      ? List.of(
                          new Histories.Period(
                              new InUse(question.model(), InUse.DRAFT), first, last))
                      : List.of(),
              () ->
                  question.segments().stream()
                      .collect(Collectors.toMap(Segment::name, Function.identity())));
      return Metrics.ask(
          view,
          new Asked(
              ReferenceGroups.metric(question.measure()),
              question.period(),
              Every.WHOLE,
              by == null ? null : Objects.requireNonNull(By.read(by)),
              DayOfWeek.MONDAY,
              question.today()),
          audience);
    }
  }

  private WorldStore open(World asked, Model model) {
    WorldStore open = store;
    if (open == null || !asked.equals(world)) {
      close();
      Path place = folder.resolve(String.valueOf(stores++));
      open =
          stores % 3 == 0 && !WorldStore.repeatsLate(asked)
              ? WorldStore.live(place, asked, List.of(model), 4)
              : WorldStore.of(place, asked, List.of(model), stores % 3 == 2 ? 2 : 1);
      store = open;
      world = asked;
    }
    return open;
  }

  @AfterEach
  void some_rows_were_kept() {
    close();
    assertThat(kept).isPositive();
  }

  private void close() {
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
