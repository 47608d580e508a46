package io.pulso.server.app;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a browser does without its screen: it keeps cookies, says where a form comes from, and
/// sends the token that stands in the page. It follows no redirect by itself.
final class Browser implements AutoCloseable {
  private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" content=\"([^\"]*)\"");

  final Map<String, String> cookies = new LinkedHashMap<>();
  private final String url;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private String token = "";

  Browser(String url) {
    this.url = url;
  }

  String token() {
    return token;
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send(request(path).GET(), headers);
  }

  /// Sends a form as a page of the server does.
  HttpResponse<String> post(String path, Map<String, String> form)
      throws IOException, InterruptedException {
    Map<String, String> all = new LinkedHashMap<>(form);
    all.put("csrf", token);
    return bare(path, all, "Origin", url, "Sec-Fetch-Site", "same-origin");
  }

  /// Sends a form with these heads and nothing more.
  HttpResponse<String> bare(String path, Map<String, String> form, String... headers)
      throws IOException, InterruptedException {
    String body =
        form.entrySet().stream()
            .map(each ->
                each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        headers);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(Duration.ofSeconds(60))
        .header("Accept", "text/html");
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
      throws IOException, InterruptedException {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(each -> each.getKey() + "=" + each.getValue())
              .collect(Collectors.joining("; ")));
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    for (String cookie : response.headers().allValues("Set-Cookie")) {
      String[] both = cookie.split(";", 2)[0].split("=", 2);
      if (both[1].isEmpty()) {
        cookies.remove(both[0]);
      } else {
        cookies.put(both[0], both[1]);
      }
    }
    Matcher found = TOKEN.matcher(response.body());
    if (found.find()) {
      token = Objects.requireNonNull(found.group(1));
    }
    return response;
  }

  static String to(HttpResponse<String> response) {
    return response.headers().firstValue("Location").orElse("");
  }

  @Override
  public void close() {
    client.close();
  }
}
