package io.pulso.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.pulso.server.people.Role;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The first minutes of a workspace: nothing is there, until the first event arrives.
class DataStartTest extends DataWorld {
  private static final Pattern SERVER_KEY = Pattern.compile("-u '(sec_[^:]+):'");

  @Test
  void an_empty_workspace_shows_how_to_send_and_to_viewers_whom_to_ask() throws Exception {
    Page viewer = open("/data", Role.VIEWER);
    assertThat(viewer.innerText("#way-server")).contains("WRITE_KEY", company().url());
    assertThat(viewer.innerText("#ways")).contains("Ask an administrator");

    Page page = open("/data", Role.ADMIN);
    page.locator("#way-server:has-text('sec_')").waitFor();
    assertThat(page.innerText("#way-site")).contains("/pulso.js\" data-key=\"pub_");
    Matcher key = SERVER_KEY.matcher(page.innerText("#way-server"));
    assertThat(key.find()).isTrue();
    page.reload();
    assertThat(page.innerText("#way-server")).contains(key.group(1));
    InBrowser.isAccessible(page);
    InBrowser.picture(page, "data/start-en-light");
    for (Look look : java.util.List.of(Look.DARK.in("zh").onPhone(), Look.LIGHT.in("es"))) {
      Page other = open("/data", Role.ADMIN, look);
      InBrowser.isAccessible(other);
      InBrowser.picture(other, "data/start-" + look);
    }

    track(key.group(1), "Signed Up", "user-17");
    PlaywrightAssertions.assertThat(viewer.locator("#live-rows li")).hasCount(1);
    assertThat(viewer.innerText("#live-rows")).contains("Signed Up", "user-17", "server");

    Page later = open("/data/sources", Role.ADMIN);
    assertThat(later.innerText("#part")).contains("website", "server").doesNotContain("sec_");
  }
}
