package io.pulso.server.cli;

import io.pulso.engine.model.Band;
import io.pulso.engine.score.Breakdown;
import io.pulso.engine.score.Counts;
import io.pulso.engine.score.Explanation;
import io.pulso.server.score.ExplainedScore;
import io.pulso.server.score.InUse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An explanation as a table for people.
final class ExplainTable {
  private static final int FULL = 1_000_000;

  private final Console console;

  ExplainTable(Console console) {
    this.console = console;
  }

  void print(ExplainedScore score) {
    String under = under(score.use());
    InUse before = score.useFrom();
    if (before != null && !before.version().equals(score.use().version())) {
      under = "%s, %s before".formatted(under, version(before));
    }
    console.line(Shown.text(score.who().id()) + "  under " + under);
    console.line("");
    if (score.culprit() != null) {
      console.line(
          "  unavailable: the points of '%s' are beyond all bounds".formatted(score.culprit()));
      return;
    }
    if (score.from() == null) {
      one(score);
    } else {
      two(score, score.from());
    }
    uncounted(score);
    advice(score.bandTo());
  }

  /// Events that match but do not count.
  private void uncounted(ExplainedScore score) {
    List<ExplainedScore.Line> some =
        score.lines().stream().filter(line -> !line.evidence().uncounted().isEmpty()).toList();
    if (!some.isEmpty()) {
      console.line("");
      console.line("  Events that match but do not count:");
    }
    for (ExplainedScore.Line line : some) {
      console.line(
          "  %s: %s".formatted(words(line.why()), NotCounted.words(line.evidence().uncounted())));
    }
  }

  static String under(InUse use) {
    return use.model().name() + ", " + version(use);
  }

  private static String version(InUse use) {
    return use.version().equals(InUse.DRAFT) ? "draft" : "version " + use.version();
  }

  private void one(ExplainedScore score) {
    TextTable table =
        new TextTable()
            .number("points")
            .text("from")
            .number("units")
            .text("")
            .number("each")
            .text("decay")
            .number("events")
            .text("newest");
    for (ExplainedScore.Line line : score.lines()) {
      Counts counts = line.why().counts();
      Breakdown.Contribution each = line.contribution();
      if (counts == null || each == null) {
        table.row(Numbers.plain(line.why().points()), words(line.why()));
      } else {
        table.row(
            Numbers.plain(line.why().points()),
            words(line.why()),
            Numbers.plain(counts.counted()),
            uncounted(counts),
            Numbers.plain(each.pointsPerUnit()),
            each.factor() == FULL ? "" : "× " + Numbers.plain(each.factor() / 1000),
            Numbers.count(line.evidence().total()),
            day(line));
      }
    }
    table.row(
        points(score.scoreTo()), "score on " + Numbers.day(score.to()) + band(score.bandTo()));
    table.print(console, "  ");
  }

  private void two(ExplainedScore score, int from) {
    TextTable table = new TextTable().number("points").text("").text("").text("");
    table.row(points(score.scoreFrom()), "score on " + Numbers.day(from) + band(score.bandFrom()));
    for (ExplainedScore.Line line : score.lines()) {
      Counts counts = line.why().counts();
      table.row(
          Numbers.signed(line.why().points()),
          words(line.why()),
          counts == null ? "" : units(counts),
          events(line));
    }
    table.row(
        points(score.scoreTo()), "score on " + Numbers.day(score.to()) + band(score.bandTo()));
    table.print(console, "  ");
  }

  private void advice(@Nullable Band band) {
    if (band == null) {
      return;
    }
    String meaning = band.meaning().in("en");
    String advice = band.advice().in("en");
    if (meaning != null || advice != null) {
      console.line("");
      console.line("  " + (meaning == null ? "" : meaning + " ") + (advice == null ? "" : advice));
    }
  }

  private static String points(@Nullable Long score) {
    return score == null ? "none" : Numbers.plain(score);
  }

  private static String band(@Nullable Band band) {
    return band == null ? "" : ": " + title(band);
  }

  static String title(Band band) {
    String title = band.title().in("en");
    return title == null ? band.id().replace('_', ' ') : title;
  }

  /// What a line stands for.
  static String words(Explanation.Line line) {
    String name = line.name() == null ? "base" : line.name();
    return switch (line.cause()) {
      case ACTIVITY -> name;
      case EXPIRED -> name + " left the window";
      case DECAYED -> name + " is older, so worth less";
      case NEW_ACTIVITY -> name + " since then";
      case CORRECTIONS -> name + " recorded later or corrected";
      case MODEL -> name + " under the other version of the model";
      case GROUP_CAP -> "the cap of the group " + name;
      case BASE -> "base, what everybody has";
      case MANUAL -> "given or taken by hand";
      case CLAMP -> "kept inside the range of the model";
    };
  }

  private static String units(Counts counts) {
    String more = uncounted(counts);
    return Numbers.plain(counts.counted())
        + (counts.counted() == 1000 ? " unit" : " units")
        + (more.isEmpty() ? "" : " " + more);
  }

  private static String uncounted(Counts counts) {
    List<String> cut = new ArrayList<>();
    if (counts.uncountedDay() != 0) {
      cut.add(Numbers.plain(counts.uncountedDay()) + " over the day's cap");
    }
    if (counts.uncountedWindow() != 0) {
      cut.add(Numbers.plain(counts.uncountedWindow()) + " over the window's cap");
    }
    return cut.isEmpty()
        ? ""
        : "of %s (%s)".formatted(Numbers.plain(counts.seen()), String.join(", ", cut));
  }

  private static String events(ExplainedScore.Line line) {
    int total = line.evidence().total();
    return total == 0
        ? ""
        : Numbers.count(total) + (total == 1 ? " event, " : " events, newest ") + day(line);
  }

  private static String day(ExplainedScore.Line line) {
    Integer last = line.evidence().lastDay();
    return last == null ? "" : Numbers.day(last);
  }
}
