package io.pulso.server.cli;

import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Distribution;
import io.pulso.engine.score.Uncounted;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Overview;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/// An overview of scores, drawn for people on 80 columns.
final class ScoreText {
  private static final int WIDTH = 80;
  private static final int BARS = 14;
  private static final int LONGEST_ACTIVITY = 32;

  private final Console console;
  private final Paint paint;

  ScoreText(Console console) {
    this.console = console;
    this.paint = Paint.of(console);
  }

  void print(Overview overview) {
    title(overview);
    bands(overview);
    distribution(overview);
    movers(overview, overview.up(), overview.down());
  }

  static String subjects(Model model) {
    return model.subject() == Model.Subject.CUSTOMER ? "customers" : "accounts";
  }

  static String version(InUse use) {
    return use.version().equals(InUse.DRAFT) ? "draft" : "version " + use.version();
  }

  void title(Overview overview) {
    InUse use = overview.table().use();
    LocalDate day = LocalDate.ofEpochDay(overview.table().asOf());
    String left = "%s (%s)".formatted(use.model().name(), version(use));
    String right = "%s, window %d days".formatted(day, use.model().window());
    console.line(paint.bold(left) + Bar.right(right, Math.max(1, WIDTH - left.length())));
    console.line("");
    Distribution scores = overview.distribution();
    StringBuilder line = new StringBuilder();
    line.append("%s %s".formatted(Numbers.count(overview.table().size()), subjects(use.model())));
    if (scores.size() > 0) {
      line.append(
          "   mean %s   median %s   inactive %s   new %s"
              .formatted(
                  Numbers.plain(scores.mean().orElseThrow()),
                  Numbers.plain(scores.median().orElseThrow()),
                  Numbers.count(overview.inactive()),
                  Numbers.count(overview.ramping())));
    }
    console.line(line.toString());
    if (overview.objected() > 0) {
      console.line(
          "%s without a score: they objected to it (`pulso object` lists them)"
              .formatted(Numbers.count(overview.objected())));
    }
    if (overview.unavailable() > 0) {
      console.line(
          "%s without a score: their points are beyond all bounds (`pulso explain ID` says where)"
              .formatted(Numbers.count(overview.unavailable())));
    }
  }

  void bands(Overview overview) {
    List<Band> bands = overview.table().use().model().bands();
    int total = overview.distribution().size();
    if (total == 0) {
      return;
    }
    heading("Bands");
    int name = bands.stream().mapToInt(band -> Shown.text(band.id()).length()).max().orElse(0);
    int wide = Math.min(name, 24);
    int most = 0;
    for (int count : overview.bands()) {
      most = Math.max(most, count);
    }
    for (int i = bands.size() - 1; i >= 0; i--) {
      int count = overview.bands()[i];
      String share = String.format(Locale.ROOT, "%.1f %%", 100.0 * count / total);
      String bar = Bar.of(count, most, WIDTH - wide - 41);
      console.line(
          trimmed(
              "  %s  %s  %s  %s  %s"
                  .formatted(
                      Bar.fit(bands.get(i).id(), wide),
                      Bar.pad(range(bands, i), 12),
                      Bar.right(Numbers.count(count), 10),
                      Bar.right(share, 7),
                      paint.color(bands.get(i).color(), bar))));
    }
  }

  /// The scores of a band in words.
  static String range(List<Band> bands, int i) {
    Band band = bands.get(i);
    Long top = band.bound();
    if (top != null) {
      return (band.including() ? "to " : "below ") + Numbers.plain(top);
    }
    if (i == 0) {
      return "all";
    }
    Band under = bands.get(i - 1);
    return (under.including() ? "above " : "from ")
        + Numbers.plain(Objects.requireNonNull(under.bound()));
  }

  void distribution(Overview overview) {
    List<Distribution.Bar> bars = overview.distribution().histogram(BARS);
    if (bars.size() < 2) {
      return;
    }
    heading("Distribution");
    int most = bars.stream().mapToInt(Distribution.Bar::count).max().orElse(0);
    int wide = 0;
    for (Distribution.Bar bar : bars) {
      wide = Math.max(wide, Math.max(from(bar).length(), to(bar).length()));
    }
    for (int i = 0; i < bars.size(); i++) {
      Distribution.Bar bar = bars.get(i);
      String left = i == 0 ? "" : from(bar);
      String right = i == bars.size() - 1 ? "" : to(bar);
      String drawn = Bar.of(bar.count(), most, WIDTH - 2 * wide - 18);
      console.line(
          trimmed(
              "  %s … %s │%s %s"
                  .formatted(
                      Bar.right(left, wide),
                      Bar.right(right, wide),
                      drawn,
                      bar.count() == 0 ? "" : Numbers.count(bar.count()))));
    }
  }

  private static String from(Distribution.Bar bar) {
    return Numbers.plain(bar.from());
  }

  private static String to(Distribution.Bar bar) {
    return Numbers.plain(bar.to());
  }

  void movers(Overview overview, List<Overview.Mover> up, List<Overview.Mover> down) {
    if (up.isEmpty() && down.isEmpty()) {
      return;
    }
    heading("Who moved most since " + Numbers.day(overview.since()));
    Widths widths = Widths.of(Stream.concat(up.stream(), down.stream()).toList());
    up.forEach(mover -> mover("▲", mover, widths));
    down.forEach(mover -> mover("▼", mover, widths));
  }

  /// The widths of the columns of movers.
  private record Widths(int id, int before, int after, int change) {
    private static final int LONGEST_ID = 22;

    static Widths of(List<Overview.Mover> movers) {
      return new Widths(
          Math.min(LONGEST_ID, widest(movers, mover -> Shown.text(mover.id()))),
          widest(movers, mover -> Numbers.plain(mover.before())),
          widest(movers, mover -> Numbers.plain(mover.after())),
          widest(movers, mover -> Numbers.signed(mover.change())));
    }

    private static int widest(List<Overview.Mover> movers, Function<Overview.Mover, String> text) {
      return movers.stream().mapToInt(mover -> Shown.width(text.apply(mover))).max().orElse(0);
    }

    /// What is left for the reason.
    int rest() {
      return WIDTH - id - before - after - change - 13;
    }
  }

  private void mover(String sign, Overview.Mover mover, Widths widths) {
    Overview.Reason reason = mover.reason();
    String why =
        reason == null
            ? ""
            : "%s %s%s"
                .formatted(
                    Numbers.signed(reason.points()),
                    reason.activity(),
                    reason.isNew() ? "" : ", of before");
    console.line(
        trimmed(
            "  %s %s  %s → %s  %s  %s"
                .formatted(
                    sign,
                    Bar.fit(mover.id(), widths.id()),
                    Bar.right(Numbers.plain(mover.before()), widths.before()),
                    Bar.pad(Numbers.plain(mover.after()), widths.after()),
                    Bar.right(Numbers.signed(mover.change()), widths.change()),
                    paint.dim(Bar.fit(why, widths.rest()).strip()))));
  }

  /// Events of the windows that match but do not count, by activity and reason.
  void uncounted(Map<String, Map<Uncounted, Long>> events) {
    if (events.isEmpty()) {
      return;
    }
    heading("Events that match but do not count");
    int wide = events.keySet().stream().mapToInt(String::length).max().orElse(0);
    events.forEach((activity, reasons) ->
        reasons.forEach((reason, count) ->
            console.line(
                "  %s  %s %s"
                    .formatted(
                        Bar.fit(activity, Math.min(wide, LONGEST_ACTIVITY)),
                        Bar.right(Numbers.count(count), 12),
                        NotCounted.words(reason)))));
    console.line(
        "  Mend the source or the model's `unit`; `pulso explain ID` counts them for one.");
  }

  void heading(String text) {
    console.line("");
    console.line(paint.bold(text));
  }

  private static String trimmed(String line) {
    return line.stripTrailing();
  }
}
