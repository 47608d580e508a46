package io.pulso.server.ingest;

import java.util.Locale;
import java.util.Set;

/// Takes out of addresses of pages what may say more of a person than where they were.
final class Urls {
  private final Set<String> kept;

  /// @param kept the parameters that stay beside utm_*, in lower case
  Urls(Set<String> kept) {
    this.kept = kept;
  }

  /// A URL or path without user, password and parameters; the same text where it has none.
  String clean(String url) {
    int hash = url.indexOf('#');
    String page = hash < 0 ? url : url.substring(0, hash);
    String fragment = hash < 0 ? "" : fragment(url.substring(hash + 1));
    String found = withoutUser(query(page));
    String whole = fragment.isEmpty() ? found : found + '#' + fragment;
    return whole.equals(url) ? url : whole;
  }

  /// A fragment may hold a query as well, or be one.
  private String fragment(String text) {
    return text.indexOf('?') >= 0 || text.indexOf('=') < 0 ? query(text) : parameters(text);
  }

  private String query(String text) {
    int mark = text.indexOf('?');
    if (mark < 0) {
      return text;
    }
    String left = parameters(text.substring(mark + 1));
    return left.isEmpty() ? text.substring(0, mark) : text.substring(0, mark + 1) + left;
  }

  /// The parameters that may stay.
  String parameters(String query) {
    StringBuilder out = new StringBuilder();
    for (String each : query.split("&", -1)) {
      int mark = each.indexOf('=');
      String name = (mark < 0 ? each : each.substring(0, mark)).toLowerCase(Locale.ROOT);
      if (name.startsWith("utm_") || kept.contains(name)) {
        out.append(out.isEmpty() ? "" : "&").append(each);
      }
    }
    return out.toString();
  }

  private static String withoutUser(String url) {
    int host = url.indexOf("//");
    if (host < 0) {
      return url;
    }
    int end = url.indexOf('/', host + 2);
    int at = url.lastIndexOf('@', end < 0 ? url.length() : end);
    return at < host ? url : url.substring(0, host + 2) + url.substring(at + 1);
  }
}
