package io.pulso.server.ingest;

import io.pulso.engine.json.JsonText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Takes out of JSON text what shall not be kept: values by the names of their keys, network
/// addresses, parameters of URLs. The text may be broken or cut off.
final class Scrubber {
  static final String REMOVED = "\"[removed]\"";

  /// Keys that let somebody write or prove who they are.
  private static final Set<String> ALWAYS = Set.of("writeKey", "api_key", "$token", "userToken");

  private static final Pattern FORM = Pattern.compile("(^|[&?\\s])([^=&\\s]{1,100})=([^&\\s]*)");
  private static final int LETTERS = 27;

  private final SourceRules.Ip ip;
  private final Urls urls;
  private final Set<String> names;

  /// Whether a name of these first and last letters may be among the names.
  private final boolean[] may = new boolean[LETTERS * LETTERS];

  /// Where a text comes from.
  enum Part {
    PROPERTIES,
    CONTEXT,
    TRAITS,
    /// A whole record that was rejected.
    BODY
  }

  /// Is told of the keys of the outermost object.
  interface Keys {
    void key(String text, int from, int to);
  }

  Scrubber(SourceRules rules) {
    this.ip = rules.ip();
    this.urls =
        new Urls(
            rules.parameters().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet()));
    this.names =
        Stream.concat(rules.redacted().stream(), ALWAYS.stream())
            .map(name -> normal(name, 0, name.length()))
            .collect(Collectors.toUnmodifiableSet());
    names.forEach(name -> may[bucket(name.charAt(0), name.charAt(name.length() - 1))] = true);
  }

  /// The text without what shall not be kept; the same one where there is nothing of it.
  String clean(String text, Part part, @Nullable Keys keys) {
    StringBuilder out = new StringBuilder(0);
    int done = 0;
    int depth = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '"') {
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        at++;
        continue;
      }
      int from = at + 1;
      int end = closing(text, at);
      int colon = blanks(text, end + 1);
      if (colon >= text.length() || text.charAt(colon) != ':') {
        at = end + 1;
        continue;
      }
      if (depth == 1 && keys != null) {
        keys.key(text, from, end);
      }
      int value = blanks(text, colon + 1);
      String other = other(text, from, Math.min(end, text.length()), value, depth, part);
      if (other == null) {
        at = value;
      } else {
        out.append(text, done, value).append(other);
        at = end(text, value);
        done = at;
      }
    }
    return done == 0 ? text : out.append(text, done, text.length()).toString();
  }

  /// The values of a form that shall not be kept are taken out as well.
  String body(String text) {
    int first = blanks(text, 0);
    if (first < text.length() && (text.charAt(first) == '{' || text.charAt(first) == '[')) {
      return clean(text, Part.BODY, null);
    }
    Matcher matcher = FORM.matcher(clean(text, Part.BODY, null));
    return matcher.replaceAll(found -> {
      String name = found.group(2);
      boolean kept = !isRemoved(name, 0, name.length());
      return Matcher.quoteReplacement(kept ? found.group() : found.group(1) + name + "=[removed]");
    });
  }

  /// What stands in place of a value; null when it stays.
  private @Nullable String other(String text, int from, int to, int value, int depth, Part part) {
    if (isRemoved(text, from, to)) {
      return REMOVED;
    }
    if (value >= text.length() || text.charAt(value) != '"') {
      return null;
    }
    boolean whole = part == Part.BODY;
    boolean outer = whole || (depth == 1 && part != Part.TRAITS);
    if (outer && (is(text, from, to, "ip") || is(text, from, to, "$ip"))) {
      return network(text, value);
    }
    boolean url = text.charAt(from) == '$' ? isTheirs(text, from, to) : isOurs(text, from, to);
    boolean there = outer || text.charAt(from) == '$' || (depth == 2 && part == Part.CONTEXT);
    return url && there ? url(text, value, is(text, from, to, "search"), part) : null;
  }

  private static boolean isOurs(String text, int from, int to) {
    return is(text, from, to, "url")
        || is(text, from, to, "referrer")
        || is(text, from, to, "path")
        || is(text, from, to, "search");
  }

  /// PostHog's names, such as `$current_url` and `$initial_referrer`.
  private static boolean isTheirs(String text, int from, int to) {
    String key = text.substring(from, to);
    return key.contains("url") || key.contains("referrer") || key.contains("pathname");
  }

  private @Nullable String network(String text, int value) {
    String said = inside(text, value);
    return switch (ip) {
      case KEEP -> null;
      case DROP -> REMOVED;
      case TRUNCATE -> quoted(network(said));
    };
  }

  /// The network of an address; what is none is taken out.
  static String network(String address) {
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      Arrays.fill(bytes, bytes.length == 4 ? 3 : 6, bytes.length, (byte) 0);
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (IllegalArgumentException | UnknownHostException e) {
      return "[removed]";
    }
  }

  /// @param search whether a query stands alone
  private @Nullable String url(String text, int value, boolean search, Part part) {
    String said = inside(text, value);
    String plain = part == Part.BODY && said.indexOf('\\') >= 0 ? unescaped(said) : said;
    boolean alone = search && !plain.startsWith("?");
    if (alone && part == Part.PROPERTIES) {
      return null; // what somebody searched for
    }
    String cleaned = alone ? urls.parameters(plain) : urls.clean(plain);
    return cleaned.equals(plain) ? null : '"' + cleaned + '"';
  }

  /// The signs that part a URL, which senders may escape.
  private static String unescaped(String text) {
    String out = text;
    for (char sign : new char[] {'?', '&', '=', '#', '/', '@'}) {
      out = out.replace("\\u%04x".formatted((int) sign), String.valueOf(sign));
      out = out.replace("\\u%04X".formatted((int) sign), String.valueOf(sign));
    }
    return out.replace("\\/", "/");
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder();
    JsonText.quote(text, out);
    return out.toString();
  }

  private static String inside(String text, int value) {
    return text.substring(value + 1, Math.min(closing(text, value), text.length()));
  }

  private static boolean is(String text, int from, int to, String name) {
    return to - from == name.length() && text.startsWith(name, from);
  }

  private boolean isRemoved(String text, int from, int to) {
    int first = from;
    int last = to - 1;
    while (first < last && isFiller(text.charAt(first))) {
      first++;
    }
    while (first < last && isFiller(text.charAt(last))) {
      last--;
    }
    if (first > last || last - first > 100) {
      return false;
    }
    boolean escaped = text.charAt(first) == '\\' || text.charAt(last) < 'A';
    if (!escaped && !may[bucket(text.charAt(first), text.charAt(last))]) {
      return false;
    }
    return names.contains(normal(text, from, to));
  }

  private static int bucket(char first, char last) {
    return letter(first) * LETTERS + letter(last);
  }

  private static int letter(char c) {
    int place = (c | 0x20) - 'a';
    return place >= 0 && place < LETTERS - 1 ? place : LETTERS - 1;
  }

  private static boolean isFiller(char c) {
    return c == '_' || c == '-' || c == '.' || c == ' ' || c == '$';
  }

  /// A name in lower case, without signs that part words; escaped letters are read.
  private static String normal(String text, int from, int to) {
    StringBuilder out = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 5 < to && text.charAt(i + 1) == 'u') {
        int code = code(text, i + 2);
        if (code >= 0) {
          c = (char) code;
          i += 5;
        }
      }
      if (!isFiller(c)) {
        out.append(Character.toLowerCase(c));
      }
    }
    return out.toString();
  }

  private static int code(String text, int from) {
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      code = code << 4 | digit;
    }
    return code;
  }

  /// The place of the quote that ends the string which begins there; the end where there is none.
  private static int closing(String text, int quote) {
    int at = quote + 1;
    while (at < text.length()) {
      int end = text.indexOf('"', at);
      if (end < 0) {
        return text.length();
      }
      int slashes = 0;
      while (end - slashes > quote + 1 && text.charAt(end - slashes - 1) == '\\') {
        slashes++;
      }
      if (slashes % 2 == 0) {
        return end;
      }
      at = end + 1;
    }
    return text.length();
  }

  private static int blanks(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    return at;
  }

  /// The place behind the value that begins there.
  private static int end(String text, int from) {
    int depth = 0;
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        at = Math.min(closing(text, at) + 1, text.length());
      } else if (c == '{' || c == '[') {
        depth++;
        at++;
      } else if (c == '}' || c == ']') {
        if (depth == 0) {
          return at;
        }
        depth--;
        at++;
      } else if (depth == 0 && (c == ',' || c <= ' ')) {
        return at;
      } else {
        at++;
        continue;
      }
      if (depth == 0) {
        return at;
      }
    }
    return at;
  }
}
