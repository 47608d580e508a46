package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.store.Quality;
import io.pulso.server.store.Readmissions;
import io.pulso.server.store.Store;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The quality rules, what they leave out, and what people let back in.
final class QualityRoutes {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final Api.Parts parts;

  QualityRoutes(Api.Parts parts) {
    this.parts = parts;
  }

  void add(Routes routes) {
    routes.get(
        "/api/v1/quality-rules", Scope.READ, call -> with((q, models) -> QualityAnswer.rules(q)));
    routes.post("/api/v1/quality-rules/apply", Scope.ADMIN, 200, call -> changing(this::apply));
    routes.get("/api/v1/excluded", Scope.READ, call -> with((q, models) -> excluded(q, call)));
    routes.get(
        "/api/v1/readmitted",
        Scope.READ,
        call -> with((q, models) -> QualityAnswer.readmissions(q.readmissions().list())));
    routes.post(
        "/api/v1/readmitted",
        Scope.WRITE,
        201,
        call -> {
          Readmissions.Wanted wanted = wanted(new Body(call.body()));
          return changing((q, models) ->
              QualityAnswer.readmitted(q.readmissions().add(wanted, parts.clock(), models)));
        });
    routes.delete(
        "/api/v1/readmitted/{id}",
        Scope.WRITE,
        call -> changing((q, models) -> remove(q, models, call.path("id"))));
    routes.post(
        "/api/v1/duplicates/sweep",
        Scope.ADMIN,
        200,
        call -> changing((q, models) -> QualityAnswer.swept(q.sweep(models))));
  }

  private interface Asking {
    Json answer(Quality quality, Supplier<List<Model>> models);
  }

  private Json with(Asking asking) {
    try (Store store = parts.store().beside()) {
      Function<Store, List<Model>> models = parts.quality().models();
      return asking.answer(store.quality(), () -> models.apply(store));
    }
  }

  private Json changing(Asking asking) {
    Json answer = with(asking);
    parts.quality().changed().run();
    return answer;
  }

  private Json apply(Quality quality, Supplier<List<Model>> models) {
    quality.use(parts.quality().rules().get());
    return QualityAnswer.applied(quality.apply(models));
  }

  private static Json excluded(Quality quality, Call call) {
    Integer limit = call.whole("limit", 1, MOST);
    return QualityAnswer.excluded(
        quality,
        call.text("rule"),
        call.text("customer"),
        call.text("cursor"),
        limit == null ? USUAL : limit);
  }

  private static Readmissions.Wanted wanted(Body body) {
    String rule = body.text("rule");
    String note = body.text("note");
    Readmissions.Wanted wanted =
        new Readmissions.Wanted(
            rule == null ? "" : rule,
            body.text("customer"),
            body.text("message_id"),
            body.text("source"),
            note == null ? "" : note);
    body.done();
    return wanted;
  }

  private static Json remove(Quality quality, Supplier<List<Model>> models, String id) {
    boolean there =
        NUMBER.matcher(id).matches()
            && quality.readmissions().list().stream()
                .anyMatch(row -> row.no() == Integer.parseInt(id));
    if (!there) {
      throw new Refused(404, "there is no readmission %s".formatted(id));
    }
    return QualityAnswer.applied(quality.readmissions().remove(Integer.parseInt(id), models));
  }
}
