package io.pulso.server.journey;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.ExpressionException;
import io.pulso.engine.journey.Funnel;
import io.pulso.engine.journey.FunnelReader;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelException;
import io.pulso.server.event.InputException;
import io.pulso.server.store.View;
import java.time.DayOfWeek;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Those behind a number of a journey, as a text that can be kept and asked again.
public sealed interface Behind {
  /// Those who took so many steps of a funnel in time.
  ///
  /// @param least 1 for all who entered
  /// @param most as `least`, or more
  record OfFunnel(FunnelAsked asked, int least, int most) implements Behind {}

  /// Those of a cohort who were there in a later period, or were not.
  ///
  /// @param later periods after their own
  record OfRetention(RetentionAsked asked, int cohort, int later, boolean there)
      implements Behind {}

  /// Whose numbers they are.
  default Model.Subject per() {
    return switch (this) {
      case OfFunnel funnel -> funnel.asked().funnel().per();
      case OfRetention retention -> retention.asked().per();
    };
  }

  /// Their numbers.
  default BitSet numbers(View view) {
    return switch (this) {
      case OfFunnel(FunnelAsked asked, int least, int most) ->
          Funnels.who(view, asked, least, most);
      case OfRetention(RetentionAsked asked, int cohort, int later, boolean there) ->
          Retentions.who(view, asked, cohort, later, there);
    };
  }

  /// What is asked of events.
  default List<Expression> asks() {
    return switch (this) {
      case OfFunnel funnel ->
          funnel.asked().funnel().steps().stream().map(Funnel.Step::match).toList();
      case OfRetention(RetentionAsked asked, int cohort, int later, boolean there) ->
          Stream.of(asked.begin(), asked.back())
              .<Expression>mapMulti((match, to) -> {
                if (match != null) {
                  to.accept(match);
                }
              })
              .toList();
    };
  }

  /// As a text.
  default String text() {
    Map<String, Json> fields = new LinkedHashMap<>();
    switch (this) {
      case OfFunnel(FunnelAsked asked, int least, int most) -> {
        Funnel funnel = asked.funnel();
        fields.put(
            "steps",
            new Json.Arr(
                funnel.steps().stream()
                    .<Json>map(step -> new Json.Str(step.match().text()))
                    .toList()));
        fields.put("window", new Json.Str(FunnelReader.window(funnel.window())));
        fields.put("order", word(funnel.order()));
        fields.put("per", word(funnel.per()));
        if (funnel.per() == Model.Subject.CUSTOMER) {
          fields.put("who", word(funnel.who()));
        }
        period(fields, asked.period());
        fields.put("known", new Json.Num(asked.now()));
        fields.put("least", new Json.Num(least));
        fields.put("most", new Json.Num(most));
      }
      case OfRetention(RetentionAsked asked, int cohort, int later, boolean there) -> {
        fields.put("per", word(asked.per()));
        fields.put("who", word(asked.who()));
        if (asked.begin() != null) {
          fields.put("begin", new Json.Str(asked.begin().text()));
        }
        if (asked.back() != null) {
          fields.put("back", new Json.Str(asked.back().text()));
        }
        fields.put("every", word(asked.every()));
        period(fields, asked.period());
        fields.put("rolling", new Json.Bool(asked.rolling()));
        fields.put("week", word(asked.weekStart()));
        fields.put("today", new Json.Num(asked.today()));
        fields.put("cohort", new Json.Num(cohort));
        fields.put("later", new Json.Num(later));
        fields.put("there", new Json.Bool(there));
      }
    }
    return JsonText.write(new Json.Obj(fields));
  }

  private static Json word(Enum<?> of) {
    return new Json.Str(of.name().toLowerCase(Locale.ROOT));
  }

  private static void period(Map<String, Json> fields, Period period) {
    fields.put("from", new Json.Num(period.first()));
    fields.put("to", new Json.Num(period.last()));
  }

  /// Reads what [#text] wrote.
  ///
  /// @throws InputException where it is something else
  static Behind read(String text) {
    try {
      if (JsonText.read(text) instanceof Json.Obj object) {
        return object.get("steps") == null ? retention(object) : funnel(object);
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

  private static Behind funnel(Json.Obj object) {
    Map<String, Json> fields = new LinkedHashMap<>(object.fields());
    List.of("from", "to", "known", "least", "most").forEach(fields::remove);
    Funnel funnel = FunnelReader.one("funnel", JsonText.write(new Json.Obj(fields)));
    return new OfFunnel(
        new FunnelAsked(funnel, period(object), null, (long) number(object, "known")),
        (int) number(object, "least"),
        (int) number(object, "most"));
  }

  private static Behind retention(Json.Obj object) throws ExpressionException {
    return new OfRetention(
        new RetentionAsked(
            word(Model.Subject.class, object, "per"),
            word(Select.Who.class, object, "who"),
            match(object, "begin"),
            match(object, "back"),
            word(Every.class, object, "every"),
            period(object),
            truth(object, "rolling"),
            word(DayOfWeek.class, object, "week"),
            (int) number(object, "today")),
        (int) number(object, "cohort"),
        (int) number(object, "later"),
        truth(object, "there"));
  }

  private static Period period(Json.Obj object) {
    return new Period((int) number(object, "from"), (int) number(object, "to"));
  }

  private static double number(Json.Obj object, String name) {
    if (object.get(name) instanceof Json.Num(double number)) {
      return number;
    }
    throw new IllegalArgumentException(name);
  }

  private static boolean truth(Json.Obj object, String name) {
    return object.get(name) instanceof Json.Bool(boolean truth) && truth;
  }

  private static <T extends Enum<T>> T word(Class<T> type, Json.Obj object, String name) {
    if (object.get(name) instanceof Json.Str(String word)) {
      return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }
    throw new IllegalArgumentException(name);
  }

  private static @Nullable Expression match(Json.Obj object, String name)
      throws ExpressionException {
    return object.get(name) instanceof Json.Str(String text)
        ? Cel.read(text, Cel.Scope.EVENT)
        : null;
  }
}
