package io.pulso.engine.session;

/// One step of a way through a session: a page that was viewed, a screen, or what was done.
///
/// @param text the name, or the path of a page without one
public record Step(Type type, String text) implements Comparable<Step> {
  /// What it is.
  public enum Type {
    PAGE,
    SCREEN,
    EVENT
  }

  @Override
  public int compareTo(Step other) {
    int byText = text.compareTo(other.text);
    return byText != 0 ? byText : type.compareTo(other.type);
  }

  /// The path of an address: without the server, and without what follows `?` or `#`.
  public static String path(String address) {
    int end = address.length();
    for (char sign : new char[] {'?', '#'}) {
      int at = address.indexOf(sign);
      end = at < 0 ? end : Math.min(end, at);
    }
    String plain = address.substring(0, end);
    int server = plain.indexOf("://");
    if (server < 0) {
      return plain;
    }
    int path = plain.indexOf('/', server + 3);
    return path < 0 ? "/" : plain.substring(path);
  }
}
