package io.pulso.server.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

/// How a page is looked at.
///
/// @param dark whether the system prefers dark colours
/// @param language of the browser, such as `en-GB`
/// @param phone whether the screen is that of a phone, 390 by 844
public record Look(boolean dark, String language, boolean phone) {
  public static final Look LIGHT = new Look(false, "en-GB", false);
  public static final Look DARK = LIGHT.inTheDark();

  public Look inTheDark() {
    return new Look(true, language, phone);
  }

  public Look onPhone() {
    return new Look(dark, language, true);
  }

  public Look in(String other) {
    return new Look(dark, other, phone);
  }

  Browser.NewContextOptions options() {
    Browser.NewContextOptions options =
        new Browser.NewContextOptions()
            .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT)
            .setLocale(language)
            .setReducedMotion(ReducedMotion.REDUCE)
            .setTimezoneId("UTC");
    return phone
        ? options
            .setViewportSize(390, 844)
            .setDeviceScaleFactor(1)
            .setHasTouch(true)
            .setIsMobile(true)
        : options.setViewportSize(1440, 900);
  }

  /// For the names of pictures: `zh-dark-phone`.
  @Override
  public String toString() {
    return language.split("-", 2)[0] + (dark ? "-dark" : "-light") + (phone ? "-phone" : "");
  }
}
