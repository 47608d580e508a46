package io.pulso.bench;

import com.sun.management.OperatingSystemMXBean;
import io.pulso.engine.model.Model;
import io.pulso.server.app.Server;
import io.pulso.server.app.ServerSettings;
import io.pulso.server.app.Workspace;
import io.pulso.server.people.People;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import io.pulso.server.people.Session;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/// Measures how long a real server takes for its pages, asked one after another over the loopback.
///
/// `PageRate WORKSPACE [TIMES] [PATH …]`; the workspace has imported events, and the clock says
/// that it is noon of the day after the last of them. What is counted in the background is stored
/// there. A path may also be `/customers/{id}`, of another customer each time, or begin with
/// `cel:`, for the list of the customers for whom that holds, or with `data:`, for the newest
/// records with that text.
public final class PageRate {
  private static final List<String> PATHS =
      List.of("/", "/overview", "/overview?days=90", "/overview/bands.csv");
  private static final OperatingSystemMXBean CPU =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final String EMAIL = "page-rate@example.com";

  private PageRate() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Workspace workspace = Workspace.open(Path.of(args[0]));
    int times = args.length > 1 ? Integer.parseInt(args[1]) : 200;
    List<String> paths = args.length > 2 ? Arrays.asList(args).subList(2, args.length) : PATHS;
    ServerSettings settings = ServerSettings.of(Map.of("port", "0"), Map.of());
    long began = System.nanoTime();
    try (Server server = new Server(workspace, settings, noon(workspace));
        HttpClient client = HttpClient.newHttpClient()) {
      String cookie = "pulso=" + cookie(server);
      System.out.println("started after " + seconds(began));
      ask(client, server, cookie, "/overview");
      while (server.site().glances().board().glances().stream().anyMatch(g -> g.present() == null)
          || server.site().glances().board().number() == 0) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
      System.out.println("the present is there after " + seconds(began));
      while (!server.site().glances().isReady()) {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
      System.out.println("all days are there after " + seconds(began));
      List<String> customers = customers(server);
      for (String wanted : paths) {
        String path = address(client, server, cookie, wanted);
        for (int i = 0; i < 20; i++) {
          ask(client, server, cookie, one(path, customers));
        }
        Waits waits = new Waits();
        int bytes = 0;
        long worked = CPU.getProcessCpuTime();
        for (int i = 0; i < times; i++) {
          String now = one(path, customers);
          long asked = System.nanoTime();
          bytes = ask(client, server, cookie, now);
          waits.add(System.nanoTime() - asked);
        }
        System.out.println(
            Report.text(
                    "%-24s %,9d bytes  %.1f ms of processor time, ",
                    wanted, bytes, (CPU.getProcessCpuTime() - worked) / 1e6 / times)
                + waits.text());
      }
    }
  }

  private static String seconds(long began) {
    return Report.text("%.1f s", (System.nanoTime() - began) / 1e9);
  }

  private static Clock noon(Workspace workspace) {
    try (Store store = workspace.store();
        View view = store.now()) {
      int day = view.lastDay().orElseThrow() + 1;
      Instant noon =
          Instant.ofEpochSecond(store.days().start(day) / 1_000_000).plus(Duration.ofHours(12));
      return Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), noon));
    }
  }

  private static String cookie(Server server) {
    Person found = server.people().byEmail(EMAIL);
    Person person =
        found != null
            ? found
            : server.people().add(new People.Wanted(EMAIL, "Page Rate", Role.MANAGER, "", "en"));
    return server.sessions().start(person, "127.0.0.1").cookieValue();
  }

  /// Where something is shown; filters are kept first, as a form does.
  private static String address(HttpClient client, Server server, String cookie, String wanted)
      throws IOException, InterruptedException {
    boolean list = wanted.startsWith("cel:");
    if (!list && !wanted.startsWith("data:")) {
      return wanted;
    }
    String page = list ? "/customers" : "/data";
    String text = wanted.substring(wanted.indexOf(':') + 1);
    String root = "http://127.0.0.1:" + server.port();
    Session session = server.sessions().find(cookie.substring(cookie.indexOf('=') + 1));
    String form =
        "csrf=%s&%s=%s"
            .formatted(
                Objects.requireNonNull(session).csrf(),
                list ? "cel" : "q",
                URLEncoder.encode(text, StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(root + page + "/filter"))
            .header("Cookie", cookie)
            .header("Origin", root)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    return answer
        .headers()
        .firstValue("Location")
        .orElseThrow(() -> new IOException(wanted + " gave " + answer.statusCode()));
  }

  /// The address with another customer each time.
  private static String one(String path, List<String> customers) {
    int which = ThreadLocalRandom.current().nextInt(customers.size());
    return path.replace("{id}", customers.get(which));
  }

  /// Customers as addresses name them.
  private static List<String> customers(Server server) {
    try (Store store = server.site().parts().store().beside();
        View view = store.now()) {
      int[] numbers = view.population(Model.Subject.CUSTOMER).numbers();
      return ThreadLocalRandom.current()
          .ints(1_000, 0, numbers.length)
          .mapToObj(row -> store.opaqueIds().of(Model.Subject.CUSTOMER, numbers[row]))
          .toList();
    }
  }

  private static int ask(HttpClient client, Server server, String cookie, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Cookie", cookie)
            .build();
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(path + " gave " + answer.statusCode());
    }
    return answer.body().length;
  }
}
