package io.pulso.engine.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Counts the ways that sessions take: sequences of steps anywhere in them, and from or to one
/// step. A step that follows itself is one step.
public final class PathCounter {
  /// In place of a step: the session ends, or began, there.
  public static final int EDGE = -1;

  /// In place of a step: nothing is said.
  public static final int NOTHING = -2;

  /// How many steps are followed from or to one.
  public static final int DEPTH = 5;

  private final Question question;
  private final IntFunction<Step> steps;
  private final Ways ways;
  private final Ways flow = new Ways(DEPTH);
  private final List<long[]> pages = new ArrayList<>();
  private int[] plain = new int[16];
  private int sessions;
  private boolean whole = true;

  /// What is asked.
  ///
  /// @param length of sequences, from 2 to [#DEPTH]
  /// @param start the text of the step with which they begin; null for any
  /// @param end the text of the step with which they end; null for any
  public record Question(int length, @Nullable String start, @Nullable String end) {
    public Question {
      if (length < 2 || length > DEPTH) {
        throw new IllegalArgumentException("paths of %d steps".formatted(length));
      }
    }
  }

  /// What was counted of a page.
  public record Page(int step, long views, long entries, long exits) {}

  /// @param steps by their numbers
  public PathCounter(Question question, IntFunction<Step> steps) {
    this.question = question;
    this.steps = steps;
    this.ways = new Ways(question.length());
  }

  /// The steps of a session, in order.
  public void take(int[] of, int length) {
    sessions++;
    pages(of, length);
    int count = plain(of, length);
    for (int i = 0; i + question.length() <= count; i++) {
      if (is(question.start(), plain[i]) && is(question.end(), plain[i + question.length() - 1])) {
        whole &= ways.add(plain, i, sessions);
      }
    }
    follow(count);
  }

  private boolean is(@Nullable String text, int step) {
    return text == null || steps.apply(step).text().equals(text);
  }

  private void pages(int[] of, int length) {
    int first = -1;
    int last = -1;
    for (int i = 0; i < length; i++) {
      if (steps.apply(of[i]).type() == Step.Type.PAGE) {
        first = first < 0 ? of[i] : first;
        last = of[i];
        counts(of[i])[0]++;
      }
    }
    if (first >= 0) {
      counts(first)[1]++;
      counts(last)[2]++;
    }
  }

  private long[] counts(int step) {
    while (pages.size() <= step) {
      pages.add(new long[3]);
    }
    return pages.get(step);
  }

  /// Takes away steps that follow themselves.
  private int plain(int[] of, int length) {
    plain = plain.length < length ? new int[length] : plain;
    int count = 0;
    for (int i = 0; i < length; i++) {
      if (count == 0 || plain[count - 1] != of[i]) {
        plain[count++] = of[i];
      }
    }
    return count;
  }

  /// What comes after the first step that is asked for, or before the first with which it ends;
  /// after the beginning where none is.
  private void follow(int count) {
    String to = question.start() == null ? question.end() : null;
    String from = to == null ? question.start() : to;
    int at = 0;
    while (at < count && !is(from, plain[at])) {
      at++;
    }
    if (at == count) {
      return;
    }
    int[] way = new int[DEPTH];
    Arrays.fill(way, NOTHING);
    int turn = to == null ? 1 : -1;
    for (int i = 0; i < DEPTH; i++) {
      int place = at + turn * i;
      if (place < 0 || place >= count) {
        way[i] = EDGE;
        break;
      }
      way[i] = plain[place];
    }
    whole &= flow.add(way, 0, sessions);
  }

  /// How many sessions there are.
  public int sessions() {
    return sessions;
  }

  /// Whether all different ways could be kept.
  public boolean isWhole() {
    return whole;
  }

  /// The sequences that are in most sessions; equal ones by the texts of their steps.
  public List<Ways.Way> top(int most) {
    return ways.top(
        most,
        (a, b) -> {
          for (int i = 0; i < question.length(); i++) {
            int order = steps.apply(a.steps().get(i)).compareTo(steps.apply(b.steps().get(i)));
            if (order != 0) {
              return order;
            }
          }
          return 0;
        });
  }

  /// How many different sequences there are.
  public int different() {
    return ways.size();
  }

  /// The ways from the step that is asked for, or backwards from the one with which they end.
  public List<Ways.Way> flow() {
    return flow.all();
  }

  /// The pages that were viewed.
  public List<Page> pages() {
    List<Page> found = new ArrayList<>();
    for (int step = 0; step < pages.size(); step++) {
      long[] of = pages.get(step);
      if (of[0] > 0) {
        found.add(new Page(step, of[0], of[1], of[2]));
      }
    }
    return found;
  }
}
