package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Which browser is opened, and that it gets the address.
final class BrowserWindowTest {
  @Test
  void a_screen_decides_what_opens_an_address() {
    assertThat(BrowserWindow.of("Mac OS X", Map.of()).command()).containsExactly("open");
    assertThat(BrowserWindow.of("Windows 11", Map.of()).command()).startsWith("rundll32");
    assertThat(BrowserWindow.of("Linux", Map.of("DISPLAY", ":0")).command())
        .containsExactly("xdg-open");
    assertThat(BrowserWindow.of("Linux", Map.of("WAYLAND_DISPLAY", "wayland-0")).command())
        .containsExactly("xdg-open");
  }

  @Test
  void without_a_screen_nothing_is_opened() {
    assertThat(BrowserWindow.of("Linux", Map.of())).isEqualTo(BrowserWindow.none());
    assertThat(BrowserWindow.of("Linux", Map.of("DISPLAY", ":0", "CI", "true")))
        .isEqualTo(BrowserWindow.none());
    assertThat(BrowserWindow.of("Mac OS X", Map.of("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22")))
        .isEqualTo(BrowserWindow.none());
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void the_browser_is_started_with_the_address(@TempDir Path folder) throws Exception {
    Path told = folder.resolve("told");
    new BrowserWindow(
            List.of(
                "sh", "-c", "printf %s \"$0\" > " + told + ".part && mv " + told + ".part " + told))
        .show("http://127.0.0.1:8080/welcome?key=a&b");
    while (!Files.exists(told)) {
      Thread.onSpinWait();
    }
    assertThat(told).hasContent("http://127.0.0.1:8080/welcome?key=a&b");
  }

  @Test
  void a_browser_that_is_not_there_is_no_fault() {
    new BrowserWindow(List.of("no-such-browser")).show("http://127.0.0.1:8080/");
  }
}
