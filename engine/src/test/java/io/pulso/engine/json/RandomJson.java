package io.pulso.engine.json;

import java.util.Random;

/// Random JSON texts in every way of writing them.
final class RandomJson {
  private static final String[] STRINGS = {
    "",
    "a",
    "\\u0041",
    "\\n",
    "é",
    "😀",
    "\\ud83d\\ude00",
    "\\ud800",
    "\\\"",
    "\\\\",
    "\\/",
    "\\u0000"
  };

  private RandomJson() {}

  static void append(Random random, StringBuilder out, int depth) {
    switch (random.nextInt(depth > 4 ? 4 : 6)) {
      case 0 -> number(random, out);
      case 1 -> string(random, out, "");
      case 2 -> out.append(new String[] {"true", "false", "null", " null "}[random.nextInt(4)]);
      case 3 -> out.append(random.nextInt(-5, 100));
      case 4 -> array(random, out, depth);
      default -> object(random, out, depth);
    }
  }

  private static void array(Random random, StringBuilder out, int depth) {
    out.append("[ ");
    for (int i = random.nextInt(4); i > 0; i--) {
      append(random, out, depth + 1);
      out.append(i > 1 ? " , " : "");
    }
    out.append("]");
  }

  private static void object(Random random, StringBuilder out, int depth) {
    out.append("{");
    for (int i = random.nextInt(4); i > 0; i--) {
      string(random, out, "k" + i);
      out.append(" : ");
      append(random, out, depth + 1);
      out.append(i > 1 ? "," : "");
    }
    out.append("\t}");
  }

  private static void string(Random random, StringBuilder out, String begin) {
    out.append('"').append(begin);
    for (int i = begin.isEmpty() ? random.nextInt(4) : 0; i > 0; i--) {
      out.append(STRINGS[random.nextInt(STRINGS.length)]);
    }
    out.append('"');
  }

  private static void number(Random random, StringBuilder out) {
    double d = random.nextGaussian() * Math.pow(10, random.nextInt(-20, 20));
    switch (random.nextInt(5)) {
      case 0 -> out.append(d);
      case 1 -> out.append(random.nextLong());
      case 2 ->
          out.append(random.nextInt(1000)).append('.').append(random.nextInt(1000)).append("00");
      case 3 -> out.append(random.nextInt(10)).append('e').append(random.nextInt(-30, 30));
      default -> out.append(new String[] {"0", "-0", "0.0", "-0.00", "0e5"}[random.nextInt(5)]);
    }
  }
}
