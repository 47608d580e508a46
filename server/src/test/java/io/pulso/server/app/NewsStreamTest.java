package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.people.People;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import io.pulso.server.people.Sessions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What tells open pages that there is something newer.
@Timeout(60)
class NewsStreamTest {
  private static final String MODEL =
      "name: use\nactivities:\n- {name: logins, match: event == \"Login\", points: 5}\n";

  @TempDir private Path folder;
  private @Nullable Running running;

  @BeforeEach
  void start() throws Exception {
    running = Running.on(folder, Map.of("use", MODEL));
  }

  @AfterEach
  void stop() {
    running().close();
  }

  private Running running() {
    return Objects.requireNonNull(running);
  }

  /// A page that listens.
  private record Page(Socket socket, BufferedReader lines, int status) implements AutoCloseable {
    /// Whether there are news before the stream ends.
    boolean hears() throws IOException {
      String line = lines.readLine();
      // The last chunk of an answer has no bytes.
      while (line != null && !line.equals("event: news") && !line.equals("0")) {
        line = lines.readLine();
      }
      return "event: news".equals(line);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private Page open(String cookie, String what) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), running().server().port());
    socket.setSoTimeout(30_000);
    socket
        .getOutputStream()
        .write(
            "GET /live/%s HTTP/1.1\r\nHost: localhost\r\nCookie: pulso=%s\r\n\r\n"
                .formatted(what, cookie)
                .getBytes(StandardCharsets.US_ASCII));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    int status = Integer.parseInt(lines.readLine().substring(9, 12));
    return new Page(socket, lines, status);
  }

  private Person person(String accounts) {
    return running()
        .server()
        .people()
        .add(new People.Wanted("ann@example.org", "Ann", Role.VIEWER, accounts, "en"));
  }

  private Sessions.Started session(Person person) {
    return running().server().sessions().start(person, "127.0.0.1");
  }

  private void login() throws Exception {
    String call = "{\"userId\":\"zq\",\"event\":\"Login\"}";
    String key = running().server().key("web");
    assertThat(running().post("/v1/track", key, call).statusCode()).isEqualTo(200);
  }

  @Test
  void an_open_page_hears_of_records_and_of_the_board_and_of_nobody() throws Exception {
    String cookie = session(person("")).cookieValue();
    try (Page records = open(cookie, "records");
        Page board = open(cookie, "board")) {
      login();
      assertThat(records.hears()).isTrue();
      assertThat(records.lines().readLine()).isEqualTo("data: newer");
      assertThat(board.hears()).isTrue();
      assertThat(board.lines().readLine()).isEqualTo("data: newer");
    }
  }

  @Test
  void who_sees_some_accounts_only_does_not_hear_of_records() throws Exception {
    String cookie = session(person("account.owner == me")).cookieValue();
    try (Page records = open(cookie, "records");
        Page board = open(cookie, "board");
        Page nothing = open(cookie, "nothing");
        Page nobody = open("nobody", "board")) {
      assertThat(records.status()).isEqualTo(403);
      assertThat(board.status()).isEqualTo(200);
      assertThat(nothing.status()).isEqualTo(404);
      assertThat(nobody.status()).isEqualTo(303);
    }
  }

  @Test
  void a_person_has_five_streams_and_one_that_was_left_does_not_count() throws Exception {
    String cookie = session(person("")).cookieValue();
    List<Page> pages = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      pages.add(open(cookie, "board"));
    }
    try (Page sixth = open(cookie, "records")) {
      assertThat(sixth.status()).isEqualTo(429);
    }
    // From page to page, quicker than any sign of life.
    for (int i = 0; i < 20; i++) {
      pages.removeFirst().close();
      pages.add(open(cookie, "board"));
      assertThat(pages.getLast().status()).isEqualTo(200);
    }
    for (Page page : pages) {
      page.close();
    }
  }

  @Test
  void a_stream_ends_with_its_session() throws Exception {
    Person ann = person("");
    Sessions.Started first = session(ann);
    Sessions.Started second = session(ann);
    try (Page one = open(first.cookieValue(), "records");
        Page two = open(second.cookieValue(), "records")) {
      running().server().sessions().end(first.session());
      assertThat(one.hears()).isFalse();
      login();
      assertThat(two.hears()).isTrue();
      running().server().people().change(ann.with(Role.ADMIN));
      assertThat(two.hears()).isFalse();
    }
  }

  @Test
  void many_streams_neither_hold_up_pages_nor_the_end_of_the_server() throws Exception {
    List<Page> pages = new ArrayList<>();
    String cookie = "";
    for (int i = 0; i < 40; i++) {
      Person one =
          running()
              .server()
              .people()
              .add(new People.Wanted("p" + i + "@example.org", "P", Role.VIEWER, "", "en"));
      cookie = session(one).cookieValue();
      for (int n = 0; n < 5; n++) {
        pages.add(open(cookie, "records"));
      }
    }
    try (Browser browser = new Browser(running().url())) {
      browser.cookies.put("pulso", cookie);
      assertThat(browser.get("/data").statusCode()).isEqualTo(200);
    }
    long began = System.nanoTime();
    running().server().close();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(9));
    for (Page page : pages) {
      assertThat(page.hears()).isFalse();
      page.close();
    }
  }
}
