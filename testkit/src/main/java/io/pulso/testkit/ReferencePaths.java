package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Period;
import io.pulso.engine.session.PathCounter;
import io.pulso.engine.session.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The ways that sessions take, slow and obvious, as lines of text with a number.
public final class ReferencePaths {
  private ReferencePaths() {}

  /// In how many sessions each sequence is, how they go on from or to a step, and what pages saw.
  public static Map<String, Long> told(World world, Period period, PathCounter.Question question) {
    Map<String, Long> told = new TreeMap<>();
    for (List<Event> session : ReferenceSessions.of(world, period)) {
      told.merge("sessions", 1L, Long::sum);
      List<String> steps = plain(session);
      windows(steps, question).forEach(way -> told.merge("way " + way, 1L, Long::sum));
      List<String> flow = flow(steps, question);
      if (!flow.isEmpty()) {
        told.merge("flow " + flow, 1L, Long::sum);
      }
      List<Event> pages = session.stream().filter(event -> event.type() == EventType.PAGE).toList();
      pages.forEach(page -> told.merge("views " + text(page), 1L, Long::sum));
      if (!pages.isEmpty()) {
        told.merge("entries " + text(pages.getFirst()), 1L, Long::sum);
        told.merge("exits " + text(pages.getLast()), 1L, Long::sum);
      }
    }
    return told;
  }

  /// A step as a text.
  public static String text(Step step) {
    return step.type() + " " + step.text();
  }

  private static String text(Event event) {
    return switch (event.type()) {
      case TRACK -> "EVENT " + event.event();
      case SCREEN -> "SCREEN " + (event.name() == null ? "" : event.name());
      default -> "PAGE " + (event.name() == null ? place(event) : event.name());
    };
  }

  private static String place(Event event) {
    Json path = event.properties().get("path");
    return path instanceof Json.Str(String text) ? text : "";
  }

  private static List<String> plain(List<Event> session) {
    List<String> steps = new ArrayList<>();
    for (Event event : session) {
      String text = text(event);
      if (steps.isEmpty() || !steps.getLast().equals(text)) {
        steps.add(text);
      }
    }
    return steps;
  }

  private static boolean is(@Nullable String wanted, String step) {
    return wanted == null || step.substring(step.indexOf(' ') + 1).equals(wanted);
  }

  private static Set<List<String>> windows(List<String> steps, PathCounter.Question question) {
    Set<List<String>> found = new HashSet<>();
    for (int i = 0; i + question.length() <= steps.size(); i++) {
      List<String> way = List.copyOf(steps.subList(i, i + question.length()));
      if (is(question.start(), way.getFirst()) && is(question.end(), way.getLast())) {
        found.add(way);
      }
    }
    return found;
  }

  private static List<String> flow(List<String> steps, PathCounter.Question question) {
    boolean back = question.start() == null && question.end() != null;
    String wanted = back ? question.end() : question.start();
    List<String> left = steps;
    for (int i = 0; i < steps.size(); i++) {
      if (is(wanted, steps.get(i))) {
        left = new ArrayList<>(back ? steps.subList(0, i + 1) : steps.subList(i, steps.size()));
        if (back) {
          Collections.reverse(left);
        }
        List<String> way =
            new ArrayList<>(left.subList(0, Math.min(PathCounter.DEPTH, left.size())));
        if (way.size() < PathCounter.DEPTH) {
          way.add("edge");
        }
        return way;
      }
    }
    return List.of();
  }
}
