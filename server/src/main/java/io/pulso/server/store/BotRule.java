package io.pulso.server.store;

/// Crawlers, by the user agent in the context of what browser sources send. A record without one is
/// no crawler's.
final class BotRule {
  private BotRule() {}

  static void judge(Verdicts verdicts, JudgedRecords which) {
    String browsers = "source IN (SELECT no FROM source WHERE NOT trusted)";
    if (verdicts.db.number("SELECT COUNT(*) FROM source WHERE NOT trusted") == 0) {
      return;
    }
    String records =
        Verdicts.records(
            "%s AND %s AND context IS NOT NULL".formatted(which.condition(), browsers));
    String agent = Verdicts.text("context", "userAgent");
    if (verdicts.choose(
        "crawler", "SELECT %s FROM (%s)".formatted(agent, records), UserAgents.CRAWLERS::match)) {
      verdicts.add(
          Exclusion.BOT,
          "SELECT import, seq FROM (%s) WHERE %s IN (SELECT text FROM crawler)"
              .formatted(records, agent));
    }
    verdicts.db.run("DROP TABLE crawler");
  }
}
