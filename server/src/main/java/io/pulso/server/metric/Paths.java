package io.pulso.server.metric;

import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.session.PathCounter;
import io.pulso.engine.session.Step;
import io.pulso.engine.session.Ways;
import io.pulso.server.event.InputException;
import io.pulso.server.store.SessionSteps;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The ways that people take through their sessions.
///
/// @param sessions how many start in the period
/// @param different how many different ways of that length there are
/// @param ways those in most sessions
/// @param pages the pages that were seen, the most viewed first
public record Paths(
    Asked asked, int sessions, int different, List<Way> ways, PathFlow flow, List<Page> pages) {
  /// How many pages are told.
  static final int MOST_PAGES = 200;

  /// How many ways are told at most.
  public static final int MOST_WAYS = 1_000;

  public Paths {
    ways = List.copyOf(ways);
    pages = List.copyOf(pages);
  }

  /// What somebody wants to know.
  ///
  /// @param most how many ways are told
  public record Asked(Period period, Select.Who who, PathCounter.Question question, int most) {}

  /// A way and the number of sessions in which somebody took it.
  public record Way(List<Step> steps, int sessions) {
    public Way {
      steps = List.copyOf(steps);
    }
  }

  /// A page, and how often it was viewed, the first and the last of a session.
  public record Page(String text, long views, long entries, long exits) {}

  /// Reads the sessions.
  public static Paths ask(View view, Asked asked) {
    SessionSteps steps = view.sessions().steps();
    PathCounter counter = new PathCounter(asked.question(), steps::step);
    steps.read(asked.period(), asked.who(), (subject, of, length) -> counter.take(of, length));
    if (!counter.isWhole()) {
      throw new InputException(
          "there are more than %,d different ways: ask for fewer days, or for shorter ones"
              .formatted(Ways.MOST));
    }
    return new Paths(
        asked,
        counter.sessions(),
        counter.different(),
        counter.top(asked.most()).stream()
            .map(way -> new Way(way.steps().stream().map(steps::step).toList(), way.sessions()))
            .toList(),
        PathFlow.of(counter.flow(), steps::step),
        pages(counter, steps));
  }

  /// As the other one, as it was found before where that is still right.
  public static Paths ask(View view, Asked asked, KeptAnswers kept) {
    // A session goes on past midnight.
    return kept.ask(view, asked, asked.period().last() + 1, Paths.class, () -> ask(view, asked));
  }

  private static List<Page> pages(PathCounter counter, SessionSteps steps) {
    List<Page> pages = new ArrayList<>();
    for (PathCounter.Page page : counter.pages()) {
      pages.add(
          new Page(steps.step(page.step()).text(), page.views(), page.entries(), page.exits()));
    }
    pages.sort(Comparator.comparingLong((Page page) -> -page.views()).thenComparing(Page::text));
    return pages.subList(0, Math.min(MOST_PAGES, pages.size()));
  }
}
