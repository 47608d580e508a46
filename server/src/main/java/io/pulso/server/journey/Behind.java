package io.pulso.server.journey;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.Path;
import io.pulso.engine.journey.Funnel;
import io.pulso.engine.journey.Lifecycle;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.engine.session.Step;
import io.pulso.server.event.InputException;
import io.pulso.server.store.View;
import java.util.BitSet;
import java.util.List;
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

  /// Those who are of a kind in a period.
  ///
  /// @param asked about that one period
  record OfLifecycle(LifecycleAsked asked, Lifecycle.Kind kind) implements Behind {}

  /// Identified customers who did something in a period.
  record OfDeed(Expression match, Period period) implements Behind {}

  /// Whose slowest ticket of a period took so long.
  ///
  /// @param today the local day that is not over yet
  record OfTickets(Measure.Span span, Period period, TicketScores.Wait slowest, int today)
      implements Behind {}

  /// Who has a ticket that is open at the end of a period.
  ///
  /// @param today the local day that is not over yet
  record OfBacklog(Measure.Span span, Period period, int today) implements Behind {}

  /// Who opened a ticket of a part in a period.
  ///
  /// @param by what tickets are told apart by
  /// @param part as it is shown; null for tickets that say nothing of it
  /// @param today the local day that is not over yet
  record OfOpened(Measure.Span span, Path by, @Nullable String part, Period period, int today)
      implements Behind {}

  /// Who took steps right after each other in a session that starts in a period.
  record OfWay(Period period, Select.Who who, List<Step> way) implements Behind {
    public OfWay {
      way = List.copyOf(way);
    }
  }

  /// Who came in by a page, or left by it, in a session that starts in a period.
  ///
  /// @param exit whether it is the last page of the session, else the first
  record OfPage(Period period, Select.Who who, String page, boolean exit) implements Behind {}

  /// Whose numbers they are.
  default Model.Subject per() {
    return switch (this) {
      case OfFunnel funnel -> funnel.asked().funnel().per();
      case OfRetention retention -> retention.asked().per();
      case OfLifecycle lifecycle -> lifecycle.asked().per();
      case OfDeed _, OfTickets _, OfBacklog _, OfOpened _, OfWay _, OfPage _ ->
          Model.Subject.CUSTOMER;
    };
  }

  /// Their numbers.
  default BitSet numbers(View view) {
    return switch (this) {
      case OfFunnel(FunnelAsked asked, int least, int most) ->
          Funnels.who(view, asked, least, most);
      case OfRetention(RetentionAsked asked, int cohort, int later, boolean there) ->
          Retentions.who(view, asked, cohort, later, there);
      case OfLifecycle(LifecycleAsked asked, Lifecycle.Kind kind) ->
          Lifecycles.who(view, asked, kind);
      case OfDeed(Expression match, Period period) -> Deeds.who(view, match, period);
      case OfTickets(Measure.Span span, Period period, TicketScores.Wait slowest, int today) ->
          TicketScores.who(view, span, period, slowest, today);
      case OfBacklog(Measure.Span span, Period period, int today) ->
          TicketScores.open(view, span, period, today);
      case OfOpened(Measure.Span span, Path by, @Nullable String part, Period period, int today) ->
          TicketScores.opened(view, span, by, part, period, today);
      case OfWay(Period period, Select.Who who, List<Step> way) ->
          Walkers.took(view, period, who, way);
      case OfPage(Period period, Select.Who who, String page, boolean exit) ->
          Walkers.edge(view, period, who, page, exit);
    };
  }

  /// What is asked of events.
  default List<Expression> asks() {
    return switch (this) {
      case OfFunnel funnel ->
          funnel.asked().funnel().steps().stream().map(Funnel.Step::match).toList();
      case OfRetention(RetentionAsked asked, int cohort, int later, boolean there) ->
          there(asked.begin(), asked.back());
      case OfDeed(Expression match, Period period) -> List.of(match);
      case OfTickets tickets -> asks(tickets.span());
      case OfBacklog backlog -> asks(backlog.span());
      case OfOpened opened -> asks(opened.span());
      case OfLifecycle _, OfWay _, OfPage _ -> List.of();
    };
  }

  private static List<Expression> asks(Measure.Span span) {
    return there(span.from(), span.to(), span.again());
  }

  private static List<Expression> there(@Nullable Expression... some) {
    return Stream.of(some)
        .<Expression>mapMulti((match, to) -> {
          if (match != null) {
            to.accept(match);
          }
        })
        .toList();
  }

  /// As a text.
  default String text() {
    return BehindText.write(this);
  }

  /// Reads what [#text] wrote.
  ///
  /// @throws InputException where it is something else
  static Behind read(String text) {
    return BehindText.read(text);
  }
}
