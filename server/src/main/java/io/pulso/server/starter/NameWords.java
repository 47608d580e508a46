package io.pulso.server.starter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Guesses what an event says from the words of its name, where the name is one's own. When in
/// doubt a name is taken for an outcome rather than counted.
final class NameWords {
  private static final Pattern WORD =
      Pattern.compile("\\p{Lu}?\\p{Ll}+|\\p{Lu}+(?!\\p{Ll})|\\p{Lo}+");

  private static final Set<String> OUTCOME =
      Set.of(
          "purchase",
          "purchased",
          "purchases",
          "bought",
          "buy",
          "payment",
          "payments",
          "paid",
          "pay",
          "invoice",
          "billing",
          "billed",
          "subscription",
          "subscribe",
          "subscribed",
          "renewal",
          "renew",
          "renewed",
          "upgrade",
          "upgraded",
          "downgrade",
          "downgraded",
          "cancel",
          "canceled",
          "cancelled",
          "cancellation",
          "churn",
          "churned",
          "refund",
          "refunded",
          "conversion",
          "converted",
          "contract",
          "trial",
          "uninstall",
          "uninstalled",
          "checkout",
          "chargeback",
          "revenue",
          "compra",
          "comprado",
          "pedido",
          "pago",
          "renovación",
          "cancelado",
          "reembolso",
          "acquisto",
          "acquistato",
          "ordine",
          "pagamento",
          "rinnovo",
          "disdetta",
          "rimborso");
  private static final Set<String> OUTCOME_AFTER_ORDER =
      Set.of("completed", "placed", "created", "confirmed", "shipped", "delivered", "made");
  private static final Set<String> OUTCOME_OF_ACCOUNT =
      Set.of("deleted", "delete", "closed", "close", "deactivated");
  private static final List<String> OUTCOME_ZH =
      List.of("购买", "订单", "支付", "付款", "退款", "取消订阅", "续订", "续费", "升级", "降级", "下单", "流失");
  private static final Set<String> NEGATIVE =
      Set.of(
          "unsubscribe",
          "unsubscribed",
          "spam",
          "complaint",
          "complained",
          "bounce",
          "bounced",
          "unfollow",
          "unfollowed");
  private static final Set<String> MAIL = Set.of("mail", "email", "emails", "newsletter");
  private static final Set<String> OPENED = Set.of("open", "opened", "opens");
  private static final Set<String> MESSAGES =
      Set.of("mail", "email", "newsletter", "sms", "push", "notification", "campaign", "survey");
  private static final Set<String> SENT =
      Set.of("sent", "delivered", "received", "queued", "processed", "dropped", "deferred");
  private static final Set<String> SUPPORT = Set.of("ticket", "support", "helpdesk", "chat");
  private static final Set<String> TECHNICAL =
      Set.of(
          "error",
          "errors",
          "crash",
          "crashed",
          "exception",
          "failed",
          "failure",
          "timeout",
          "heartbeat",
          "ping",
          "debug",
          "test",
          "experiment",
          "logout",
          "loaded",
          "rendered",
          "impression",
          "webhook",
          "cron",
          "job",
          "autocapture",
          "pageleave",
          "vitals");
  private static final Set<String> COMMITMENT =
      Set.of(
          "invite",
          "invited",
          "invitation",
          "share",
          "shared",
          "refer",
          "referred",
          "referral",
          "review",
          "reviewed",
          "testimonial",
          "integration",
          "connect",
          "connected",
          "publish",
          "published",
          "upload",
          "uploaded",
          "import",
          "imported",
          "create",
          "created",
          "comment",
          "commented",
          "attend",
          "attended",
          "book",
          "booked",
          "complete",
          "completed",
          "finished",
          "signup",
          "registered",
          "wishlist");
  private static final Set<String> INTEREST =
      Set.of(
          "click",
          "clicked",
          "add",
          "added",
          "save",
          "saved",
          "favorite",
          "favorited",
          "favourite",
          "like",
          "liked",
          "download",
          "downloaded",
          "search",
          "searched",
          "watch",
          "watched",
          "play",
          "played",
          "follow",
          "followed",
          "answer",
          "answered",
          "export",
          "exported");
  private static final Set<String> VIEW =
      Set.of("view", "viewed", "views", "visit", "visited", "seen", "page", "screen", "scroll");

  private NameWords() {}

  static Role role(String name) {
    List<String> words = words(name);
    if (isOutcome(name, words)) {
      return Role.OUTCOME;
    }
    if (any(words, NEGATIVE)) {
      return Role.NEGATIVE;
    }
    if (any(words, MAIL) && any(words, OPENED)) {
      return Role.OPEN;
    }
    if (any(words, MESSAGES) && any(words, SENT)) {
      return Role.PASSIVE;
    }
    if (name.startsWith("$") || any(words, TECHNICAL)) {
      return Role.TECHNICAL;
    }
    if (any(words, SUPPORT)) {
      return Role.SUPPORT;
    }
    return any(words, COMMITMENT)
        ? Role.COMMITMENT
        : any(words, INTEREST) ? Role.INTEREST : any(words, VIEW) ? Role.VIEW : Role.USE;
  }

  private static boolean isOutcome(String name, List<String> words) {
    boolean leaves =
        any(words, Set.of("account", "workspace", "profile")) && any(words, OUTCOME_OF_ACCOUNT);
    boolean takesDataAway = words.contains("data") && any(words, Set.of("export", "exported"));
    boolean orders =
        any(words, Set.of("order", "orders", "plan", "deal")) && any(words, OUTCOME_AFTER_ORDER);
    return any(words, OUTCOME)
        || words.equals(List.of("order"))
        || leaves
        || takesDataAway
        || orders
        || OUTCOME_ZH.stream().anyMatch(name::contains);
  }

  private static boolean any(List<String> words, Set<String> of) {
    return words.stream().anyMatch(of::contains);
  }

  /// The words and numbers of a name that are written with the letters of names of activities.
  static List<String> ascii(String name) {
    String split = name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return Stream.of(split.split("[^a-z0-9]+")).filter(word -> !word.isEmpty()).toList();
  }

  /// The words of a name, in lower case: `productAdded`, `product_added` and `Product Added` have
  /// the same.
  static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    Matcher found = WORD.matcher(name);
    while (found.find()) {
      words.add(found.group().toLowerCase(Locale.ROOT));
    }
    Stream<String> pairs =
        Stream.iterate(0, i -> i + 1 < words.size(), i -> i + 1)
            .map(i -> words.get(i) + words.get(i + 1));
    List<String> all = new ArrayList<>(words);
    // `check out` and `sign up` are words, too.
    pairs.filter(pair -> pair.equals("checkout") || pair.equals("signup")).forEach(all::add);
    return all;
  }
}
