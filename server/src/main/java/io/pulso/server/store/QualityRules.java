package io.pulso.server.store;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which stored records do not count.
///
/// @param bots whether crawlers are left out, judged by the user agent of browser sources
/// @param mail what is seen of machines that read mail
/// @param internal the company's own people and programs
/// @param perMinute how many of one event an id may do in a minute; 0 for any number
public record QualityRules(boolean bots, Mail mail, Internal internal, int perMinute) {
  public static final List<String> PREFETCHERS =
      List.of("*GoogleImageProxy*", "*YahooMailProxy*", "Mozilla/5.0");

  /// No rule at all.
  public static final QualityRules NONE =
      new QualityRules(false, new Mail(false, Networks.NONE, List.of()), Internal.NONE, 0);

  /// What holds where a workspace says nothing.
  public static final QualityRules USUAL =
      new QualityRules(true, new Mail(true, Networks.NONE, PREFETCHERS), Internal.NONE, 0);

  /// Machines that open mail and press its links.
  ///
  /// @param on false where none of it is looked for
  /// @param networks of known scanners
  /// @param prefetchers user agents of programs that load images unasked; `*` stands for any text
  public record Mail(boolean on, Networks networks, List<String> prefetchers) {
    public Mail {
      prefetchers = List.copyOf(prefetchers);
    }
  }

  /// The company's own traffic.
  ///
  /// @param domains of mail addresses, in lower case: ids and the trait `email`
  /// @param networks that it comes from, by `context.ip`
  /// @param people a condition over the traits of an identify call
  /// @param match a condition over a record
  public record Internal(
      List<String> domains,
      Networks networks,
      @Nullable Expression people,
      @Nullable Expression match) {
    static final Internal NONE = new Internal(List.of(), Networks.NONE, null, null);

    public Internal {
      domains = List.copyOf(domains);
    }

    /// Whether some rule speaks of people, and not of single records.
    boolean ofPeople() {
      return !domains.isEmpty() || people != null;
    }
  }

  public boolean isOn(String rule) {
    return switch (rule) {
      case "bots" -> bots;
      case "mail_scanners" -> mail.on();
      case "internal" ->
          internal.ofPeople() || !internal.networks().isEmpty() || internal.match() != null;
      case "bursts" -> perMinute > 0;
      default -> throw new IllegalArgumentException(rule);
    };
  }

  /// What is to be remembered of the address of a record before it is shortened or dropped: flags
  /// of an [Incoming]. Later changes of networks see only what is left of it.
  ///
  /// @param context canonical JSON; null for none
  public int addressFlags(@Nullable String context) {
    if (context == null || (internal.networks().isEmpty() && mail.networks().isEmpty())) {
      return 0;
    }
    try {
      if (JsonText.read(context) instanceof Json.Obj object
          && object.fields().get("ip") instanceof Json.Str(String address)) {
        return (internal.networks().hold(address) ? Incoming.FLAG_OWN_NETWORK : 0)
            | (mail.networks().hold(address) ? Incoming.FLAG_SCANNER_NETWORK : 0);
      }
      return 0;
    } catch (JsonFault e) {
      return 0;
    }
  }

  /// A text that changes when what is excluded can change.
  String fingerprint() {
    return Stream.of(
            "1",
            bots ? UserAgents.CRAWLERS.edition() : "",
            String.valueOf(mail.on()),
            mail.networks().texts().toString(),
            mail.prefetchers().toString(),
            internal.domains().toString(),
            internal.networks().texts().toString(),
            text(internal.people()),
            text(internal.match()),
            String.valueOf(perMinute))
        .collect(Collectors.joining("\n"));
  }

  private static String text(@Nullable Expression expression) {
    return expression == null ? "" : expression.text();
  }
}
