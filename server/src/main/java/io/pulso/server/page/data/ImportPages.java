package io.pulso.server.page.data;

import io.pulso.engine.json.Json;
import io.pulso.server.api.ImportJobs;
import io.pulso.server.event.InputException;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.AuditAction;
import io.pulso.server.people.Role;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Files that people send to be imported, and how far each is.
public final class ImportPages {
  private static final List<String> OPTIONS =
      List.of("as", "zone", "time_format", "delimiter", "header", "map");

  private final Site site;
  private final Pace pace;

  ImportPages(Site site) {
    this.site = site;
    this.pace = new Pace(System::nanoTime);
  }

  void add(DataPages.Gate gate) {
    gate.get("/data/imports", Role.VIEWER, this::page);
    gate.get("/data/imports/list", Role.VIEWER, visit -> part(null, 200));
    gate.post("/data/imports", Role.MANAGER, this::start);
    gate.post("/data/imports/cancel", Role.MANAGER, this::cancel);
  }

  /// All imports.
  ///
  /// @param largest the bytes that a file may have
  /// @param fault why a file was not taken; null for none
  public record ImportsView(List<ImportLine> imports, long largest, @Nullable String fault) {
    public boolean isActive() {
      return imports.stream().anyMatch(one -> !one.isEnded());
    }

    public long megabytes() {
      return largest >> 20;
    }
  }

  private Shown page(Visit visit) {
    return Shown.view("data/imports", view(null));
  }

  private Shown part(@Nullable String fault, int status) {
    return new Shown.View(status, "data/imports-list", view(fault));
  }

  private ImportsView view(@Nullable String fault) {
    ImportJobs jobs = site.parts().imports();
    return new ImportsView(
        jobs.list().stream().map(job -> ImportLine.of(job, pace)).toList(), jobs.largest(), fault);
  }

  private Shown start(Visit visit) throws IOException {
    ImportJobs jobs = site.parts().imports();
    Map<String, String> options = new LinkedHashMap<>();
    for (String name : OPTIONS) {
      String value = visit.param(name);
      if (value != null && !value.isBlank()) {
        options.put(name, name.equals("map") ? lines(value) : value.strip());
      }
    }
    String source = visit.shortParam("source");
    String name = visit.shortParam("name");
    try {
      Json.@Nullable Obj job =
          jobs.start(
              source == null || source.isBlank() ? "files" : source.strip(),
              name == null ? "upload" : name,
              options,
              visit.context().req().getInputStream());
      if (job == null) {
        return part(visit.t("data.too_many_imports"), 422);
      }
      visit.note(
          AuditAction.DATA_CHANGED,
          null,
          Map.of("of", "import", "after", name == null ? "upload" : name));
      return part(null, 200);
    } catch (ImportJobs.TooLarge e) {
      return part(visit.t("data.too_large", "n", jobs.largest() >> 20), 422);
    } catch (InputException e) {
      return part(e.getMessage(), 422);
    }
  }

  private static String lines(String text) {
    return String.join(
        "\n", text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
  }

  private Shown cancel(Visit visit) {
    String id = visit.form("id");
    if (id == null || site.parts().imports().cancel(id) == null) {
      throw new Missing("import");
    }
    return part(null, 200);
  }
}
