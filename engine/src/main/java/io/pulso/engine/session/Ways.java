package io.pulso.engine.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Counts sequences of steps that have the same length: in how many sessions each is.
public final class Ways {
  /// Different ones, of which more are not kept.
  public static final int MOST = 4_000_000;

  private final int length;
  private int[] steps;
  private int[] sessions;
  private int[] seenIn;
  private int size;

  /// A sequence and the number of sessions that have it.
  public record Way(List<Integer> steps, int sessions) {}

  public Ways(int length) {
    this.length = length;
    this.sessions = new int[1024];
    this.seenIn = new int[1024];
    this.steps = new int[1024 * length];
  }

  /// Counts a sequence once in a session.
  ///
  /// @param from where it begins
  /// @param session its number, from 1 on
  /// @return whether it could be kept
  public boolean add(int[] of, int from, int session) {
    int place = find(of, from);
    if (sessions[place] == 0) {
      if (size == MOST) {
        return false;
      }
      System.arraycopy(of, from, steps, place * length, length);
      size++;
    }
    if (sessions[place] == 0 || seenIn[place] != session) {
      seenIn[place] = session;
      sessions[place]++;
    }
    if (size * 2 > sessions.length) {
      grow();
    }
    return true;
  }

  /// Where it stands, or could stand.
  private int find(int[] of, int from) {
    long hash = 0;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ of[from + i]) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    int mask = sessions.length - 1;
    int place = (int) (hash & mask);
    while (sessions[place] > 0
        && !Arrays.equals(steps, place * length, (place + 1) * length, of, from, from + length)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    int[] oldSteps = steps;
    int[] oldSessions = sessions;
    int[] oldSeen = seenIn;
    sessions = new int[oldSessions.length * 2];
    seenIn = new int[sessions.length];
    steps = new int[sessions.length * length];
    for (int i = 0; i < oldSessions.length; i++) {
      if (oldSessions[i] > 0) {
        int place = find(oldSteps, i * length);
        System.arraycopy(oldSteps, i * length, steps, place * length, length);
        sessions[place] = oldSessions[i];
        seenIn[place] = oldSeen[i];
      }
    }
  }

  /// How many different ones there are.
  public int size() {
    return size;
  }

  /// All of them.
  public List<Way> all() {
    List<Way> all = new ArrayList<>(size);
    for (int i = 0; i < sessions.length; i++) {
      if (sessions[i] > 0) {
        all.add(way(i));
      }
    }
    return all;
  }

  private Way way(int place) {
    return new Way(
        Arrays.stream(steps, place * length, (place + 1) * length).boxed().toList(),
        sessions[place]);
  }

  /// Those in most sessions; of equal ones the first in an order.
  public List<Way> top(int most, Comparator<Way> order) {
    int[] sorted = sessions.clone();
    Arrays.sort(sorted);
    int least = Math.max(1, sorted[Math.clamp((long) sorted.length - most, 0, sorted.length - 1)]);
    List<Way> found = new ArrayList<>();
    for (int i = 0; i < sessions.length; i++) {
      if (sessions[i] >= least) {
        found.add(way(i));
      }
    }
    found.sort(Comparator.comparingInt((Way way) -> -way.sessions()).thenComparing(order));
    return List.copyOf(found.subList(0, Math.min(most, found.size())));
  }
}
