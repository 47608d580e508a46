package io.pulso.server.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A language in which the pages speak.
public enum Language {
  EN("en-US", "English"),
  ES("es-ES", "Español"),
  IT("it-IT", "Italiano"),
  ZH("zh-CN", "简体中文");

  private final Locale locale;
  private final String ownName;

  Language(String tag, String ownName) {
    this.locale = Locale.forLanguageTag(tag);
    this.ownName = ownName;
  }

  /// Its code, as models and the texts of pages use it.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Locale locale() {
    return locale;
  }

  /// Its name in itself.
  public String ownName() {
    return ownName;
  }

  /// The codes of all.
  public static List<String> codes() {
    return Stream.of(values()).map(Language::code).toList();
  }

  /// Those of some codes.
  static List<Language> of(List<String> codes) {
    return Stream.of(values()).filter(language -> codes.contains(language.code())).toList();
  }

  public static @Nullable Language of(@Nullable String code) {
    for (Language language : values()) {
      if (language.code().equals(code)) {
        return language;
      }
    }
    return null;
  }

  /// The one that a browser asks for most in its `Accept-Language`, else the first.
  ///
  /// @param codes of those that are offered
  static Language accepted(@Nullable String header, List<String> codes) {
    Language first = codes.isEmpty() ? null : of(codes.getFirst());
    Language otherwise = first == null ? EN : first;
    if (header == null || header.length() > 1_000) {
      return otherwise;
    }
    try {
      List<Locale> ours = codes.stream().map(Locale::of).toList();
      Locale best = Locale.lookup(Locale.LanguageRange.parse(header), ours);
      Language found = best == null ? null : of(best.getLanguage());
      return found == null ? otherwise : found;
    } catch (IllegalArgumentException e) {
      return otherwise;
    }
  }
}
