package io.pulso.server.starter;

import io.pulso.engine.model.Texts;
import io.pulso.engine.yaml.Decimals;
import io.pulso.engine.yaml.YamlEdit;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes a proposal as a model file with comments.
final class StarterText {
  private static final int NAMED = 12;

  /// A condition whose name means the same in YAML as in CEL.
  private static final Pattern EXAMPLE = Pattern.compile("event == \"[^\"\\\\]+\"");

  private final String name;
  private final Proposal proposal;
  private final StringBuilder out = new StringBuilder();

  StarterText(String name, Proposal proposal) {
    this.name = name;
    this.proposal = proposal;
  }

  String text() {
    comments();
    line("name: " + name);
    line("title: {en: Engagement, es: Compromiso, it: Coinvolgimento, zh: 参与度}");
    line("window: " + Starter.WINDOW + "d");
    line("decay: {half_life: 14d}");
    line("clamp: {min: -100, max: 200}");
    line("");
    line("activities:");
    proposal.rules().forEach(this::rule);
    line("bands: points");
    test();
    return out.toString();
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private void comments() {
    String about = proposal.sampled() ? "about " : "";
    line(
        "# Proposed from what %s%s active customers did in the %d days up to %s."
            .formatted(
                about,
                count(proposal.active()),
                Starter.WINDOW,
                LocalDate.ofEpochDay(proposal.asOf())));
    Proposal.Spread spread = proposal.spread();
    if (spread != null) {
      line(
          "# The score of the median one is %s, the top tenth begins at %s."
              .formatted(Decimals.show(spread.median()), Decimals.show(spread.top())));
    }
    left(Proposal.Why.OUTCOME, "What the score must foretell is no part of it");
    line("");
  }

  private void left(Proposal.Why why, String text) {
    List<String> names =
        proposal.leftOut().stream()
            .filter(each -> each.why() == why)
            .map(each -> Literal.comment(each.name()))
            .toList();
    if (!names.isEmpty()) {
      String more = names.size() > NAMED ? ", …" : "";
      line(
          "# %s: %s%s."
              .formatted(
                  text, names.stream().limit(NAMED).collect(Collectors.joining(", ")), more));
    }
  }

  private void rule(Proposal.Rule rule) {
    line("  # " + reason(rule.role()));
    line(
        "  # %s customers did it, usually %s."
            .formatted(
                count(rule.customers()),
                rule.usual() <= 1 ? "once" : count(rule.usual()) + " times"));
    line("  - name: " + YamlEdit.scalar(rule.name()));
    if (!rule.title().byLanguage().isEmpty()) {
      line("    title: " + title(rule.title()));
    }
    line("    match: " + YamlEdit.scalar(rule.match()));
    line("    points: " + Decimals.show(rule.points()));
    line(
        "    cap: {per_day: %d, per_window: %s}"
            .formatted(rule.perDay(), Decimals.show(rule.perWindow())));
    if (rule.role().earns() || rule.role() == Role.NEGATIVE) {
      line("    expect: " + (rule.role().earns() ? "good" : "bad"));
    }
    line("");
  }

  private static String title(Texts title) {
    Map<String, String> texts = new TreeMap<>(title.byLanguage());
    return texts.size() == 1 && texts.containsKey("en")
        ? YamlEdit.scalar(texts.getOrDefault("en", ""))
        : texts.entrySet().stream()
            .map(text -> text.getKey() + ": " + YamlEdit.flowScalar(text.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String reason(Role role) {
    return switch (role) {
      case COMMITMENT -> "It takes effort, or brings others along.";
      case INTEREST -> "It goes beyond looking.";
      case USE -> "The customer is here and uses something.";
      case VIEW -> "The customer looks at something.";
      case NEGATIVE -> "It speaks against engagement.";
      case OPEN -> "Mail programs open mails by themselves, so it is worth nothing.";
      case OUTCOME, PASSIVE, SUPPORT, TECHNICAL, NEUTRAL ->
          throw new IllegalArgumentException(role.word());
    };
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// An example of the first rule that counts one event by its name, where no other rule counts it.
  private void test() {
    if (proposal.rules().stream().anyMatch(rule -> rule.match().startsWith("type == \"track\""))) {
      return;
    }
    for (Proposal.Rule rule : proposal.rules()) {
      if (rule.points() != 0 && EXAMPLE.matcher(rule.match()).matches()) {
        LocalDate day = LocalDate.ofEpochDay(proposal.asOf());
        line("");
        line("tests:");
        line("  - name: one of the first rule on the same day");
        line("    as_of: " + day);
        line("    events:");
        line(
            "      - {event: %s, time: %sT12:00:00Z}"
                .formatted(rule.match().substring("event == ".length()), day));
        line("    score: " + Decimals.show(rule.points()));
        return;
      }
    }
  }
}
