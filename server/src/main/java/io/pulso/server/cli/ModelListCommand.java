package io.pulso.server.cli;

import io.pulso.engine.model.Model;
import io.pulso.server.api.Answer;
import io.pulso.server.app.Models;
import io.pulso.server.store.ModelVersions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = "Lists the models of the workspace.",
    mixinStandardHelpOptions = true)
final class ModelListCommand implements Served {
  private final Console console;

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  ModelListCommand(Console console) {
    this.console = console;
  }

  /// A model by its file, its newest version, or both.
  private static final class Known {
    private @Nullable Model draft;
    private ModelVersions.@Nullable Version newest;
    private @Nullable Model published;

    Model model() {
      if (draft != null) {
        return draft;
      }
      if (published == null) {
        throw new IllegalStateException("a model is a file or published");
      }
      return published;
    }

    /// What stands in the file that is not published.
    String state() {
      if (newest == null) {
        return "not published";
      }
      if (draft == null) {
        return "no file";
      }
      return draft.hash().equals(newest.hash()) ? "" : "file differs";
    }
  }

  @Override
  public InWorkspace where() {
    return where;
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(where, console)) {
      Map<String, Known> known = known(session);
      if (json) {
        console.json(
            new Answer()
                .objects("models", List.copyOf(known.values()), ModelListCommand::answer)
                .json());
      } else if (known.isEmpty()) {
        console.note("there is no model yet: write one into the folder models/ of the workspace");
      } else {
        print(known);
      }
    }
    return Commands.DONE;
  }

  private static Map<String, Known> known(Session session) {
    Map<String, Known> known = new TreeMap<>();
    Models models = session.models();
    models
        .drafts()
        .forEach(
            (name, draft) -> known.computeIfAbsent(name, ignored -> new Known()).draft = draft);
    for (ModelVersions.Version version : session.store().versions().newest()) {
      Known of = known.computeIfAbsent(version.model(), ignored -> new Known());
      of.newest = version;
      models.published(version.model(), null).ifPresent(use -> of.published = use.model());
    }
    return known;
  }

  private static Answer answer(Known known) {
    Model model = known.model();
    ModelVersions.Version newest = known.newest;
    return new Answer()
        .put("name", model.name())
        .put("title", model.title().in("en"))
        .put("subject", model.subject().name().toLowerCase(Locale.ROOT))
        .put("method", model.method().name().toLowerCase(Locale.ROOT))
        .put("activities", model.activities().size())
        .put("version", newest == null ? null : String.valueOf(newest.number()))
        .put("published_at", newest == null ? null : instant(newest.publishedAt()))
        .put("draft", known.draft != null && (newest == null || !known.state().isEmpty()));
  }

  static String instant(long micros) {
    return Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000)
        .toString();
  }

  private void print(Map<String, Known> known) {
    TextTable table =
        new TextTable()
            .text("model")
            .text("scores")
            .text("method")
            .number("activities")
            .number("version")
            .text("published")
            .text("");
    for (Known each : known.values()) {
      Model model = each.model();
      ModelVersions.Version newest = each.newest;
      List<String> cells = new ArrayList<>();
      cells.add(model.name());
      cells.add(model.subject().name().toLowerCase(Locale.ROOT) + "s");
      cells.add(model.method().name().toLowerCase(Locale.ROOT));
      cells.add(String.valueOf(model.activities().size()));
      cells.add(newest == null ? "" : String.valueOf(newest.number()));
      cells.add(newest == null ? "" : instant(newest.publishedAt()).substring(0, 10));
      cells.add(each.state());
      table.row(cells.toArray(String[]::new));
    }
    table.print(console, "");
  }
}
