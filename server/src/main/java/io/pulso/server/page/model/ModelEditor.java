package io.pulso.server.page.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelException;
import io.pulso.engine.model.ModelFile;
import io.pulso.engine.model.ModelReader;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Kernel;
import io.pulso.server.api.Answer;
import io.pulso.server.api.ModelExamples;
import io.pulso.server.api.ModelShelf;
import io.pulso.server.api.Publishing;
import io.pulso.server.event.InputException;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.customer.SafeCsv;
import io.pulso.server.people.AuditAction;
import io.pulso.server.people.Role;
import io.pulso.server.score.InUse;
import io.pulso.server.score.WhatIfs;
import io.pulso.server.store.ModelVersions;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a model is changed, tried over everybody, saved and published.
public final class ModelEditor {
  private static final String FILE = "model.yaml";
  private static final Pattern NOTE = Pattern.compile("[^:]*:(\\d+): (.*)", Pattern.DOTALL);
  private static final int LONGEST_NOTE = 2_000;
  private static final int MOST_EDITS = 50;

  private final Site site;
  private final ModelDesk desk;

  ModelEditor(Site site, ModelDesk desk) {
    this.site = site;
    this.desk = desk;
  }

  void add(Pages pages) {
    pages.get("/models/{name}/edit", Role.ANALYST, this::edit);
    pages.post("/models/{name}/try", Role.ANALYST, this::tryOut);
    pages.post("/models/{name}/changes.csv", Role.ANALYST, this::csv);
    pages.post("/models/{name}/tests", Role.ANALYST, this::tests);
    pages.post("/models/{name}/draft", Role.ANALYST, this::save);
    pages.post("/models/{name}/publish", Role.MANAGER, this::publish);
  }

  /// The editor.
  ///
  /// @param hash of the draft that is edited; empty where there is none
  public record EditView(
      String name, String title, String text, String hash, int next, Json words, boolean manages) {}

  private Shown edit(Visit visit) {
    String name = visit.part("name");
    return site.questions()
        .ask((store, view) -> {
          KnownModels.Known known = KnownModels.read(site.parts(), store, view).byName().get(name);
          if (known == null) {
            throw new Missing(name);
          }
          return Shown.view(
              "model/edit",
              new EditView(
                  name,
                  visit.text(known.model().title(), name),
                  known.text(),
                  known.draft() == null ? ModelShelf.NOTHING : known.draft().hash(),
                  known.versions().size() + 1,
                  EditorWords.of(visit),
                  visit.may(Role.MANAGER)));
        });
  }

  /// What is typed at the moment, with what was changed in the form.
  private Shown tryOut(Visit visit) {
    Typed typed = Typed.of(visit, String.valueOf(visit.form("text")), edits(visit));
    boolean read = visit.form("read") != null;
    String name = visit.part("name");
    return Shown.data(
        site.questions().ask((store, view) -> answer(visit, name, typed, read, store, view)));
  }

  private static List<ModelEdit> edits(Visit visit) {
    List<String> at = visit.forms("at");
    List<String> fields = visit.forms("field");
    List<String> values = visit.forms("value");
    List<ModelEdit> edits = new ArrayList<>();
    int n = Math.min(Math.min(at.size(), fields.size()), Math.min(values.size(), MOST_EDITS));
    for (int i = 0; i < n; i++) {
      edits.add(new ModelEdit(at.get(i), fields.get(i), values.get(i).strip()));
    }
    return edits;
  }

  /// A text with changes of the form.
  ///
  /// @param refused whether one of them could not be made
  /// @param wrong the first one that made a right text wrong; null for none
  private record Typed(String text, boolean refused, @Nullable ModelEdit wrong) {
    static Typed of(Visit visit, String sent, List<ModelEdit> edits) {
      String text = sent;
      boolean refused = false;
      ModelEdit wrong = null;
      boolean right = edits.isEmpty() || Written.read(text) != null;
      for (ModelEdit edit : edits) {
        String changed = edit.apply(text, visit.language().code());
        refused |= changed == null;
        text = changed == null ? text : changed;
        if (right && Written.read(text) == null) {
          wrong = edit;
          right = false;
        }
      }
      return new Typed(text, refused, right ? null : wrong);
    }
  }

  private Json answer(Visit visit, String name, Typed typed, boolean read, Store store, View view) {
    String text = typed.text();
    ModelEdit wrong = typed.wrong();
    Answer answer =
        new Answer()
            .put("text", text)
            .put("hash", ModelReader.sha256(text))
            .put("refused", typed.refused())
            .put("wrong", wrong == null ? "" : wrong.place() + "|" + wrong.field());
    ModelFile file;
    try {
      file = ModelReader.read(FILE, text);
    } catch (ModelException e) {
      return answer
          .put("told", visit.t("model.faults", "n", e.faults().size()))
          .objects("faults", e.faults(), each -> note(visit, each))
          .objects("warnings", List.<String>of(), each -> note(visit, each))
          .put("form", new Json.Null())
          .put("whatif", new Answer().put("state", "fault").json())
          .json();
    }
    List<String> warnings = KnownModels.warnings(file, view);
    return answer
        .put(
            "told",
            warnings.isEmpty()
                ? visit.t("model.fine")
                : visit.t("model.warnings", "n", warnings.size()))
        .objects("faults", List.<String>of(), each -> note(visit, each))
        .objects("warnings", warnings, each -> note(visit, each))
        .put("form", new ModelForm(visit, file.model(), text).json())
        .put("whatif", whatIf(visit, name, file.model(), read, store, view).json())
        .json();
  }

  /// A fault or warning with its line.
  private static Answer note(Visit visit, String note) {
    Matcher parts = NOTE.matcher(note);
    return parts.matches()
        ? new Answer()
            .put("line", Integer.parseInt(parts.group(1)))
            .put("what", visit.fault(String.valueOf(parts.group(2))))
        : new Answer().put("line", 1).put("what", note);
  }

  private Answer whatIf(
      Visit visit, String name, Model model, boolean read, Store store, View view) {
    int day = site.questions().today();
    try {
      InUse from = site.parts().models().find(store, name, null, day);
      InUse to = new InUse(model, InUse.DRAFT);
      WhatIfs.Comparison found = desk.compare(view, from, to, day);
      if (found != null) {
        return new WhatIfData(visit, found).answer();
      }
      if (read) {
        desk.read(from, to, day);
      }
      return reading(visit, desk.reading(model));
    } catch (InputException e) {
      return new Answer().put("state", "refused").put("what", e.getMessage());
    }
  }

  private static Answer reading(Visit visit, ModelDesk.@Nullable Reading reading) {
    return reading == null || reading.ended()
        ? new Answer().put("state", "unread")
        : new Answer()
            .put("state", "reading")
            .put("told", visit.t("model.reading", "done", reading.done(), "of", reading.of()));
  }

  /// Everybody whose score would be another one, as a file.
  private Shown csv(Visit visit) {
    String name = visit.part("name");
    Model model = ModelReader.read(FILE, String.valueOf(visit.form("text"))).model();
    if (visit.sight().accounts() != null) {
      throw new InputException(visit.t("model.hidden"));
    }
    int day = site.questions().today();
    WhatIfs.Comparison found =
        site.questions()
            .ask((store, view) -> {
              InUse from = site.parts().models().find(store, name, null, day);
              WhatIfs.Comparison compared =
                  desk.compare(view, from, new InUse(model, InUse.DRAFT), day);
              if (compared == null) {
                throw new InputException(visit.t("model.unread"));
              }
              return compared;
            });
    visit.note(AuditAction.EXPORTED, null, Map.of("of", name));
    return new Shown.Download(
        name + "-changes.csv",
        "text/csv; charset=utf-8",
        out -> {
          out.write("subject,before,after,band_before,band_after\n".getBytes(UTF_8));
          for (int i = 0; i < found.ids().length; i++) {
            if (found.before()[i] != found.after()[i]) {
              out.write(line(found, i).getBytes(UTF_8));
            }
          }
        });
  }

  private static String line(WhatIfs.Comparison of, int i) {
    return "%s,%s,%s,%s,%s\n"
        .formatted(
            SafeCsv.text(of.ids()[i]),
            points(of.before()[i]),
            points(of.after()[i]),
            band(of.from().model(), of.before()[i]),
            band(of.to().model(), of.after()[i]));
  }

  private static String points(long score) {
    return Kernel.isScore(score) ? SafeCsv.points(score) : "";
  }

  private static String band(Model model, long score) {
    return Kernel.isScore(score) ? Bands.of(model).band(score).id() : "";
  }

  private Shown tests(Visit visit) {
    ModelFile file;
    try {
      file = ModelReader.read(FILE, String.valueOf(visit.form("text")));
    } catch (ModelException e) {
      return Shown.data(new Answer().put("told", visit.t("model.whatif_fault")).json());
    }
    List<ModelExamples.Outcome> outcomes = desk.examples().run(file.model());
    long failed = outcomes.stream().filter(outcome -> !outcome.passed()).count();
    String told =
        outcomes.isEmpty()
            ? visit.t("model.tests_none")
            : failed == 0
                ? visit.t("model.tests_pass", "n", outcomes.size())
                : visit.t("model.tests_fail", "n", failed);
    return Shown.data(
        new Answer()
            .put("told", told)
            .put("passed", failed == 0)
            .objects("tests", outcomes, outcome -> outcome(visit, outcome))
            .json());
  }

  private static Answer outcome(Visit visit, ModelExamples.Outcome outcome) {
    String want = said(visit, outcome.test().score(), outcome.test().band());
    String got =
        outcome.fault() != null ? outcome.fault() : said(visit, outcome.score(), outcome.band());
    return new Answer()
        .put("name", outcome.test().name())
        .put("line", outcome.test().line())
        .put("passed", outcome.passed())
        .put("what", outcome.passed() ? "" : visit.t("model.test_got", "want", want, "got", got));
  }

  private static String said(Visit visit, @Nullable Long score, @Nullable String band) {
    String number = score == null ? "" : visit.figures().points(score);
    return band == null ? number : (number + " " + band).strip();
  }

  /// Writes the draft, unless somebody else has changed it meanwhile.
  private Shown save(Visit visit) {
    String name = visit.part("name");
    String text = String.valueOf(visit.form("text"));
    String form = visit.form("hash");
    ModelFile file;
    try {
      file = ModelReader.read(FILE, text);
    } catch (ModelException e) {
      return Shown.data(
          new Answer()
              .put("saved", false)
              .objects("faults", e.faults(), each -> note(visit, each))
              .json());
    }
    if (!file.model().name().equals(name)) {
      return Shown.data(
          new Answer()
              .put("saved", false)
              .put("renamed", visit.t("model.renamed", "name", file.model().name()))
              .json());
    }
    ModelShelf.Saving saving =
        site.parts().shelf().save(name, text, form == null ? ModelShelf.NOTHING : form);
    return Shown.data(
        switch (saving) {
          case ModelShelf.Saved saved ->
              new Answer().put("saved", true).put("hash", file.model().hash()).json();
          case ModelShelf.Overtaken(var present) ->
              new Answer()
                  .put("saved", false)
                  .put("theirs", present == null ? "" : present.text())
                  .put("hash", present == null ? ModelShelf.NOTHING : present.hash())
                  .json();
        });
  }

  /// Publishes the draft as it was seen.
  private Shown publish(Visit visit) {
    String name = visit.part("name");
    String note = visit.form("note") == null ? "" : String.valueOf(visit.form("note"));
    ModelShelf.Draft draft = site.parts().shelf().of(name);
    if (draft == null || !draft.hash().equals(visit.form("hash"))) {
      throw new InputException(visit.t("model.conflict"));
    }
    if (note.length() > LONGEST_NOTE) {
      throw new InputException("'note' has at most %d characters".formatted(LONGEST_NOTE));
    }
    ModelFile file = ModelReader.read(draft.name(), draft.text());
    ModelVersions.Version version =
        site.parts()
            .publishing()
            .publish(file, draft.text(), new Publishing.Why(visit.person().name(), note));
    visit.note(AuditAction.MODEL_PUBLISHED, null, Map.of("of", name, "after", file.model().hash()));
    String done = version == null ? "" : "?published=1";
    return Shown.redirect("/models/" + Visit.encode(name) + done);
  }
}
