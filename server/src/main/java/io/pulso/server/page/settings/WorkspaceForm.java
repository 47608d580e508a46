package io.pulso.server.page.settings;

import io.pulso.engine.model.ModelException;
import io.pulso.engine.model.ModelReader;
import io.pulso.server.api.ModelShelf;
import io.pulso.server.page.SetupFile;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The settings of the workspace as a form, filled in with what the file says or with what was
/// typed and not taken.
///
/// @param values by field
/// @param faults by field
/// @param sources of which a retention can be said
/// @param models that can be the default one
/// @param told what keeps everything from being changed; null where nothing does
/// @param saved whether it was saved just now
public record WorkspaceForm(
    SetupFile.Written written,
    Map<String, String> values,
    Map<String, String> faults,
    List<String> sources,
    List<String> models,
    @Nullable String told,
    boolean saved) {
  private static final System.Logger LOG = System.getLogger(WorkspaceForm.class.getName());
  private static final List<String> ONE =
      List.of(
          "time_zone",
          "week_starts",
          "default_model",
          "nightly_at",
          "rejected_days",
          "rejected_megabytes",
          "activation",
          "silence_days",
          "session_minutes",
          "bounce_line");

  /// The days on which a week can begin.
  public static final List<String> STARTS = List.of("monday", "saturday", "sunday");

  static WorkspaceForm of(
      Site site, SetupFile.Written written, Map<String, String> typed, Map<String, String> faults) {
    Map<String, String> values = new HashMap<>(written.values());
    values.putAll(typed);
    TreeSet<String> sources = new TreeSet<>();
    TreeSet<String> models = new TreeSet<>();
    site.questions()
        .ask((store, view) -> {
          sources.addAll(store.exports().sources());
          store.versions().newest().forEach(version -> models.add(version.model()));
          return sources;
        });
    site.parts().shelf().all().forEach(draft -> add(draft, models));
    models.add(values.getOrDefault("default_model", ""));
    models.remove("");
    values.keySet().stream()
        .filter(field -> field.startsWith(SetupFile.RETENTION))
        .forEach(field -> sources.add(field.substring(SetupFile.RETENTION.length())));
    return new WorkspaceForm(
        written, values, faults, List.copyOf(sources), List.copyOf(models), null, false);
  }

  private static void add(ModelShelf.Draft draft, TreeSet<String> models) {
    try {
      models.add(ModelReader.read(draft.name(), draft.text()).model().name());
    } catch (ModelException e) {
      LOG.log(System.Logger.Level.DEBUG, "a wrong draft can be no default model", e);
    }
  }

  WorkspaceForm telling(@Nullable String what, boolean done) {
    return new WorkspaceForm(written, values, faults, sources, models, what, done);
  }

  /// What somebody wants, by field.
  static Map<String, String> wanted(Visit visit) {
    Map<String, List<String>> form = visit.context().formParamMap();
    Map<String, String> wanted = new LinkedHashMap<>();
    for (String field : ONE) {
      if (form.containsKey(field)) {
        wanted.put(field, line(form, field));
      }
    }
    if (form.containsKey("languages")) {
      String first = line(form, "language_first");
      Stream<String> codes = form.getOrDefault("languages", List.of()).stream();
      wanted.put("languages", lines(codes.sorted((a, b) -> first(b, first) - first(a, first))));
    }
    if (form.containsKey("personal_traits")) {
      wanted.put(
          "personal_traits",
          lines(
              String.join("\n", form.get("personal_traits"))
                  .lines()
                  .map(String::strip)
                  .distinct()
                  .sorted(String.CASE_INSENSITIVE_ORDER.thenComparing(String::compareTo))));
    }
    form.keySet().stream()
        .filter(field -> field.startsWith(SetupFile.RETENTION))
        .forEach(field -> wanted.put(field, line(form, field)));
    if (!line(form, "new_source").isEmpty()) {
      wanted.put(SetupFile.RETENTION + line(form, "new_source"), line(form, "new_days"));
    }
    return wanted;
  }

  private static int first(String code, String first) {
    return code.equals(first) ? 1 : 0;
  }

  private static String line(Map<String, List<String>> form, String field) {
    List<String> typed = form.getOrDefault(field, List.of());
    return typed.isEmpty() ? "" : typed.getFirst().replaceAll("\\p{Cntrl}", " ").strip();
  }

  private static String lines(Stream<String> items) {
    return items.filter(item -> !item.isEmpty()).collect(Collectors.joining("\n"));
  }

  public String value(String field) {
    return values.getOrDefault(field, "");
  }

  public @Nullable String fault(String field) {
    return faults.get(field);
  }

  /// Whether a language is offered.
  public boolean offers(String code) {
    return value("languages").lines().anyMatch(code::equals);
  }

  /// The language for browsers that ask for none of those offered.
  public boolean isFirst(String code) {
    return value("languages").lines().findFirst().orElse("").equals(code);
  }

  /// Time zones to choose from.
  public static List<String> zones() {
    return Stream.concat(
            Stream.of("UTC"),
            ZoneId.getAvailableZoneIds().stream()
                .filter(id ->
                    id.matches(
                        "(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*"))
                .sorted())
        .toList();
  }

  /// Of a field, what its label and its input name each other by.
  public static String id(String field) {
    return "of-" + field.replaceAll("[^A-Za-z0-9_]", "-");
  }
}
