package io.pulso.server.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which subject each id belongs to: the end of its chain of links. An id has at most one outgoing
/// link, the first in the order (occurred_at, received_at, messageId); a later contrary one, or one
/// that would close a circle, is refused.
final class Identity {
  private final Map<Integer, Integer> next = new HashMap<>();
  private final Map<Integer, Integer> given = new HashMap<>();
  private final List<Link> made = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();

  /// The earliest record that says `person` is `target`.
  record Link(int person, int target, long occurredAt, long receivedAt, String message) {
    static final Comparator<Link> ORDER =
        Comparator.comparingLong(Link::occurredAt)
            .thenComparingLong(Link::receivedAt)
            .thenComparing(Link::message, Identity::compareBytes)
            .thenComparingInt(Link::person)
            .thenComparingInt(Link::target);
  }

  /// A link that was not made, and why.
  record Refused(Link link, String reason) {}

  private Identity() {}

  static Identity of(List<Link> links) {
    Identity identity = new Identity();
    links.stream().sorted(Link.ORDER).forEach(identity::add);
    return identity;
  }

  private void add(Link link) {
    Integer target = given.get(link.person());
    if (target != null) {
      if (target != link.target()) {
        refused.add(new Refused(link, "contrary"));
      }
    } else if (subject(link.target()) == link.person()) {
      if (link.target() != link.person()) {
        refused.add(new Refused(link, "circle"));
      }
    } else {
      made.add(link);
      given.put(link.person(), link.target());
      next.put(link.person(), link.target());
    }
  }

  /// The end of the chain that starts at that id.
  int subject(int person) {
    int end = person;
    for (Integer to = next.get(end); to != null; to = next.get(end)) {
      end = to;
    }
    int at = person;
    while (at != end) {
      Integer to = next.put(at, end);
      at = to == null ? end : to;
    }
    return end;
  }

  /// All ids that have a link.
  List<Integer> linked() {
    return List.copyOf(given.keySet());
  }

  /// The links that hold, each the first of its id.
  List<Link> made() {
    return made;
  }

  List<Refused> refused() {
    return refused;
  }

  private static int compareBytes(String a, String b) {
    return java.util.Arrays.compareUnsigned(
        a.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        b.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
