package io.pulso.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.pulso.server.app.SampleServer;
import io.pulso.server.people.OidcProvider;
import io.pulso.server.people.People;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Signing in with an identity provider, by clicking. The provider is at `localhost` and the server
/// at `127.0.0.1`, which are two sites to a browser.
@Timeout(120)
class ProviderJourneyTest {
  private static final String PASSWORD = "correct horse battery";

  @RegisterExtension final InBrowser browser = new InBrowser();
  @TempDir private Path folder;
  private OidcProvider provider;
  private SampleServer company;
  private String url = "";

  @BeforeEach
  void start() throws Exception {
    provider = new OidcProvider(Clock.systemUTC());
    int port = free();
    url = "http://127.0.0.1:" + port;
    company =
        SampleServer.empty(
            folder,
            Map.of(
                "port",
                String.valueOf(port),
                "public_url",
                url,
                "oidc_issuer",
                provider.issuer().toString(),
                "oidc_client_id",
                OidcProvider.CLIENT,
                "oidc_name",
                "Example ID",
                "oidc_role_claim",
                "groups",
                "oidc_roles",
                "team/data=analyst",
                "outgoing_hosts",
                "localhost"));
    Objects.requireNonNull(company.server().team().oidc()).secret().put(OidcProvider.SECRET);
    String link = URI.create(Objects.requireNonNull(company.server().welcome())).getPath();
    company
        .server()
        .team()
        .links()
        .begin(
            link.substring(link.lastIndexOf('/') + 1),
            new People.Wanted("root@example.org", "Root", Role.ADMIN, "", "en"),
            PASSWORD,
            "127.0.0.1");
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @AfterEach
  void stop() {
    company.close();
    provider.close();
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private Page atProvider(Look look, String button) {
    Page page = browser.open(url + "/accounts", look);
    assertThat(page).hasURL(url + "/sign-in?to=%2Faccounts");
    page.getByRole(AriaRole.LINK, named(button)).click();
    assertThat(page.locator("h1")).hasText("Provider");
    assertThat(page.url()).startsWith(provider.issuer().toString());
    return page;
  }

  private static void goOn(Page page) {
    page.getByRole(AriaRole.LINK, named("Go on")).click();
  }

  @Test
  void somebody_comes_in_with_the_role_that_the_provider_tells() {
    provider.said = claims -> claims.claim("groups", List.of("other", "team/data"));
    Page page = atProvider(Look.LIGHT, "Sign in with Example ID");
    goOn(page);
    assertThat(page).hasURL(url + "/accounts");
    assertThat(page.locator("nav, aside").first()).containsText("Ann Example");
    page.navigate(url + "/settings/me");
    assertThat(page.locator("main")).containsText("ann-at-provider@example.org");
    Person ann =
        Objects.requireNonNull(company.server().people().byEmail("ann-at-provider@example.org"));
    assertThat(ann.role()).isEqualTo(Role.ANALYST);
    assertThat(page.locator("a[href='/settings/people']").count()).isZero();
    assertThat(page.navigate(url + "/models/-propose").status()).isEqualTo(200);
    browser.expectError("403");
    assertThat(page.navigate(url + "/settings/people").status()).isEqualTo(403);
  }

  @Test
  void whom_the_provider_or_this_server_refuses_reads_why() {
    browser.expectError("401");
    Page page = atProvider(Look.DARK.in("zh").onPhone(), "使用 Example ID 登录");
    page.getByRole(AriaRole.LINK, named("Refuse")).click();
    assertThat(page.locator("[role=alert]")).containsText("身份提供商拒绝了此次登录");
    assertThat(page.locator("#password")).isVisible();
    InBrowser.isAccessible(page);
    InBrowser.fits(page);
    InBrowser.picture(page, "provider-refused-zh-dark-phone");
    provider.said = claims -> claims.claim("email", "root@example.org");
    Page other = atProvider(Look.LIGHT, "Sign in with Example ID");
    goOn(other);
    assertThat(other.locator("[role=alert]"))
        .containsText("There is somebody with your e-mail address here already.");
    assertThat(company.server().people().list()).hasSize(1);
    InBrowser.picture(other, "provider-refused-en-light");
  }

  @Test
  void somebody_who_is_signed_in_links_the_provider_and_comes_in_by_it() {
    Page page = browser.open(url + "/sign-in");
    page.locator("#email").fill("root@example.org");
    page.locator("#password").fill(PASSWORD);
    page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
    assertThat(page).hasURL(url + "/");
    page.navigate(url + "/settings/me");
    page.locator("form[action='/settings/me/provider'] button").click();
    page.locator("main a[href^='" + provider.issuer() + "']").click();
    goOn(page);
    assertThat(page).hasURL(url + "/settings/me");
    Page again = atProvider(Look.LIGHT, "Sign in with Example ID");
    goOn(again);
    assertThat(again).hasURL(url + "/accounts");
    again.navigate(url + "/settings/me");
    assertThat(again.locator("main")).containsText("root@example.org");
    assertThat(company.server().people().list()).hasSize(1);
  }
}
