package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.store.Objections;
import io.pulso.server.store.Store;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Who objected to being scored.
final class ProcessingRoutes {
  private static final String AT = "/api/v1/customers/{id}/processing";
  private static final int USUAL = 100;
  private static final int MOST = 1_000;

  private final Api.Parts parts;

  ProcessingRoutes(Api.Parts parts) {
    this.parts = parts;
  }

  void add(Routes routes) {
    routes.get(
        AT,
        Scope.READ,
        call -> found(() -> ask(objections -> objections.standing(call.path("id")))));
    routes.put(AT, Scope.WRITE, this::set);
    routes.get("/api/v1/objections", Scope.READ, this::list);
  }

  private <T> T ask(Function<Objections, T> asking) {
    try (Store store = parts.store().beside()) {
      return asking.apply(store.objections());
    }
  }

  private Json set(Call call) {
    Body body = new Body(call.body());
    String word = body.needed("processing");
    String note = body.text("note");
    body.done();
    boolean objected = ProcessingAnswer.isObjected(word);
    if (!objected && note != null) {
      throw new Refused(400, "a note goes with \"processing\": \"objected\" alone");
    }
    String author = call.token().name();
    return found(() ->
        objected
            ? parts.keeping().object(call.path("id"), author, note == null ? "" : note)
            : parts.keeping().withdraw(call.path("id"), author));
  }

  private interface Asking {
    Objections.Standing answer();
  }

  private static Json found(Asking asking) {
    try {
      return ProcessingAnswer.of(asking.answer());
    } catch (Objections.UnknownPerson e) {
      throw new Refused(404, String.valueOf(e.getMessage()));
    }
  }

  private Json list(Call call) {
    Integer limit = call.whole("limit", 1, MOST);
    int most = limit == null ? USUAL : limit;
    @Nullable Integer cursor = call.whole("cursor", 1, Integer.MAX_VALUE);
    long before = cursor == null ? Long.MAX_VALUE : cursor;
    boolean ended = call.truth("withdrawn");
    List<Objections.Row> rows = ask(objections -> objections.list(!ended, before, most));
    return ProcessingAnswer.list(rows, most);
  }
}
