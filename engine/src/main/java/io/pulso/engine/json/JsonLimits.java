package io.pulso.engine.json;

import io.pulso.engine.json.JsonFault.Kind;
import java.util.Arrays;

/// The bounds of one JSON value that is being read: depth, number of keys, and no key twice in an
/// object. Used for one value after another by [#reset()].
public final class JsonLimits {
  public static final int DEPTH = 32;
  public static final int KEYS = 256;

  private final int most;
  private String[] open = new String[KEYS];
  private final int[] firstOfObject = new int[DEPTH + 1];
  private int depth;
  private int held;
  private int seen;

  public JsonLimits() {
    this(KEYS);
  }

  /// Bounds of values that hold many others.
  ///
  /// @param keys the most keys in all
  public JsonLimits(int keys) {
    most = keys;
  }

  public void reset() {
    depth = 0;
    held = 0;
    seen = 0;
  }

  /// An object or array begins.
  public void enter() throws JsonFault {
    if (depth == DEPTH) {
      throw new JsonFault(Kind.TOO_DEEP, "nested deeper than " + DEPTH);
    }
    depth++;
    firstOfObject[depth] = held;
  }

  /// An object or array ends.
  public void leave() {
    held = firstOfObject[depth];
    depth--;
  }

  /// A key of the innermost object.
  public void key(String key) throws JsonFault {
    int hash = key.hashCode();
    for (int i = firstOfObject[depth]; i < held; i++) {
      String other = open[i];
      if (other.hashCode() == hash && other.equals(key)) {
        throw new JsonFault(Kind.DUPLICATE_KEY, "the key \"" + brief(key) + "\" is there twice");
      }
    }
    if (seen == most) {
      throw new JsonFault(Kind.TOO_MANY_KEYS, "more than " + most + " keys");
    }
    seen++;
    if (held == open.length) {
      open = Arrays.copyOf(open, 2 * held);
    }
    open[held++] = key;
  }

  private static String brief(String key) {
    return key.length() <= 80 ? key : JsonText.clean(key.substring(0, 80)) + "…";
  }
}
