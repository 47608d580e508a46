package io.pulso.server.sample;

import io.pulso.engine.event.EventType;
import java.util.function.Consumer;

/// Writes the records of one part: numbers them, leaves out what lies outside the period, and lets
/// a few arrive late or twice, as real senders do.
final class Pen {
  private static final long HOUR = 3_600_000;

  private final Timetable time;
  private final Dice dice;
  private final Consumer<Draft> sink;
  private final Draft draft = new Draft(this);
  private String prefix = "";
  private int number;
  private long records;
  private long duplicates;
  private long late;

  Pen(Timetable time, Dice dice, Consumer<Draft> sink) {
    this.time = time;
    this.dice = dice;
    this.sink = sink;
  }

  /// Starts a new row of message ids.
  void page(String prefix) {
    this.prefix = prefix + "-";
    number = 0;
  }

  Draft track(Person person, String event, String channel, long millis) {
    Draft d = draft.start(EventType.TRACK, event, millis);
    d.userId = person.id;
    d.groupId = person.account.id;
    d.channel = channel;
    return d;
  }

  Draft view(Person person, boolean app, String name, long millis) {
    Draft d = draft.start(app ? EventType.SCREEN : EventType.PAGE, name, millis);
    d.userId = person.id;
    d.groupId = person.account.id;
    d.channel = app ? "app" : "web";
    return d;
  }

  Draft identify(Person person, long millis) {
    Draft d = draft.start(EventType.IDENTIFY, "", millis);
    d.userId = person.id;
    return d;
  }

  Draft group(Person person, long millis) {
    Draft d = draft.start(EventType.GROUP, "", millis);
    d.userId = person.id;
    d.groupId = person.account.id;
    return d;
  }

  Draft alias(Person person, String previousId, long millis) {
    Draft d = draft.start(EventType.ALIAS, "", millis);
    d.userId = person.id;
    d.previousId = previousId;
    return d;
  }

  /// A record of somebody whose name is not known, or of nobody where the event is about the
  /// company.
  Draft anonymous(EventType type, String title, String channel, long millis) {
    Draft d = draft.start(type, title, millis);
    d.channel = channel;
    return d;
  }

  void send(Draft d) {
    if (!time.inside(d.millis)) {
      return;
    }
    boolean delayed = d.type.isEvent() && dice.chance(0.004);
    d.receivedMillis =
        d.millis + (delayed ? HOUR + (long) dice.exponential(20 * HOUR) : 150 + dice.below(2350));
    if (!time.inside(d.receivedMillis)) {
      return;
    }
    late += delayed ? 1 : 0;
    d.messageId = prefix + Integer.toString(number++, 36);
    accept(d);
    if (dice.chance(0.001)) {
      d.receivedMillis = Math.min(d.receivedMillis + 1000 + dice.below(30_000), time.last());
      duplicates++;
      accept(d);
    }
  }

  private void accept(Draft d) {
    records++;
    sink.accept(d);
  }

  CompanyFacts facts() {
    return new CompanyFacts(0, 0, 0, records, duplicates, late, 0);
  }
}
