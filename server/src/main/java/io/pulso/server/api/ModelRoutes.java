package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelDiff;
import io.pulso.engine.model.ModelException;
import io.pulso.engine.model.ModelFile;
import io.pulso.engine.model.ModelNames;
import io.pulso.engine.model.ModelReader;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.score.InUse;
import io.pulso.server.score.WhatIfs;
import io.pulso.server.store.ModelVersions;
import io.pulso.server.store.Store;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The models of the workspace and their life: drafts, checks, comparisons, versions.
final class ModelRoutes {
  private static final String AT = "/api/v1/models";
  private static final String FILE = "model.yaml";
  private static final Pattern NOTE = Pattern.compile("[^:]*:(\\d+): (.*)", Pattern.DOTALL);
  private static final int LONGEST_NOTE = 2_000;

  private final Api.Parts parts;
  private final Questions questions;
  private final Publishing publishing;

  ModelRoutes(Api.Parts parts, Questions questions, Publishing publishing) {
    this.parts = parts;
    this.questions = questions;
    this.publishing = publishing;
  }

  void add(Routes routes) {
    routes.get(AT, Scope.READ, call -> list());
    routes.post(AT + "/check", Scope.READ, 200, call -> check(new Body(call.body())));
    routes.post(AT + "/diff", Scope.READ, 200, call -> diff(new Body(call.body())));
    routes.post(AT + "/whatif", Scope.READ, 200, call -> whatIf(new Body(call.body())));
    routes.get(AT + "/{name}", Scope.READ, this::one);
    routes.get(AT + "/{name}/versions", Scope.READ, call -> versions(call.path("name")));
    routes.put(AT + "/{name}/draft", Scope.WRITE, this::save);
    routes.raw(
        "POST",
        AT + "/{name}/publish",
        new Routes.Right(Scope.WRITE, false),
        (call, ctx) -> {
          Json answer = publish(call);
          boolean ended = ((Json.Obj) answer).get("version") instanceof Json.Str;
          Routes.json(ctx, ended ? 201 : 202, answer);
        });
  }

  private Json list() {
    try (Store store = parts.store().beside()) {
      Map<String, String> inForce = new HashMap<>();
      long now = parts.clock().millis() * 1000;
      for (ModelVersions.Version newest : store.versions().newest()) {
        store
            .versions()
            .inForce(newest.model(), now)
            .ifPresent(one -> inForce.put(one.model(), String.valueOf(one.number())));
      }
      return new Answer()
          .objects("models", parts.models().everything(store), use -> row(use, inForce))
          .objects("faulty", faulty(), draft -> draft)
          .json();
    }
  }

  private List<Answer> faulty() {
    List<Answer> found = new ArrayList<>();
    for (ModelShelf.Draft draft : parts.shelf().all()) {
      try {
        ModelReader.read(draft.name(), draft.text());
      } catch (ModelException e) {
        found.add(
            new Answer()
                .put("file", draft.name())
                .objects("faults", e.faults(), ModelRoutes::note));
      }
    }
    return found;
  }

  private static Answer row(InUse use, Map<String, String> inForce) {
    Model model = use.model();
    String version = inForce.getOrDefault(model.name(), InUse.DRAFT);
    return new Answer()
        .put("model", model.name())
        .put("version", use.version())
        .put("in_force", version.equals(use.version()))
        .put("subject", Questions.word(model.subject()))
        .put("method", model.method().name().toLowerCase(Locale.ROOT))
        .put("window", model.window())
        .put("hash", model.hash());
  }

  /// A fault or warning, with its line.
  private static Answer note(String note) {
    Matcher parts = NOTE.matcher(note);
    return parts.matches()
        ? new Answer().put("line", Integer.parseInt(parts.group(1))).put("what", parts.group(2))
        : new Answer().put("line", 1).put("what", note);
  }

  private Json check(Body body) {
    String text = body.needed("text");
    body.done();
    try {
      ModelFile file = ModelReader.read(FILE, text);
      return checked(file.model(), List.of(), warnings(file));
    } catch (ModelException e) {
      return checked(null, e.faults(), List.of());
    }
  }

  private static Json checked(@Nullable Model model, List<String> faults, List<String> warnings) {
    return new Answer()
        .put("model", model == null ? null : model.name())
        .objects("faults", faults, ModelRoutes::note)
        .objects("warnings", warnings, ModelRoutes::note)
        .json();
  }

  private List<String> warnings(ModelFile file) {
    List<String> warnings = new ArrayList<>(file.warnings());
    questions.ask((store, view) -> {
      List<String> events = view.eventNames();
      List<String> pages = view.pageNames();
      if (!events.isEmpty() || !pages.isEmpty()) {
        warnings.addAll(ModelNames.unknown(FILE, file.model(), events, pages));
      }
      return warnings;
    });
    return warnings;
  }

  private Json diff(Body body) {
    String text = body.needed("text");
    int version = body.whole("version");
    body.done();
    Model tried = ModelReader.read(FILE, text).model();
    return questions.ask((store, view) -> {
      InUse present =
          version == 0
              ? present(store, tried.name(), questions.today())
              : parts.models().find(store, tried.name(), version, questions.today());
      return DiffAnswer.json(present.version(), InUse.DRAFT, ModelDiff.of(present.model(), tried));
    });
  }

  private Json whatIf(Body body) {
    String text = body.needed("text");
    String against = body.text("against");
    Integer day = body.day("day");
    boolean all = body.truth("all");
    body.done();
    Model tried = ModelReader.read(FILE, text).model();
    int asOf = day == null ? questions.today() : day;
    return questions.ask((store, view) ->
        WhatIfAnswer.json(
            new WhatIfs(view)
                .compare(
                    present(store, against == null ? tried.name() : against, asOf),
                    new InUse(tried, InUse.DRAFT),
                    asOf,
                    all)));
  }

  private InUse present(Store store, String name, int day) {
    return parts.models().find(store, name, null, day);
  }

  private Json one(Call call) {
    String name = call.path("name");
    Integer version = call.whole("version", 1, Integer.MAX_VALUE);
    return questions.ask((store, view) -> {
      known(store, name);
      ModelShelf.Draft draft = parts.shelf().of(name);
      List<ModelVersions.Version> all = store.versions().of(name);
      ModelVersions.Version asked =
          version == null
              ? store.versions().inForce(name, parts.clock().millis() * 1000).orElse(null)
              : all.stream().filter(each -> each.number() == version).findFirst().orElse(null);
      if (version != null && asked == null) {
        throw new Refused(404, "the model '%s' has no version %d".formatted(name, version));
      }
      String text = asked != null ? asked.text() : draft == null ? "" : draft.text();
      Publishing.State state = publishing.state(name);
      Answer answer =
          new Answer()
              .put("model", name)
              .put("version", asked == null ? InUse.DRAFT : String.valueOf(asked.number()))
              .put("text", text)
              .put("draft", draft == null ? null : draft.text())
              .put("publishing", state == null ? new Json.Null() : state.json());
      try {
        ModelFile file = ModelReader.read(FILE, text);
        return answer
            .put("subject", Questions.word(file.model().subject()))
            .objects("faults", List.<String>of(), ModelRoutes::note)
            .objects("warnings", warnings(file), ModelRoutes::note)
            .json();
      } catch (ModelException e) {
        return answer
            .put("subject", (String) null)
            .objects("faults", e.faults(), ModelRoutes::note)
            .objects("warnings", List.<String>of(), ModelRoutes::note)
            .json();
      }
    });
  }

  private void known(Store store, String name) {
    if (store.versions().of(name).isEmpty() && parts.shelf().of(name) == null) {
      throw new Refused(404, "there is no model '%s'".formatted(name));
    }
  }

  private Json versions(String name) {
    try (Store store = parts.store().beside()) {
      known(store, name);
      return new Answer()
          .put("model", name)
          .objects("versions", store.versions().of(name), ModelRoutes::version)
          .json();
    }
  }

  private static Answer version(ModelVersions.Version version) {
    return new Answer()
        .put("version", String.valueOf(version.number()))
        .put(
            "published_at", Instant.EPOCH.plus(version.publishedAt(), ChronoUnit.MICROS).toString())
        .put("author", version.author())
        .put("note", version.note())
        .put("hash", version.hash());
  }

  /// The model in a body, which must be the one of the address.
  private static ModelFile named(String text, String name) {
    ModelFile file = ModelReader.read(FILE, text);
    if (!file.model().name().equals(name)) {
      throw new Refused(
          400,
          "the text defines the model '%s', but the address says '%s'"
              .formatted(file.model().name(), name));
    }
    return file;
  }

  private Json save(Call call) {
    Body body = new Body(call.body());
    String text = body.needed("text");
    String replaces = body.text("replaces");
    body.done();
    ModelFile file = named(text, call.path("name"));
    String name = file.model().name();
    String saved =
        switch (parts.shelf().save(name, text, replaces)) {
          case ModelShelf.Saved(String written) -> written;
          case ModelShelf.Overtaken overtaken ->
              throw new Refused(
                  409,
                  "the draft of '%s' is another one by now: read it, bring both together and save with its hash in 'replaces'"
                      .formatted(name));
        };
    return new Answer()
        .put("model", name)
        .put("file", saved)
        .put("hash", file.model().hash())
        .objects("warnings", warnings(file), ModelRoutes::note)
        .json();
  }

  private Json publish(Call call) {
    Body body = new Body(call.body());
    String text = body.needed("text");
    String note = body.text("note");
    body.done();
    ModelFile file = named(text, call.path("name"));
    if (note != null && note.length() > LONGEST_NOTE) {
      throw new Refused(400, "'note' has at most %d characters".formatted(LONGEST_NOTE));
    }
    Publishing.Why why = new Publishing.Why(call.token().name(), note == null ? "" : note);
    ModelVersions.Version version;
    try {
      version = publishing.publish(file, text, why);
    } catch (Publishing.UnderWay e) {
      throw new Refused(409, String.valueOf(e.getMessage()));
    }
    if (version != null) {
      return version(version).put("model", version.model()).json();
    }
    return new Answer()
        .put("model", file.model().name())
        .put("version", (String) null)
        .put("detail", "the events are being read; the model's 'publishing' says how far it is")
        .json();
  }
}
