package io.pulso.server.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is wrong with models, settings and conditions, in the reader's language. The engine says it
/// in English and knows no other language; its words are recognised by the English of the texts
/// here. What is not known as a whole stays English.
final class Faults {
  private static final Pattern PART = Pattern.compile("\\{([a-z]+)}");
  private static final Pattern PLACE =
      Pattern.compile(
          "(?:(activity|group|band|test|event|source) ('[^']*'|\\d{1,6})|('[^']{1,70}')): (.+)",
          Pattern.DOTALL);
  private static final Pattern COLUMN =
      Pattern.compile("(?:line (\\d{1,6}), )?column (\\d{1,6}): (.+)", Pattern.DOTALL);
  private static final Pattern FILE =
      Pattern.compile("([\\w./-]{1,200}:\\d{1,6}: )(.+)", Pattern.DOTALL);
  private static final List<String> HINTS =
      List.of("hint_mean", "hint_one", "hint_hash", "hint_use");
  private static final int LONGEST = 600;
  private static final int MOST_PLACES = 6;

  private final Words words;
  private final List<Known> messages = new ArrayList<>();
  private final List<Known> hints = new ArrayList<>();
  private final List<Known> terms = new ArrayList<>();

  /// A text of the engine.
  ///
  /// @param parts their names in the order of its groups
  private record Known(String key, Pattern pattern, List<String> parts, int fixed) {
    static Known of(Words words, String key) {
      String english = words.form(Language.EN, key, false);
      List<String> parts = new ArrayList<>();
      StringBuilder regex = new StringBuilder();
      Matcher part = PART.matcher(english);
      int at = 0;
      int fixed = 0;
      while (part.find()) {
        regex.append(Pattern.quote(english.substring(at, part.start()))).append("(.+?)");
        fixed += part.start() - at;
        parts.add(String.valueOf(part.group(1)));
        at = part.end();
      }
      regex.append(Pattern.quote(english.substring(at)));
      return new Known(
          key,
          Pattern.compile(regex.toString(), Pattern.DOTALL),
          parts,
          fixed + english.length() - at);
    }
  }

  Faults(Words words) {
    this.words = words;
    for (String key : words.keys()) {
      if (key.startsWith("fault.kind_") || key.startsWith("fault.want_")) {
        terms.add(Known.of(words, key));
      } else if (key.startsWith("fault.")
          && !key.startsWith("fault.hint_")
          && !key.startsWith("fault.of_")
          && !key.startsWith("fault.at_")) {
        messages.add(Known.of(words, key));
      }
    }
    HINTS.forEach(hint -> hints.add(Known.of(words, "fault." + hint)));
    // What says most in words of its own comes first.
    messages.sort(Comparator.comparingInt(Known::fixed).reversed());
  }

  /// Faults, one a line, each perhaps with its file and line.
  String told(Language language, String faults) {
    return language == Language.EN
        ? faults
        : faults.lines().map(fault -> one(language, fault)).collect(Collectors.joining("\n"));
  }

  private String one(Language language, String fault) {
    Matcher file = FILE.matcher(fault);
    String before = file.matches() ? String.valueOf(file.group(1)) : "";
    String what = file.matches() ? String.valueOf(file.group(2)) : fault;
    String told = what.length() > LONGEST ? null : whole(language, what, MOST_PLACES);
    return before + (told == null ? what : told);
  }

  /// A place and what is wrong there; null where that is not known.
  private @Nullable String whole(Language language, String fault, int places) {
    Matcher column = COLUMN.matcher(fault);
    if (places > 0 && column.matches()) {
      String line = column.group(1);
      String at = String.valueOf(column.group(2));
      return behind(
          line == null
              ? say(language, "fault.at_column", List.of("column", at))
              : say(language, "fault.at_line", List.of("line", line, "column", at)),
          whole(language, String.valueOf(column.group(3)), places - 1));
    }
    Matcher place = PLACE.matcher(fault);
    if (places == 0 || !place.matches()) {
      return message(language, fault);
    }
    String kind = place.group(1);
    return behind(
        kind == null
            ? String.valueOf(place.group(3))
            : say(language, "fault.of_" + kind, List.of("word", String.valueOf(place.group(2)))),
        whole(language, String.valueOf(place.group(4)), places - 1));
  }

  private static @Nullable String behind(String place, @Nullable String rest) {
    return rest == null ? null : place + ": " + rest;
  }

  /// What is wrong, perhaps with a hint behind it.
  private @Nullable String message(Language language, String fault) {
    String told = find(language, messages, fault);
    for (int at = fault.lastIndexOf("; ");
        told == null && at > 0;
        at = fault.lastIndexOf("; ", at - 1)) {
      String hint = find(language, hints, fault.substring(at + 2));
      String what = hint == null ? null : message(language, fault.substring(0, at));
      told = what == null ? null : what + "; " + hint;
    }
    return told;
  }

  private @Nullable String find(Language language, List<Known> among, String text) {
    for (Known known : among) {
      Matcher found = known.pattern().matcher(text);
      if (found.matches()) {
        String told = filled(language, known, found);
        if (told != null) {
          return told;
        }
      }
    }
    return null;
  }

  private @Nullable String filled(Language language, Known known, Matcher found) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < known.parts().size(); i++) {
      String name = known.parts().get(i);
      String given = String.valueOf(found.group(i + 1));
      String part =
          switch (name) {
            case "kind", "otherkind", "wanted" -> term(language, given);
            case "field", "word", "bound" -> isOne(given) ? given : null;
            default -> given;
          };
      if (part == null) {
        return null;
      }
      parts.add(name);
      parts.add(part);
    }
    return say(language, known.key(), parts);
  }

  /// Whether it is one word of the file, and does not reach over its quotes.
  private static boolean isOne(String given) {
    return given.indexOf('\'') < 0;
  }

  private @Nullable String term(Language language, String text) {
    return text.startsWith("'") ? text : find(language, terms, text);
  }

  private String say(Language language, String key, List<String> parts) {
    return Words.fill(words.form(language, key, false), parts);
  }
}
