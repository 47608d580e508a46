package io.pulso.engine.metric;

import io.pulso.engine.expr.Path;
import io.pulso.engine.model.PathText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a metric can be broken down by, as people write it.
public final class By {
  /// What can be said, for messages.
  public static final String WAYS =
      "channel, source, event, name, campaign, traits.…, account.…, properties.…, context.…, band or segment";

  private static final Path CAMPAIGN =
      new Path(Path.Root.PROPERTIES, List.of(new Path.Step.Key("campaign")));
  private static final List<Path> CAMPAIGN_PLACES =
      List.of(
          CAMPAIGN,
          new Path(
              Path.Root.CONTEXT,
              List.of(new Path.Step.Key("campaign"), new Path.Step.Key("name"))));

  private static final Map<String, Path> WORDS =
      Map.of(
          "campaign", CAMPAIGN,
          "channel", new Path(Path.Root.CHANNEL, List.of()),
          "event", new Path(Path.Root.EVENT, List.of()),
          "name", new Path(Path.Root.NAME, List.of()),
          "source", new Path(Path.Root.SOURCE, List.of(new Path.Step.Key("name"))),
          "band", group("band"),
          "segment", group("segment"));
  private static final Map<String, Path.Root> STATES =
      Map.of("traits", Path.Root.TRAITS, "account", Path.Root.ACCOUNT);

  private By() {}

  private static Path group(String word) {
    return new Path(Path.Root.STANDING, List.of(new Path.Step.Key(word)));
  }

  /// Whether parts are groups of customers, who are told beside the events.
  public static boolean isGroup(@Nullable Path by) {
    return by != null && by.root() == Path.Root.STANDING;
  }

  /// Where a part is looked for, in order: a campaign is also told by `context.campaign.name`.
  public static List<Path> places(Path by) {
    return by.equals(CAMPAIGN) ? CAMPAIGN_PLACES : List.of(by);
  }

  /// The place; null where the text is none.
  public static @Nullable Path read(String text) {
    Path word = WORDS.get(text);
    if (word != null) {
      return word;
    }
    for (Map.Entry<String, Path.Root> state : STATES.entrySet()) {
      if (text.startsWith(state.getKey() + ".") || text.startsWith(state.getKey() + "[")) {
        Path below = PathText.read("properties" + text.substring(state.getKey().length()));
        return below == null ? null : new Path(state.getValue(), below.steps());
      }
    }
    Path path = PathText.read(text);
    return path == null || path.root() == Path.Root.VALUE || isGroup(path) ? null : path;
  }
}
