package io.pulso.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.Path;
import io.pulso.engine.journey.Lifecycle;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.engine.session.Step;
import io.pulso.server.event.InputException;
import java.time.DayOfWeek;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BehindTest {
  private static final Period DAYS = new Period(20_000, 20_027);

  private static Expression match(String text) {
    try {
      return Cel.read(text, Cel.Scope.EVENT);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Measure.Span span(boolean again) {
    return new Measure.Span(
        match("event == \"Ticket Created\""),
        match("event == \"Ticket Resolved\""),
        again ? match("event == \"Ticket Reopened\"") : null,
        new Path(Path.Root.PROPERTIES, List.of(new Path.Step.Key("ticket id"))),
        again);
  }

  private static Path tier() {
    return new Path(Path.Root.PROPERTIES, List.of(new Path.Step.Key("tier")));
  }

  static List<Behind> all() {
    return List.of(
        new Behind.OfRetention(
            new RetentionAsked(
                Model.Subject.ACCOUNT,
                Select.Who.ANYBODY,
                null,
                match("event == \"Paid\""),
                Every.WEEK,
                DAYS,
                true,
                DayOfWeek.SUNDAY,
                20_028),
            3,
            2,
            true),
        new Behind.OfLifecycle(
            new LifecycleAsked(
                Model.Subject.ACCOUNT,
                Select.Who.IDENTIFIED,
                Every.MONTH,
                new Period(20_001, 20_001),
                DayOfWeek.SUNDAY,
                20_028),
            Lifecycle.Kind.DORMANT),
        new Behind.OfDeed(match("type == \"page\" && name == \"a \\\"b\\\"\""), DAYS),
        new Behind.OfTickets(span(true), DAYS, TicketScores.Wait.DAYS_3, 20_028),
        new Behind.OfBacklog(span(false), DAYS, 20_028),
        new Behind.OfOpened(span(true), tier(), "gold \"plus\"", DAYS, 20_028),
        new Behind.OfOpened(span(false), tier(), null, DAYS, 20_028),
        new Behind.OfWay(
            DAYS,
            Select.Who.ANONYMOUS,
            List.of(new Step(Step.Type.PAGE, "/a"), new Step(Step.Type.EVENT, "Paid \"twice\""))),
        new Behind.OfPage(DAYS, Select.Who.ANYBODY, "", true));
  }

  @ParameterizedTest
  @MethodSource("all")
  void those_behind_a_number_are_read_as_they_were_written(Behind behind) {
    String text = behind.text();
    Behind read = Behind.read(text);
    assertThat(read.getClass()).isEqualTo(behind.getClass());
    assertThat(read.text()).isEqualTo(text);
    assertThat(read.per()).isEqualTo(behind.per());
    assertThat(read.asks().stream().map(Expression::text).toList())
        .isEqualTo(behind.asks().stream().map(Expression::text).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"what\":\"nothing\"}",
        "{\"what\":\"way\",\"who\":\"anybody\",\"way\":[],\"from\":1,\"to\":2}",
        "{\"what\":\"way\",\"who\":\"anybody\",\"way\":[[\"page\"]],\"from\":1,\"to\":2}",
        "{\"what\":\"deed\",\"match\":\"event =\",\"from\":1,\"to\":2}",
        "{\"what\":\"opened\",\"by\":\"\",\"of\":\"properties.id\",\"begins\":\"true\",\"ends\":\"true\",\"from\":1,\"to\":2,\"today\":3}",
        "{\"what\":\"deed\",\"match\":\"event == \\\"a\\\"\",\"from\":2,\"to\":1}",
      })
  void what_was_not_written_here_is_refused(String text) {
    assertThatThrownBy(() -> Behind.read(text)).isInstanceOf(InputException.class);
  }

  @Test
  void a_list_of_a_cohort_that_was_kept_earlier_is_still_read() {
    String kept =
        "{\"per\":\"customer\",\"who\":\"identified\",\"every\":\"week\",\"from\":20000,\"to\":20027,\"rolling\":false,\"week\":\"monday\",\"today\":20028,\"cohort\":0,\"later\":1,\"there\":true}";
    assertThat(Behind.read(kept)).isInstanceOf(Behind.OfRetention.class);
    assertThat(Behind.read(kept).text()).isEqualTo(kept);
  }
}
