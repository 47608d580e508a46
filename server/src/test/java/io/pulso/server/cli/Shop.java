package io.pulso.server.cli;

import java.nio.file.Path;

/// A small workspace whose scores can be added up by hand.
final class Shop {
  static final String MODEL =
      """
      name: shop
      window: 10d
      base: 1
      clamp: {max: 60}
      groups:
        - {name: social, cap: {max: 25}}
      activities:
        - {name: invited, match: event == "Invite Sent", points: 10, cap: {per_day: 2}, group: social}
        - {name: viewed, match: type == "page", points: 0.5}
        - {name: left, match: event == "Unsubscribed", points: -25, window: 20d}
      tests:
        - name: two invites
          as_of: 2026-03-31
          events:
            - {event: Invite Sent, time: 2026-03-31T10:00:00Z, times: 2}
          score: 21
          band: very_disengaged
      """;

  final Path folder;
  final Path workspace;
  final Path model;
  private final StringBuilder lines = new StringBuilder();
  private int number;

  Shop(Path folder) {
    this.folder = folder;
    this.workspace = folder.resolve("shop");
    this.model = workspace.resolve("models/shop.yaml");
  }

  /// Ann invites and views, bob leaves, a visitor becomes cleo.
  static Shop open(Path folder) {
    Shop shop = new Shop(folder);
    Cli.expect(0, "init", shop.workspace);
    Cli.write(shop.model, MODEL);
    shop.track("ann", "Invite Sent", "2026-03-10T08:00:00Z", "");
    shop.track("ann", "Invite Sent", "2026-03-10T09:00:00Z", "");
    shop.track("ann", "Invite Sent", "2026-03-10T10:00:00Z", "");
    shop.page("ann", "2026-03-15T10:00:00Z");
    shop.track("ann", "Invite Sent", "2026-03-18T08:00:00Z", "");
    shop.track("bob", "Unsubscribed", "2026-03-12T08:00:00Z", "");
    shop.track("cleo", "Invite Sent", "2026-03-16T08:00:00Z", ",\"anonymousId\":\"browser-1\"");
    shop.load();
    return shop;
  }

  void track(String id, String event, String at, String more) {
    lines.append(
        "{\"messageId\":\"m%d\",\"userId\":\"%s\",\"type\":\"track\",\"event\":\"%s\",\"timestamp\":\"%s\"%s}\n"
            .formatted(++number, id, event, at, more));
  }

  void page(String id, String at) {
    lines.append(
        "{\"messageId\":\"m%d\",\"userId\":\"%s\",\"type\":\"page\",\"name\":\"Home\",\"timestamp\":\"%s\"}\n"
            .formatted(++number, id, at));
  }

  /// Imports what was written since the last time.
  void load() {
    Path file = Cli.write(folder.resolve("events" + number + ".jsonl"), lines.toString());
    lines.setLength(0);
    Cli.expect(0, "import", file, "--workspace", workspace);
  }

  /// Runs a command in the workspace.
  Cli run(int status, Object... args) {
    Object[] all = new Object[args.length + 2];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "--workspace";
    all[args.length + 1] = workspace;
    return Cli.expect(status, all);
  }
}
