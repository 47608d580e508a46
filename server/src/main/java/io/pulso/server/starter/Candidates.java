package io.pulso.server.starter;

import io.pulso.engine.model.Texts;
import io.pulso.server.store.EventCensus.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Sorts what arrives into what can become a rule and what cannot.
final class Candidates {
  private static final int LONGEST_MATCH = 1_900;
  private static final int LONGEST_NAME = 48;

  /// What is never among other actions, also when it arrives for the first time later.
  private static final Pattern NEVER =
      Pattern.compile(
          "(?i)order|purchas|payment|paid|invoice|billing|subscri|renew|upgrad|downgrad|cancel|churn|refund|trial|checkout|convert|install|delete|deliver|bounce|spam|unfollow|open|sent|error|crash|fail");

  private final List<Candidate> found = new ArrayList<>();
  private final List<Proposal.LeftOut> leftOut = new ArrayList<>();
  private final Set<String> names = new HashSet<>(Set.of("other_actions"));

  /// Track calls by event.
  private final Map<String, Set<Integer>> events = new TreeMap<>();

  /// Events that earn nothing.
  private final Set<String> uncounted = new TreeSet<>();

  private Candidates() {}

  static Candidates of(List<Kind> kinds) {
    Candidates all = new Candidates();
    all.pages(kinds, "page");
    all.pages(kinds, "screen");
    all.tracks(kinds);
    all.leftOut.sort(
        Comparator.comparingLong(Proposal.LeftOut::events)
            .reversed()
            .thenComparing(Proposal.LeftOut::name));
    return all;
  }

  List<Candidate> found() {
    return found;
  }

  List<Proposal.LeftOut> leftOut() {
    return leftOut;
  }

  private void tracks(List<Kind> kinds) {
    Map<String, Long> counts = new TreeMap<>();
    Set<String> passive = new HashSet<>();
    for (Kind kind : kinds) {
      String event = kind.event();
      if (event != null) {
        events.computeIfAbsent(event, none -> new TreeSet<>()).add(kind.no());
        counts.merge(event, kind.events(), Long::sum);
        if (kind.passive()) {
          passive.add(event);
        }
      }
    }
    counts.forEach((event, count) -> track(event, count, passive.contains(event)));
  }

  private void track(String event, long count, boolean passive) {
    KnownNames.Known known = KnownNames.find(event);
    Role role = known != null ? known.role() : NameWords.role(event);
    if (passive && role.earns()) {
      role = Role.PASSIVE;
    }
    if (!role.earns()) {
      uncounted.add(event);
    }
    if (!role.isRule()) {
      leftOut.add(
          new Proposal.LeftOut(event, Texts.NONE, false, Proposal.Why.valueOf(role.name()), count));
      return;
    }
    long points =
        known != null && known.points() != 0 ? known.points() : role == Role.NEGATIVE ? -10 : 0;
    found.add(
        new Candidate(
            name(event),
            known != null && !known.title().byLanguage().isEmpty() ? known.title() : title(event),
            role,
            "event == " + Literal.cel(event),
            events.getOrDefault(event, Set.of()),
            points * 1000,
            known == null ? null : known.perDay()));
  }

  private static Texts title(String event) {
    String title = Literal.title(event);
    return title.isEmpty() ? Texts.NONE : new Texts(Map.of("en", title));
  }

  /// A name for an activity that no other has.
  private String name(String text) {
    StringBuilder slug = new StringBuilder();
    for (String word : NameWords.ascii(text)) {
      if (slug.length() + word.length() < LONGEST_NAME) {
        slug.append(slug.isEmpty() ? "" : "_").append(word);
      }
    }
    String base = slug.isEmpty() ? "event" : slug.toString();
    String name = base;
    for (int i = 2; !names.add(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }

  /// Days with pages, and pages; without pages on which customers leave or buy.
  private void pages(List<Kind> kinds, String type) {
    Set<Integer> counted = new TreeSet<>();
    Map<String, Long> outcomes = new TreeMap<>();
    for (Kind kind : kinds) {
      if (kind.type().equals(type) && kind.event() == null) {
        String name = kind.name();
        if (name != null && NameWords.role(name) == Role.OUTCOME) {
          outcomes.merge(name, kind.events(), Long::sum);
        } else {
          counted.add(kind.no());
        }
      }
    }
    outcomes.forEach((name, count) ->
        leftOut.add(new Proposal.LeftOut(name, Texts.NONE, true, Proposal.Why.OUTCOME, count)));
    String match =
        "type == \"%s\"%s"
            .formatted(
                type,
                outcomes.isEmpty() ? "" : " && !(name in " + Literal.list(outcomes.keySet()) + ")");
    if (counted.isEmpty() || match.length() > LONGEST_MATCH) {
      return;
    }
    boolean app = type.equals("screen");
    found.add(
        new Candidate(
            name(app ? "app_days" : "visit_days"),
            app
                ? texts("Days in the app", "Días en la app", "Giorni nell'app", "使用应用的天数")
                : texts("Days with a visit", "Días con visita", "Giorni con una visita", "访问天数"),
            Role.USE,
            match,
            counted,
            0,
            1));
    found.add(
        new Candidate(
            name(app ? "screens_seen" : "pages_seen"),
            app
                ? texts("Screens seen", "Pantallas vistas", "Schermate viste", "浏览屏幕数")
                : texts("Pages seen", "Páginas vistas", "Pagine viste", "浏览页面数"),
            Role.VIEW,
            match,
            counted,
            0,
            null));
  }

  private static Texts texts(String en, String es, String it, String zh) {
    return new Texts(Map.of("en", en, "es", es, "it", it, "zh", zh));
  }

  /// All track calls that earn points but are not counted by themselves, as one; null where there
  /// are none, or the condition would be too long.
  @Nullable Candidate others(List<Candidate> chosen) {
    Set<Integer> taken = new HashSet<>();
    chosen.forEach(each -> taken.addAll(each.kinds()));
    Candidate without = others(taken);
    return without != null ? without : others(Set.of());
  }

  private @Nullable Candidate others(Set<Integer> taken) {
    Set<String> out = new TreeSet<>();
    uncounted.stream().filter(event -> !NEVER.matcher(event).find()).forEach(out::add);
    Set<Integer> kinds = new TreeSet<>();
    events.forEach((event, numbers) -> {
      if (taken.containsAll(numbers)) {
        out.add(event);
      } else if (!uncounted.contains(event) && !NEVER.matcher(event).find()) {
        kinds.addAll(numbers);
      }
    });
    String match =
        "type == \"track\" && !event.matches(%s)%s"
            .formatted(
                Literal.cel(NEVER.pattern()),
                out.isEmpty() ? "" : " && !(event in " + Literal.list(out) + ")");
    return kinds.isEmpty() || match.length() > LONGEST_MATCH
        ? null
        : new Candidate(
            "other_actions",
            texts("Other actions", "Otras acciones", "Altre azioni", "其他操作"),
            Role.USE,
            match,
            kinds,
            0,
            null);
  }
}
