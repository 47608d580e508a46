package io.pulso.server.api;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.ExpressionException;
import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Period;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Texts;
import io.pulso.engine.segment.Segment;
import io.pulso.engine.segment.SegmentReader;
import io.pulso.engine.yaml.Nearest;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.score.Roster;
import io.pulso.server.segment.Comparing;
import io.pulso.server.segment.Flow;
import io.pulso.server.segment.Memberships;
import io.pulso.server.segment.Migration;
import io.pulso.server.store.SegmentLists;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Segments: what they are, who is in them, and who came and went.
final class SegmentRoutes {
  private static final String AT = "/api/v1/segments";
  private static final String FILE = "segment.yaml";
  private static final Pattern NOTE = Pattern.compile("[^:]*:(\\d+): (.*)", Pattern.DOTALL);
  private static final int USUAL = 1_000;
  private static final int MOST = 10_000;
  private static final int LONGEST_ID = 1_000;
  private static final int USUAL_DAYS = 28;
  private static final String KINDS = "'of' is one of customers, accounts";

  private final Api.Parts parts;
  private final Questions questions;

  SegmentRoutes(Api.Parts parts, Questions questions) {
    this.parts = parts;
    this.questions = questions;
  }

  void add(Routes routes) {
    routes.get(AT, Scope.READ, this::list);
    routes.post(AT + "/check", Scope.READ, 200, this::check);
    routes.get(AT + "/{name}", Scope.READ, this::one);
    routes.put(AT + "/{name}", Scope.WRITE, this::save);
    routes.delete(AT + "/{name}", Scope.WRITE, this::delete);
    routes.get(AT + "/{name}/members", Scope.READ, this::members);
    routes.get(AT + "/{name}/days", Scope.READ, this::days);
    routes.get("/api/v1/migration", Scope.READ, this::migration);
    routes.get(AT + "/{name}/compare/{other}", Scope.READ, this::compare);
    routes.put(AT + "/{name}/list", Scope.WRITE, this::put);
  }

  private Segment segment(Call call) {
    return find(parts.segments().segments(), call.path("name"), 404);
  }

  /// The one of a name, or a refusal that names the nearest.
  private static Segment find(Map<String, Segment> all, String name, int status) {
    Segment segment = all.get(name);
    if (segment == null) {
      throw new Refused(
          status, "there is no segment '%s'%s".formatted(name, Nearest.hint(name, all.keySet())));
    }
    return segment;
  }

  /// The one that the parameter `segment` names; null where there is none.
  static @Nullable Segment asked(Map<String, Segment> all, Call call) {
    String name = call.text("segment");
    return name == null ? null : find(all, name, 400);
  }

  private Roster roster(Store store, View view, Model.Subject kind, int day) {
    return parts.rosters().find(view, kind, questions.inForce(store).on(kind, day), day, false);
  }

  private Json list(Call call) {
    int day = questions.day(call);
    List<SegmentShelf.Draft> drafts = parts.segments().all();
    return questions.ask((store, view) ->
        new Answer()
            .day("day", day)
            .objects(
                "segments",
                List.copyOf(parts.segments().segments().values()),
                segment -> sized(store, view, segment, day))
            .objects(
                "faulty",
                drafts.stream().filter(draft -> draft.segment() == null).toList(),
                draft ->
                    new Answer()
                        .put("file", draft.name())
                        .objects("faults", draft.faults(), SegmentRoutes::note))
            .json());
  }

  private Answer sized(Store store, View view, Segment segment, int day) {
    BitSet rows = Memberships.rows(view, roster(store, view, segment.of(), day), segment);
    return SegmentAnswer.of(segment).put("size", rows.cardinality());
  }

  /// A fault with its line.
  private static Answer note(String note) {
    Matcher found = NOTE.matcher(note);
    return found.matches()
        ? new Answer().put("line", Integer.parseInt(found.group(1))).put("what", found.group(2))
        : new Answer().put("line", 1).put("what", note);
  }

  private Json one(Call call) {
    Segment segment = segment(call);
    int day = questions.day(call);
    SegmentShelf.Draft draft = parts.segments().of(segment.name());
    return questions.ask((store, view) ->
        sized(store, view, segment, day)
            .day("day", day)
            .put("text", draft == null ? "" : draft.text())
            .put("hash", draft == null ? "" : draft.hash())
            .json());
  }

  private Json members(Call call) {
    Segment segment = segment(call);
    int day = questions.day(call);
    Integer given = call.whole("limit", 1, MOST);
    int limit = given == null ? USUAL : given;
    String after = call.text("after");
    if (after != null && after.length() > LONGEST_ID) {
      throw new Refused(400, "'after' has at most %d characters".formatted(LONGEST_ID));
    }
    return questions.ask((store, view) -> {
      Roster roster = roster(store, view, segment.of(), day);
      BitSet rows = Memberships.rows(view, roster, segment);
      int from = after == null ? 0 : roster.after(Roster.Sort.ID, 0, after);
      int[] found = rows.stream().filter(row -> row >= from).limit(limit + 1L).toArray();
      boolean more = found.length > limit;
      List<String> ids = java.util.Arrays.stream(found).limit(limit).mapToObj(roster::id).toList();
      return new Answer()
          .put("segment", segment.name())
          .day("day", day)
          .put("size", rows.cardinality())
          .texts("members", ids)
          .put("next", more ? ids.getLast() : null)
          .json();
    });
  }

  private Json days(Call call) {
    Segment segment = segment(call);
    Integer to = call.day("to");
    int last = to == null ? questions.today() : to;
    Integer from = call.day("from");
    int first = from == null ? last - USUAL_DAYS + 1 : from;
    if (first > last) {
      throw new Refused(400, "'from' is after 'to'");
    }
    return questions.ask((store, view) ->
        SegmentAnswer.days(segment, Flow.of(view, questions.inForce(store), segment, first, last)));
  }

  /// How customers moved between bands, of a segment at the end of `to` or all.
  private Json migration(Call call) {
    Integer to = call.day("to");
    int last = to == null ? questions.today() - 1 : to;
    Integer from = call.day("from");
    int first = from == null ? last - USUAL_DAYS : from;
    Segment segment = asked(parts.segments().segments(), call);
    return questions.ask((store, view) ->
        SegmentAnswer.migration(
            Migration.of(
                view,
                questions.inForce(store),
                first,
                last,
                segment == null
                    ? null
                    : Memberships.on(view, questions.inForce(store), segment, last))));
  }

  private Json compare(Call call) {
    Map<String, Segment> all = parts.segments().segments();
    Segment one = find(all, call.path("name"), 404);
    Segment other = find(all, call.path("other"), 404);
    int today = questions.today();
    Period period = MetricRoutes.period(call, today);
    return questions.ask((store, view) ->
        ComparisonAnswer.json(
            Comparing.of(
                view,
                questions.inForce(store),
                new Comparing.Question(
                    one, other, period, parts.catalogue().all().get().values(), null, today))));
  }

  /// How many a condition means, or what is wrong with it.
  private Json check(Call call) {
    Body body = new Body(call.body());
    String when = body.needed("when");
    Model.Subject kind = kind(body.text("of"));
    body.done();
    Segment segment;
    try {
      segment =
          new Segment(
              "new",
              Texts.NONE,
              Texts.NONE,
              kind,
              new Segment.Rule(Cel.read(when, Cel.Scope.LIST)));
    } catch (ExpressionException e) {
      throw new Refused(400, "'when': " + e.getMessage());
    }
    int day = questions.today();
    return questions.ask((store, view) -> {
      Roster roster = roster(store, view, kind, day);
      return new Answer()
          .day("day", day)
          .put("size", Memberships.rows(view, roster, segment).cardinality())
          .put("everybody", roster.size())
          .json();
    });
  }

  private static Model.Subject kind(@Nullable String word) {
    return switch (word) {
      case null -> Model.Subject.CUSTOMER;
      case "customers" -> Model.Subject.CUSTOMER;
      case "accounts" -> Model.Subject.ACCOUNT;
      default -> throw new Refused(400, KINDS);
    };
  }

  private Json save(Call call) {
    Body body = new Body(call.body());
    String text = body.needed("text");
    String replaces = body.text("replaces");
    body.done();
    Segment segment = SegmentReader.read(FILE, text).segment();
    String name = call.path("name");
    if (!segment.name().equals(name)) {
      throw new Refused(400, "the text is of the segment '%s'".formatted(segment.name()));
    }
    if (!parts.segments().save(name, text, replaces)) {
      throw new Refused(409, "somebody else changed the segment '%s'".formatted(name));
    }
    return SegmentAnswer.of(segment).json();
  }

  private Json delete(Call call) {
    Segment segment = segment(call);
    try (Store store = parts.store().beside()) {
      parts.segments().delete(segment.name());
      store.byHand().segments().drop(segment.name());
    }
    return SegmentAnswer.of(segment).json();
  }

  private Json put(Call call) {
    Segment segment = segment(call);
    Body body = new Body(call.body());
    if (!body.has("ids")) {
      throw new Refused(400, "'ids' is missing");
    }
    List<String> ids = body.texts("ids");
    boolean replace = body.truth("replace");
    boolean remove = body.truth("remove");
    body.done();
    if (!(segment.members() instanceof Segment.Listed)) {
      throw new Refused(400, "the segment '%s' has no list".formatted(segment.name()));
    }
    if (replace && remove) {
      throw new Refused(400, "give 'replace' or 'remove', not both");
    }
    long now = parts.clock().millis() * 1000;
    try (Store store = parts.store().beside()) {
      SegmentLists lists = store.byHand().segments();
      return SegmentAnswer.changed(
          remove
              ? lists.remove(segment.name(), segment.of(), ids, now)
              : lists.put(segment.name(), segment.of(), ids, replace, now));
    }
  }
}
