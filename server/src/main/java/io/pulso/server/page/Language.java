package io.pulso.server.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  public static @Nullable Language of(@Nullable String code) {
    for (Language language : values()) {
      if (language.code().equals(code)) {
        return language;
      }
    }
    return null;
  }

  /// The one that a browser asks for most in its `Accept-Language`, else English.
  static Language accepted(@Nullable String header) {
    if (header == null || header.length() > 1_000) {
      return EN;
    }
    try {
      List<Locale> ours = new ArrayList<>();
      for (Language language : values()) {
        ours.add(Locale.of(language.code()));
      }
      Locale best = Locale.lookup(Locale.LanguageRange.parse(header), ours);
      Language found = best == null ? null : of(best.getLanguage());
      return found == null ? EN : found;
    } catch (IllegalArgumentException e) {
      return EN;
    }
  }
}
