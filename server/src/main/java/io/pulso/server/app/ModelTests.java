package io.pulso.server.app;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelTest;
import io.pulso.engine.score.Kernel;
import io.pulso.server.api.ModelExamples.Outcome;
import io.pulso.server.event.InputException;
import io.pulso.server.ingest.Format;
import io.pulso.server.ingest.ImportRequest;
import io.pulso.server.ingest.Importer;
import io.pulso.server.ingest.Progress;
import io.pulso.server.score.InUse;
import io.pulso.server.score.ScoreTable;
import io.pulso.server.score.Scoring;
import io.pulso.server.store.Load;
import io.pulso.server.store.RejectedLane;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Runs the examples written in a model file: their events are imported into a temporary store
/// whose days are those of UTC, and scored there.
public final class ModelTests {
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
  private static final int SHOWN_FAULTS = 1000;

  private final Model model;
  private final StringBuilder lines = new StringBuilder();
  private final List<Integer> testOfLine = new ArrayList<>();

  private ModelTests(Model model) {
    this.model = model;
  }

  /// Runs all examples of a model.
  public static List<Outcome> run(Model model) {
    if (model.tests().isEmpty()) {
      return List.of();
    }
    ModelTests tests = new ModelTests(model);
    for (int i = 0; i < model.tests().size(); i++) {
      tests.write(i, model.tests().get(i));
    }
    try {
      Path folder = Files.createTempDirectory("pulso-test");
      try {
        return tests.score(folder.resolve("pulso.duckdb"));
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new InputException("cannot make a temporary store: " + e, e);
    }
  }

  private boolean isAccount() {
    return model.subject() == Model.Subject.ACCOUNT;
  }

  /// Each example has people and an account of its own.
  private static String subject(int test) {
    return "test " + test;
  }

  private void write(int number, ModelTest test) {
    Map<String, Json> first = new LinkedHashMap<>();
    put(first, "type", isAccount() ? "group" : "identify");
    put(first, "timestamp", before(test).toString());
    first.put("traits", test.traits());
    line(number, first);
    for (Json.Obj event : test.events()) {
      line(number, new LinkedHashMap<>(event.fields()));
    }
  }

  /// An instant before all events and before the as-of day.
  private static Instant before(ModelTest test) {
    return Stream.concat(
            Stream.of(test.asOf().atStartOfDay(ZoneOffset.UTC).toInstant()),
            test.events().stream()
                .map(event -> event.get("timestamp"))
                .filter(Json.Str.class::isInstance)
                .map(time -> OffsetDateTime.parse(((Json.Str) time).value()).toInstant()))
        .min(Comparator.naturalOrder())
        .orElseThrow()
        .minusSeconds(1);
  }

  private void line(int number, Map<String, Json> payload) {
    String who = payload.get("userId") instanceof Json.Str id ? "/" + id.value() : "";
    put(payload, "userId", subject(number) + who);
    put(payload, "messageId", "line " + testOfLine.size());
    boolean isGroup = payload.get("type") instanceof Json.Str type && type.value().equals("group");
    if (isGroup) {
      put(payload, "groupId", subject(number));
    } else if (isAccount()) {
      Map<String, Json> context = new LinkedHashMap<>();
      put(context, "groupId", subject(number));
      if (payload.get("context") instanceof Json.Obj given) {
        context.putAll(given.fields());
      }
      payload.put("context", new Json.Obj(context));
    }
    JsonText.write(new Json.Obj(payload), lines);
    lines.append('\n');
    testOfLine.add(number);
  }

  private static void put(Map<String, Json> fields, String key, String text) {
    fields.put(key, new Json.Str(text));
  }

  private List<Outcome> score(Path file) {
    Store.Limits limits = new Store.Limits(256L << 20, Store.Limits.ofMachine().threads());
    try (Store store = Store.open(file, ZoneOffset.UTC, limits)) {
      Map<Integer, String> rejected = load(store);
      try (View view = store.now()) {
        Map<Integer, ScoreTable> tables = new HashMap<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < model.tests().size(); i++) {
          ModelTest test = model.tests().get(i);
          ScoreTable table =
              tables.computeIfAbsent(
                  Math.toIntExact(test.asOf().toEpochDay()),
                  day -> new Scoring(view).table(new InUse(model, InUse.DRAFT), day, true));
          outcomes.add(outcome(i, table, rejected.get(i)));
        }
        return outcomes;
      }
    }
  }

  /// Imports the events; gives by example why one of them was rejected.
  private Map<Integer, String> load(Store store) {
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    ImportRequest request =
        ImportRequest.of(List.of("-"), END_OF_TIME)
            .withFormat(Format.SEGMENT)
            .withStandardInput(new ByteArrayInputStream(bytes));
    try (Load load = store.load("test", true, "tests", Clock.systemUTC(), List.of(model))) {
      if (Importer.run(request, load, Progress.NONE).rejectedTotal() == 0) {
        return Map.of();
      }
    }
    Map<Integer, String> faults = new HashMap<>();
    for (RejectedLane.Row row : store.rejected().list("", SHOWN_FAULTS)) {
      int line = Math.toIntExact(row.rejected().line());
      faults.put(
          testOfLine.get(line - 1),
          "an event is rejected, %s: %s"
              .formatted(row.rejected().reason().word(), row.rejected().detail()));
    }
    return faults;
  }

  private Outcome outcome(int number, ScoreTable table, @Nullable String rejected) {
    ModelTest test = model.tests().get(number);
    for (int row = 0; row < table.size(); row++) {
      if (table.ids()[row].equals(subject(number))) {
        Band band = table.band(row);
        boolean none = table.scores()[row] == Kernel.UNAVAILABLE;
        return new Outcome(
            test,
            none ? null : table.scores()[row],
            band == null ? null : band.id(),
            rejected != null ? rejected : none ? "the score is too large to be one" : null);
      }
    }
    return new Outcome(test, null, null, rejected != null ? rejected : "applies_to is false");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
