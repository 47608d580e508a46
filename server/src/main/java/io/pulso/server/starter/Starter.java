package io.pulso.server.starter;

import io.pulso.engine.score.RollUp;
import io.pulso.server.store.EventCensus;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Proposes a first model from what arrived: which events count, what each is worth, and why. It
/// keeps what it has read of a sample of customers, so that other choices are answered at once. The
/// same events give the same proposal.
public final class Starter {
  /// Days that are looked at, and the window of the proposed model.
  public static final int WINDOW = 28;

  private static final int MOST_RULES = 12;
  private static final int MOST_LEFT_OUT = 100;

  /// Fewer active customers tell nothing about how scores are spread.
  private static final int ENOUGH = 10;

  /// Where rules reach fewer of the active customers than this, all other actions are counted too.
  private static final double REACHED = 0.8;

  private final int asOf;
  private final String name;
  private final Sample sample;
  private final Draft draft;
  private final Proposal proposal;

  private Starter(int asOf, String name, Sample sample, Draft draft, Proposal proposal) {
    this.asOf = asOf;
    this.name = name;
    this.sample = sample;
    this.draft = draft;
    this.proposal = proposal;
  }

  /// Reads what arrived.
  ///
  /// @param today the last day that may be looked at; it is the last one with events before it
  /// @param taken names that other models have
  public static Starter read(View view, int today, Set<String> taken) {
    OptionalInt last = view.lastDay();
    int asOf = Math.min(today, last.orElse(today));
    List<EventCensus.Kind> kinds =
        last.isEmpty() ? List.of() : view.census().kinds(asOf - WINDOW + 1, asOf);
    boolean identified = true;
    Sample sample = sample(view, kinds, asOf, false);
    if (sample.active().isEmpty()) {
      Sample visitors = sample(view, kinds, asOf, true);
      identified = visitors.active().isEmpty();
      sample = identified ? sample : visitors;
    }
    return new Making(asOf, name(taken), kinds, sample, last.isPresent(), identified).starter();
  }

  private static Sample sample(View view, List<EventCensus.Kind> kinds, int asOf, boolean all) {
    return Sample.of(view.census().rows(asOf - WINDOW + 1, asOf, all), kinds);
  }

  private static String name(Set<String> taken) {
    String base = "engagement";
    String name = base;
    for (int i = 2; taken.contains(name); i++) {
      name = base + "-" + i;
    }
    return name;
  }

  public Proposal proposal() {
    return proposal;
  }

  /// The proposal with some rules left out and some worth other points.
  ///
  /// @param points milli-points by the name of a rule
  /// @param off names of rules
  public Proposal with(Map<String, Long> points, Set<String> off) {
    List<Proposal.Rule> rules = chosen(points, off);
    return rules.isEmpty()
        ? new Proposal(
            asOf,
            proposal.active(),
            proposal.sampled(),
            rules,
            proposal.leftOut(),
            proposal.more(),
            null,
            List.of(Shortfall.NOTHING_COUNTS),
            null)
        : finished(
            new Parts(asOf, name, sample, proposal.leftOut(), proposal.more()),
            rules,
            draft.spread(worth(rules)),
            proposal.shortfalls().stream().filter(Starter::staysWithOtherPoints).toList());
  }

  /// The scores of the active customers that were looked at, in milli-points.
  public long[] scores(Map<String, Long> points, Set<String> off) {
    long[] scores = draft.scores(worth(chosen(points, off)));
    return sample.active().stream().mapToLong(who -> scores[who]).toArray();
  }

  private List<Proposal.Rule> chosen(Map<String, Long> points, Set<String> off) {
    return proposal.rules().stream()
        .filter(rule -> !off.contains(rule.name()))
        .map(rule -> rule.worth(points.getOrDefault(rule.name(), rule.points())))
        .toList();
  }

  private List<Draft.Worth> worth(List<Proposal.Rule> rules) {
    Map<String, Proposal.Rule> byName = new HashMap<>();
    rules.forEach(rule -> byName.put(rule.name(), rule));
    return draft.measured().stream()
        .map(each -> byName.get(each.candidate().name()))
        .map(rule ->
            rule == null
                ? new Draft.Worth(0, 1000)
                : new Draft.Worth(rule.points(), rule.perWindow()))
        .toList();
  }

  private static boolean staysWithOtherPoints(Shortfall shortfall) {
    return shortfall == Shortfall.TOO_FEW || shortfall == Shortfall.NOBODY_IDENTIFIED;
  }

  /// What stays the same whatever the rules are.
  private record Parts(
      int asOf, String name, Sample sample, List<Proposal.LeftOut> leftOut, int more) {}

  private static Proposal finished(
      Parts parts, List<Proposal.Rule> rules, Proposal.Spread spread, List<Shortfall> known) {
    List<Shortfall> shortfalls = new ArrayList<>(known);
    if (!shortfalls.contains(Shortfall.TOO_FEW)) {
      if (spread.median() <= 0) {
        shortfalls.add(Shortfall.MOST_DO_NOTHING);
      } else if (!spread.isMedianKept() || !spread.isTopKept()) {
        shortfalls.add(Shortfall.TOO_ALIKE);
      }
    }
    if (rules.stream().filter(rule -> rule.role().earns()).count() == 1) {
      shortfalls.add(Shortfall.ONE_RULE);
    }
    Proposal without =
        new Proposal(
            parts.asOf(),
            parts.sample().whole(parts.sample().active().cardinality()),
            parts.sample().share() < 1,
            rules,
            parts.leftOut(),
            parts.more(),
            spread,
            shortfalls,
            null);
    return new Proposal(
        without.asOf(),
        without.active(),
        without.sampled(),
        rules,
        without.leftOut(),
        without.more(),
        spread,
        shortfalls,
        new StarterText(parts.name(), without).text());
  }

  /// A proposal in the making.
  private static final class Making {
    private final int asOf;
    private final String name;
    private final Sample sample;
    private final BitSet active;
    private final Candidates candidates;
    private final List<Proposal.LeftOut> leftOut;
    private final List<Shortfall> shortfalls = new ArrayList<>();

    Making(
        int asOf,
        String name,
        List<EventCensus.Kind> kinds,
        Sample sample,
        boolean anything,
        boolean identified) {
      this.asOf = asOf;
      this.name = name;
      this.sample = sample;
      this.active = sample.active();
      this.candidates = Candidates.of(kinds);
      this.leftOut = new ArrayList<>(candidates.leftOut());
      if (!anything) {
        shortfalls.add(Shortfall.NO_EVENTS);
      } else if (active.isEmpty()) {
        shortfalls.add(Shortfall.NOBODY_ACTIVE);
      }
      if (!identified) {
        shortfalls.add(Shortfall.NOBODY_IDENTIFIED);
      }
    }

    Starter starter() {
      List<Measured> rules = active.isEmpty() ? List.of() : rules();
      Draft draft = new Draft(rules, active, asOf);
      Parts parts =
          new Parts(
              asOf,
              name,
              sample,
              leftOut.subList(0, Math.min(MOST_LEFT_OUT, leftOut.size())),
              Math.max(0, leftOut.size() - MOST_LEFT_OUT));
      if (rules.stream().noneMatch(rule -> rule.candidate().role().earns())) {
        if (shortfalls.isEmpty() || shortfalls.getLast() == Shortfall.NOBODY_IDENTIFIED) {
          shortfalls.add(Shortfall.NOTHING_COUNTS);
        }
        Proposal nothing =
            new Proposal(
                asOf,
                sample.whole(active.cardinality()),
                sample.share() < 1,
                List.of(),
                parts.leftOut(),
                parts.more(),
                null,
                shortfalls,
                null);
        return new Starter(asOf, name, sample, draft, nothing);
      }
      Scaling.Found found = found(draft);
      List<Proposal.Rule> told = new ArrayList<>();
      for (int i = 0; i < rules.size(); i++) {
        told.add(rule(rules.get(i), found.worth().get(i)));
      }
      return new Starter(
          asOf, name, sample, draft, finished(parts, told, found.spread(), shortfalls));
    }

    private Scaling.Found found(Draft draft) {
      if (active.cardinality() >= ENOUGH) {
        return new Scaling(draft, sample.share() < 1).find();
      }
      shortfalls.add(Shortfall.TOO_FEW);
      List<Draft.Worth> usual = Scaling.usual(draft.measured());
      return new Scaling.Found(usual, draft.spread(usual));
    }

    private Proposal.Rule rule(Measured each, Draft.Worth worth) {
      Candidate candidate = each.candidate();
      return new Proposal.Rule(
          candidate.name(),
          candidate.title(),
          candidate.role(),
          candidate.match(),
          worth.points(),
          each.perDay(),
          worth.perWindow(),
          sample.whole(each.doers()),
          sample.whole(each.events()),
          each.usual());
    }

    private List<Measured> measured(List<Candidate> all) {
      List<RollUp> units = sample.units(all.stream().map(Candidate::kinds).toList());
      List<Measured> measured = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        boolean few = active.cardinality() < ENOUGH;
        measured.add(Measured.of(all.get(i), units.get(i), active, asOf, few));
      }
      return measured;
    }

    private List<Measured> rules() {
      List<Measured> all = measured(candidates.found());
      List<Measured> good =
          all.stream()
              .filter(each -> each.candidate().role().earns() && isFrequent(each))
              .sorted(
                  Comparator.comparingLong(Making::weight)
                      .reversed()
                      .thenComparing(each -> each.candidate().match()))
              .toList();
      List<Measured> chosen = new ArrayList<>(good.subList(0, Math.min(MOST_RULES, good.size())));
      Measured others = chosen.size() < countsOf(all) ? others(chosen) : null;
      if (others != null) {
        chosen.add(others);
      }
      Set<String> used = new HashSet<>();
      chosen.forEach(each -> used.add(each.candidate().name()));
      for (Measured each : all) {
        Role role = each.candidate().role();
        if (!role.earns() && each.doers() > 0) {
          chosen.add(each);
        } else if (role.earns() && !used.contains(each.candidate().name()) && others == null) {
          boolean rare = !isFrequent(each);
          leaveOut(each, rare ? Proposal.Why.RARE : Proposal.Why.SURPLUS);
        }
      }
      leftOut.sort(
          Comparator.comparingLong(Proposal.LeftOut::events)
              .reversed()
              .thenComparing(Proposal.LeftOut::name));
      return chosen;
    }

    private static int countsOf(List<Measured> all) {
      return (int)
          all.stream().filter(each -> each.candidate().role().earns() && each.doers() > 0).count();
    }

    private void leaveOut(Measured each, Proposal.Why why) {
      if (each.doers() > 0) {
        String title = each.candidate().title().in("en");
        leftOut.add(
            new Proposal.LeftOut(
                title == null ? each.candidate().name() : title,
                each.candidate().title(),
                false,
                why,
                sample.whole(each.events())));
      }
    }

    private static long weight(Measured each) {
      return each.candidate().role().level * (64L - Long.numberOfLeadingZeros(each.doers()));
    }

    /// Whether enough customers did it to be told from chance.
    private boolean isFrequent(Measured each) {
      int of = each.candidate().role() == Role.COMMITMENT ? 200 : 50;
      return each.doers() >= Math.max(1, active.cardinality() / of);
    }

    /// One rule for everything else, where the others miss too many customers.
    private @Nullable Measured others(List<Measured> chosen) {
      BitSet reached = new BitSet();
      for (Measured each : chosen) {
        for (int who = active.nextSetBit(0); who >= 0; who = active.nextSetBit(who + 1)) {
          if (each.units().from(who) < each.units().to(who)) {
            reached.set(who);
          }
        }
      }
      if (reached.cardinality() >= REACHED * active.cardinality()) {
        return null;
      }
      Candidate others = candidates.others(chosen.stream().map(Measured::candidate).toList());
      return others == null ? null : measured(List.of(others)).getFirst();
    }
  }
}
