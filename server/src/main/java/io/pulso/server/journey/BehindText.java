package io.pulso.server.journey;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.ExpressionException;
import io.pulso.engine.expr.Path;
import io.pulso.engine.journey.Funnel;
import io.pulso.engine.journey.FunnelReader;
import io.pulso.engine.journey.Lifecycle;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelException;
import io.pulso.engine.model.PathText;
import io.pulso.engine.session.Step;
import io.pulso.server.event.InputException;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// [Behind] as JSON, which kept views hold. Those of funnels have steps and those of cohorts say
/// when they are told later; the others say what they are.
final class BehindText {
  private static final int MOST_STEPS = 20;

  private final Map<String, Json> fields = new LinkedHashMap<>();

  private BehindText() {}

  static String write(Behind behind) {
    BehindText text = new BehindText();
    text.put(behind);
    return JsonText.write(new Json.Obj(text.fields));
  }

  private void put(Behind behind) {
    switch (behind) {
      case Behind.OfFunnel(FunnelAsked asked, int least, int most) -> {
        funnel(asked);
        put("least", least);
        put("most", most);
      }
      case Behind.OfRetention(RetentionAsked asked, int cohort, int later, boolean there) -> {
        retention(asked);
        put("cohort", cohort);
        put("later", later);
        put("there", there);
      }
      case Behind.OfLifecycle(LifecycleAsked asked, Lifecycle.Kind kind) -> {
        put("what", "lifecycle");
        put("kind", word(kind));
        put("per", word(asked.per()));
        put("who", word(asked.who()));
        put("every", word(asked.every()));
        period(asked.period());
        put("week", word(asked.weekStart()));
        put("today", asked.today());
      }
      case Behind.OfDeed(Expression match, Period period) -> {
        put("what", "deed");
        put("match", match.text());
        period(period);
      }
      case Behind.OfTickets(
              Measure.Span span,
              Period period,
              TicketScores.Wait slowest,
              int today) -> {
        put("what", "tickets");
        put("slowest", word(slowest));
        span(span);
        period(period);
        put("today", today);
      }
      case Behind.OfBacklog(Measure.Span span, Period period, int today) -> {
        put("what", "backlog");
        span(span);
        period(period);
        put("today", today);
      }
      case Behind.OfOpened(
              Measure.Span span,
              Path by,
              @Nullable String part,
              Period period,
              int today) -> {
        put("what", "opened");
        put("by", PathText.write(by));
        if (part != null) {
          put("part", part);
        }
        span(span);
        period(period);
        put("today", today);
      }
      case Behind.OfWay(Period period, Select.Who who, List<Step> way) -> {
        put("what", "way");
        put("who", word(who));
        fields.put(
            "way",
            new Json.Arr(
                way.stream()
                    .<Json>map(step ->
                        new Json.Arr(
                            List.of(new Json.Str(word(step.type())), new Json.Str(step.text()))))
                    .toList()));
        period(period);
      }
      case Behind.OfPage(Period period, Select.Who who, String page, boolean exit) -> {
        put("what", "page");
        put("who", word(who));
        put("page", page);
        put("exit", exit);
        period(period);
      }
    }
  }

  private void funnel(FunnelAsked asked) {
    Funnel funnel = asked.funnel();
    fields.put(
        "steps",
        new Json.Arr(
            funnel.steps().stream().<Json>map(step -> new Json.Str(step.match().text())).toList()));
    put("window", FunnelReader.window(funnel.window()));
    put("order", word(funnel.order()));
    put("per", word(funnel.per()));
    if (funnel.per() == Model.Subject.CUSTOMER) {
      put("who", word(funnel.who()));
    }
    period(asked.period());
    put("known", (double) asked.now());
  }

  private void retention(RetentionAsked asked) {
    put("per", word(asked.per()));
    put("who", word(asked.who()));
    if (asked.begin() != null) {
      put("begin", asked.begin().text());
    }
    if (asked.back() != null) {
      put("back", asked.back().text());
    }
    put("every", word(asked.every()));
    period(asked.period());
    put("rolling", asked.rolling());
    put("week", word(asked.weekStart()));
    put("today", asked.today());
  }

  private void span(Measure.Span span) {
    put("of", PathText.write(span.of()));
    put("begins", span.from().text());
    put("ends", span.to().text());
    if (span.again() != null) {
      put("again", span.again().text());
    }
    put("last", span.last());
  }

  private static String word(Enum<?> of) {
    return of.name().toLowerCase(Locale.ROOT);
  }

  private void put(String name, String text) {
    fields.put(name, new Json.Str(text));
  }

  private void put(String name, double number) {
    fields.put(name, new Json.Num(number));
  }

  private void put(String name, boolean truth) {
    fields.put(name, new Json.Bool(truth));
  }

  private void period(Period period) {
    put("from", period.first());
    put("to", period.last());
  }

  /// @throws InputException where it was not written here
  static Behind read(String text) {
    try {
      if (JsonText.read(text) instanceof Json.Obj object) {
        return new Reading(object).behind();
      }
    } catch (JsonFault | ExpressionException | ModelException | IllegalArgumentException e) {
      throw unknown(e);
    }
    throw unknown(null);
  }

  private static InputException unknown(@Nullable Throwable e) {
    String what = "the list names a journey that cannot be read; open it from its page again";
    return e == null ? new InputException(what) : new InputException(what, e);
  }

  /// The fields of one.
  private record Reading(Json.Obj object) {
    Behind behind() throws ExpressionException {
      if (object.get("what") == null) {
        return object.get("steps") == null ? retention() : funnel();
      }
      return switch (text("what")) {
        case "lifecycle" -> new Behind.OfLifecycle(lifecycle(), word(Lifecycle.Kind.class, "kind"));
        case "deed" -> new Behind.OfDeed(match("match"), period());
        case "tickets" ->
            new Behind.OfTickets(
                span(), period(), word(TicketScores.Wait.class, "slowest"), whole("today"));
        case "backlog" -> new Behind.OfBacklog(span(), period(), whole("today"));
        case "opened" ->
            new Behind.OfOpened(
                span(),
                path("by"),
                object.get("part") == null ? null : text("part"),
                period(),
                whole("today"));
        case "way" -> new Behind.OfWay(period(), word(Select.Who.class, "who"), way());
        case "page" ->
            new Behind.OfPage(period(), word(Select.Who.class, "who"), text("page"), truth("exit"));
        default -> throw new IllegalArgumentException(text("what"));
      };
    }

    private Behind funnel() {
      Map<String, Json> rest = new LinkedHashMap<>(object.fields());
      List.of("from", "to", "known", "least", "most").forEach(rest::remove);
      Funnel funnel = FunnelReader.one("funnel", JsonText.write(new Json.Obj(rest)));
      return new Behind.OfFunnel(
          new FunnelAsked(funnel, period(), null, (long) number("known")),
          whole("least"),
          whole("most"));
    }

    private Behind retention() throws ExpressionException {
      return new Behind.OfRetention(
          new RetentionAsked(
              word(Model.Subject.class, "per"),
              word(Select.Who.class, "who"),
              maybe("begin"),
              maybe("back"),
              word(Every.class, "every"),
              period(),
              truth("rolling"),
              word(DayOfWeek.class, "week"),
              whole("today")),
          whole("cohort"),
          whole("later"),
          truth("there"));
    }

    private LifecycleAsked lifecycle() {
      return new LifecycleAsked(
          word(Model.Subject.class, "per"),
          word(Select.Who.class, "who"),
          word(Every.class, "every"),
          period(),
          word(DayOfWeek.class, "week"),
          whole("today"));
    }

    private Measure.Span span() throws ExpressionException {
      return new Measure.Span(
          match("begins"), match("ends"), maybe("again"), path("of"), truth("last"));
    }

    private Path path(String name) throws ExpressionException {
      Path path = PathText.read(text(name));
      if (path == null) {
        throw new IllegalArgumentException(name);
      }
      return path;
    }

    private List<Step> way() {
      List<Step> steps = new ArrayList<>();
      if (object.get("way") instanceof Json.Arr(List<Json> items) && items.size() <= MOST_STEPS) {
        for (Json item : items) {
          if (!(item instanceof Json.Arr(List<Json> pair)
              && pair.size() == 2
              && pair.getFirst() instanceof Json.Str(String type)
              && pair.getLast() instanceof Json.Str(String text))) {
            throw new IllegalArgumentException("way");
          }
          steps.add(new Step(Step.Type.valueOf(type.toUpperCase(Locale.ROOT)), text));
        }
      }
      if (steps.isEmpty()) {
        throw new IllegalArgumentException("way");
      }
      return steps;
    }

    private Period period() {
      return new Period(whole("from"), whole("to"));
    }

    private int whole(String name) {
      return (int) number(name);
    }

    private double number(String name) {
      if (object.get(name) instanceof Json.Num(double number)) {
        return number;
      }
      throw new IllegalArgumentException(name);
    }

    private boolean truth(String name) {
      return object.get(name) instanceof Json.Bool(boolean truth) && truth;
    }

    private String text(String name) {
      if (object.get(name) instanceof Json.Str(String text)) {
        return text;
      }
      throw new IllegalArgumentException(name);
    }

    private <T extends Enum<T>> T word(Class<T> type, String name) {
      return Enum.valueOf(type, text(name).toUpperCase(Locale.ROOT));
    }

    private Expression match(String name) throws ExpressionException {
      return Cel.read(text(name), Cel.Scope.EVENT);
    }

    private @Nullable Expression maybe(String name) throws ExpressionException {
      return object.get(name) == null ? null : match(name);
    }
  }
}
