package io.pulso.server.page.data;

import io.pulso.engine.model.Model;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import io.pulso.server.score.Coverage;
import io.pulso.server.score.Coverages;
import io.pulso.server.score.InUse;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Which sources are silent, and how much of each model's events came from them.
public final class CoveragePages {
  private final Site site;
  private final Coverages coverages = new Coverages();

  CoveragePages(Site site) {
    this.site = site;
  }

  void add(DataPages.Gate gate) {
    gate.get("/data/coverage", Role.VIEWER, this::page);
  }

  /// What is shown.
  ///
  /// @param models all that score, the drafts too
  public record CoverageView(List<ModelLine> models) {}

  /// The coverage of one model.
  ///
  /// @param coverage null where it is not known yet
  public record ModelLine(Model model, @Nullable Coverage coverage) {}

  private Shown page(Visit visit) {
    int today = site.questions().today();
    List<InUse> uses;
    try (Store store = site.parts().store().beside()) {
      uses =
          site.parts().models().everything(store).stream()
              .filter(use -> use.model().method() != Model.Method.FIT)
              .toList();
    }
    return Shown.view("data/coverage", new CoverageView(lines(uses, today)));
  }

  /// Looks at all models at once, since each may take two seconds when nobody has looked before.
  private List<ModelLine> lines(List<InUse> uses, int today) {
    List<CompletableFuture<ModelLine>> lines =
        uses.stream()
            .map(use ->
                CompletableFuture.supplyAsync(
                    () ->
                        new ModelLine(
                            use.model(), coverages.of(use, today, () -> look(use, today))),
                    task -> Thread.ofVirtual().name("coverage-page").start(task)))
            .toList();
    return lines.stream().map(CompletableFuture::join).toList();
  }

  private Coverage look(InUse use, int day) {
    try (Store store = site.parts().store().beside();
        View view = store.now()) {
      return Coverage.of(
          view, use.model(), day, site.parts().days(), site.parts().clock().millis() * 1_000);
    }
  }
}
