package io.pulso.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.ingest.SourceRules.Ip;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.RejectReason;
import io.pulso.server.store.Rejected;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is not kept of what people's devices tell.
class PrivacyTest {
  private OpenDoors doors;

  @BeforeEach
  void open() {
    doors = new OpenDoors();
  }

  @AfterEach
  void close() {
    doors.close();
  }

  private Incoming stored(String rest) {
    doors.clear();
    HttpResponse<String> answer =
        doors.post("/v1/track", "{\"userId\":\"ann\",\"event\":\"E\"," + rest + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return doors.only();
  }

  private String context(String fields) {
    return String.valueOf(stored("\"context\":{" + fields + "}").context());
  }

  private String properties(String fields) {
    return String.valueOf(stored("\"properties\":{" + fields + "}").properties());
  }

  private Rejected rejected(String path, String body) {
    doors.clear();
    doors.post(path, body);
    assertThat(doors.rejects()).hasSize(1);
    return doors.rejects().getFirst();
  }

  @Test
  void of_addresses_only_the_network_is_kept() {
    assertThat(context("\"ip\":\"203.0.113.77\"")).isEqualTo("{\"ip\":\"203.0.113.0\"}");
    assertThat(context("\"ip\":\"2001:db8:1:2:3:4:5:6\""))
        .isEqualTo("{\"ip\":\"2001:db8:1:0:0:0:0:0\"}");
    assertThat(context("\"ip\":\"::ffff:203.0.113.77\"")).isEqualTo("{\"ip\":\"203.0.113.0\"}");
    assertThat(context("\"ip\":\"203.0.113.77, 10.0.0.1\"")).isEqualTo("{\"ip\":\"[removed]\"}");
    assertThat(context("\"ip\":\"host.example\"")).isEqualTo("{\"ip\":\"[removed]\"}");
    assertThat(context("\"device\":{\"ip\":7},\"ip\":null"))
        .isEqualTo("{\"device\":{\"ip\":7},\"ip\":null}");
    doors.keys.put("secret", server(Ip.KEEP));
    assertThat(context("\"ip\":\"203.0.113.77\"")).isEqualTo("{\"ip\":\"203.0.113.77\"}");
    doors.keys.put("secret", server(Ip.DROP));
    assertThat(context("\"ip\":\"203.0.113.77\"")).isEqualTo("{\"ip\":\"[removed]\"}");
  }

  private static Key server(Ip ip) {
    return Key.server("k", "shop", 0).under(Rules.keeping(ip, Set.of(), Set.of("hobby")));
  }

  @Test
  void of_urls_only_campaigns_and_named_parameters_are_kept() {
    assertThat(
            context(
                "\"page\":{\"url\":\"https://u:p@x.example/a?email=a%40b.c&UTM_Source=n&q=1#s\",\"referrer\":\"https://y.example/?token=1\",\"search\":\"?utm_term=a&x=2\",\"path\":\"/a\",\"title\":\"a?b=c\"}"))
        .isEqualTo(
            "{\"page\":{\"url\":\"https://x.example/a?UTM_Source=n#s\",\"referrer\":\"https://y.example/\",\"search\":\"?utm_term=a\",\"path\":\"/a\",\"title\":\"a?b=c\"}}");
    assertThat(
            properties(
                "\"url\":\"/p?x=\\\"1\\\"&y\",\"path\":\"/p?x\",\"search\":\"red shoes?\",\"note\":\"why?a=b\",\"items\":[{\"url\":\"/i?v=2\"}]"))
        .isEqualTo(
            "{\"url\":\"/p\",\"path\":\"/p\",\"search\":\"red shoes?\",\"note\":\"why?a=b\",\"items\":[{\"url\":\"/i?v=2\"}]}");
    assertThat(properties("\"url\":\"https://x/#access_token=1&state=2\""))
        .isEqualTo("{\"url\":\"https://x/\"}");
    assertThat(properties("\"url\":\"https://x/#/route?id=1\""))
        .isEqualTo("{\"url\":\"https://x/#/route\"}");
    doors.keys.put(
        "secret", Key.server("k", "shop", 0).under(Rules.keeping(Ip.KEEP, Set.of("Q"), Set.of())));
    assertThat(properties("\"url\":\"/p?x=1&q=shoes\"")).isEqualTo("{\"url\":\"/p?q=shoes\"}");
  }

  @Test
  void posthogs_addresses_are_cut_as_well() {
    doors.post(
        "/e",
        "{\"event\":\"$pageview\",\"distinct_id\":\"d\",\"api_key\":\"secret\",\"properties\":{\"$ip\":\"203.0.113.77\",\"$current_url\":\"https://x/?mail=a\",\"$set_once\":{\"$initial_referrer\":\"https://y/?b=1\"}}}");
    assertThat(doors.only().properties())
        .isEqualTo(
            "{\"$ip\":\"203.0.113.0\",\"$current_url\":\"https://x/\",\"$set_once\":{\"$initial_referrer\":\"https://y/\"}}");
  }

  @Test
  void values_of_certain_names_are_removed_at_any_depth() {
    assertThat(
            properties(
                "\"Password\":\"a\",\"a\":[{\"card-number\":4111,\"b\":{\"IBAN\":{\"x\":[1,\"}\"]},\"c\":1}}],\"passwords\":2,\"token\":null,\"value\":3"))
        .isEqualTo(
            "{\"Password\":\"[removed]\",\"a\":[{\"card-number\":\"[removed]\",\"b\":{\"IBAN\":\"[removed]\",\"c\":1}}],\"passwords\":2,\"token\":\"[removed]\",\"value\":3}");
    assertThat(doors.only().value()).isEqualTo(3);
    assertThat(context("\"app\":{\"api_key\":\"x\",\"n\":1}"))
        .isEqualTo("{\"app\":{\"api_key\":\"[removed]\",\"n\":1}}");
    doors.clear();
    doors.post("/v1/identify", "{\"userId\":\"ann\",\"traits\":{\"pin\":\"1\",\"name\":\"Ann\"}}");
    assertThat(doors.only().traits()).isEqualTo("{\"pin\":\"[removed]\",\"name\":\"Ann\"}");
    doors.keys.put("secret", server(Ip.KEEP));
    assertThat(properties("\"hobby\":\"chess\",\"password\":\"x\""))
        .isEqualTo("{\"hobby\":\"[removed]\",\"password\":\"x\"}");
  }

  @Test
  void rejected_bodies_are_kept_without_them_too() {
    String secrets =
        "\"pass\\u0077ord\":\"hush\",\"card\":[1,{\"n\":\"hush\"}],\"ip\":\"203.0.113.77\",\"url\":\"https://x/?a=hush\\u0026utm_a\\u003d1\"";
    Rejected broken = rejected("/v1/track", "{\"event\":\"E\",\"properties\":{" + secrets + "}}");
    assertThat(broken.reason()).isEqualTo(RejectReason.NO_ID);
    assertThat(broken.body())
        .contains("\"event\":\"E\"", "\"[removed]\"", "203.0.113.0", "https://x/?utm_a=1")
        .doesNotContain("hush", "203.0.113.77");
    assertThat(rejected("/v1/track", "{\"properties\":{" + secrets + ", !").body())
        .doesNotContain("hush", "203.0.113.77")
        .contains("\"properties\":{");
    assertThat(rejected("/v1/track", "{\"event\":\"E\",\"password\" : \"hu\\\"sh").body())
        .isEqualTo("{\"event\":\"E\",\"password\" : \"[removed]\"");
    assertThat(rejected("/v1/track", "name=x&password=hush&writeKey=secret&a=b").body())
        .isEqualTo("name=x&password=[removed]&writeKey=[removed]&a=b");
    assertThat(rejected("/v1/track", "{\"userToken\":\"hush\"}").body()).doesNotContain("hush");
  }

  @Test
  void a_key_whose_text_is_cut_off_is_removed_from_a_rejected_body() {
    String body =
        "{\"a\":\"" + "x".repeat(8 * 1024 - 25) + "\",\"writeKey\":\"secretsecretsecret\"}";
    assertThat(rejected("/v1/track", body).body())
        .doesNotContain("secret")
        .contains("x\",\"writeKey\":\"[r");
  }

  @Test
  void who_declined_is_counted_and_never_kept() {
    doors.keys.put("secret", Key.server("k", "shop", 0).under(Rules.asking("Analytics")));
    String no =
        "\"context\":{\"consent\":{\"categoryPreferences\":{\"Ads\":true,\"Analytics\":false}}}";
    String yes = no.replace("false", "true");
    String call = "{\"type\":\"track\",\"userId\":\"ann\",\"event\":\"E\"";
    HttpResponse<String> declined = doors.post("/v1/track", call + "," + no + "}");
    assertThat(declined.statusCode()).isEqualTo(400);
    assertThat(declined.body()).contains("\"reason\":\"no_consent\"");
    assertThat(doors.arrivals.toString()).doesNotContain("ann", "categoryPreferences");
    assertThat(doors.rejects()).singleElement().matches(r -> r.reason() == RejectReason.NO_CONSENT);
    assertThat(doors.post("/v1/track", call + "," + yes + "}").statusCode()).isEqualTo(200);
    assertThat(doors.post("/v1/track", call + "}").statusCode()).isEqualTo(200);
    doors.clear();
    String batch = "{\"batch\":[%s},%s,%s},{\"event\":\"bad\"}]," + no + "}";
    HttpResponse<String> mixed =
        doors.post("/v1/batch?verbose=1", batch.formatted(call, call, yes));
    assertThat(mixed.statusCode()).as(mixed.body()).isEqualTo(200);
    assertThat(doors.rows()).hasSize(1);
    assertThat(doors.rejects())
        .hasSize(2)
        .allMatch(r -> r.reason() == RejectReason.NO_CONSENT && r.body().isEmpty());
  }

  /// Bodies of formats without a context; `%s` stands where properties may tell of consent.
  static List<Arguments> without_a_context() {
    return List.of(
        Arguments.of(
            "/capture",
            "{'api_key':'secret','event':'E','distinct_id':'ann','properties':{'a':1%s}}"),
        Arguments.of(
            "/capture",
            "{'api_key':'secret','event':'$identify','distinct_id':'ann','$set':{'plan':'pro'},'properties':{'$anon_distinct_id':'phone'%s}}"),
        Arguments.of(
            "/batch",
            "{'api_key':'secret','batch':[{'event':'$pageview','properties':{'distinct_id':'ann'%s}}]}"),
        Arguments.of(
            "/v1/cloudevents",
            "{'specversion':'1.0','id':'1','source':'/shop','type':'E','subject':'ann','data':{'a':1%s}}"),
        Arguments.of(
            "/v1/cloudevents",
            "[{'specversion':'1.0','id':'2','source':'/shop','type':'E','subject':'ann','data':{'a':1%s}}]"));
  }

  @ParameterizedTest
  @MethodSource("without_a_context")
  void who_declined_in_properties_of_an_event_without_a_context_is_counted_and_never_kept(
      String path, String body) {
    doors.keys.put("secret", Key.server("k", "shop", 0).under(Rules.asking("Analytics")));
    String said = "'consent':{'categoryPreferences':{'Ads':%s,'Analytics':%s}}";
    for (String no : List.of("false", "'FALSE'")) {
      String own = said.formatted("true", no);
      for (String place : List.of("," + own, ",'context':{" + own + "}")) {
        doors.clear();
        doors.post(path, body.formatted(place).replace('\'', '"'));
        assertThat(doors.rejects())
            .as(place)
            .singleElement()
            .matches(r -> r.reason() == RejectReason.NO_CONSENT && r.body().isEmpty());
        assertThat(doors.arrivals.toString()).doesNotContain("ann");
      }
    }
    for (String place :
        List.of(
            "",
            "," + said.formatted("false", "true"),
            ",'consent':{'categoryPreferences':{'analytics':false}}",
            ",'consent':false,'context':'no'",
            ",'consent':{'categoryPreferences':[false]}",
            ",'Analytics':false")) {
      doors.clear();
      HttpResponse<String> answer = doors.post(path, body.formatted(place).replace('\'', '"'));
      assertThat(answer.statusCode()).as(place + answer.body()).isEqualTo(200);
      assertThat(doors.rows()).as(place).hasSize(1);
    }
  }

  @Test
  void a_binary_cloud_event_tells_of_consent_in_its_data() {
    doors.keys.put("secret", Key.server("k", "shop", 0).under(Rules.asking("Analytics")));
    String data = "{\"context\":{\"consent\":{\"categoryPreferences\":{\"Analytics\":false}}}}";
    HttpResponse<String> answer =
        doors.post(
            "/v1/cloudevents",
            data.getBytes(StandardCharsets.UTF_8),
            "Authorization",
            "Bearer secret",
            "Content-Type",
            "application/json",
            "ce-specversion",
            "1.0",
            "ce-id",
            "3",
            "ce-source",
            "/shop",
            "ce-type",
            "E",
            "ce-subject",
            "ann");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("no_consent");
    assertThat(doors.arrivals.toString()).doesNotContain("ann", "categoryPreferences");
  }

  @Test
  void properties_of_a_segment_call_are_no_place_to_tell_of_consent() {
    doors.keys.put("secret", Key.server("k", "shop", 0).under(Rules.asking("Analytics")));
    assertThat(
            stored("\"properties\":{\"consent\":{\"categoryPreferences\":{\"Analytics\":false}}}")
                .properties())
        .contains("categoryPreferences");
  }

  @Test
  void what_cannot_be_read_is_not_kept_where_somebody_may_have_declined() {
    doors.keys.put("secret", Key.server("k", "shop", 0).under(Rules.asking("Analytics")));
    for (String body :
        List.of(
            "{\"event\":\"E\",\"context\":{\"consent\":{\"categoryPreferences\":{\"Analytics\" : false}}},\"x\":\"hush\",",
            "{\"event\":\"E\",\"x\":\"hush\",\"context\":{\"consent\":{\"categoryPreferences\":{\"Analytics\":false}}}}",
            "{\"x\":\"hush" + "x".repeat(600_000))) {
      doors.clear();
      doors.post("/v1/track", body.getBytes(StandardCharsets.UTF_8));
      assertThat(doors.rejects()).hasSize(1);
      assertThat(doors.arrivals.toString()).doesNotContain("hush");
    }
    assertThat(rejected("/v1/track", "{\"event\":\"E\",\"x\":\"seen\"}").body()).contains("seen");
  }

  @Test
  void a_source_tells_its_channel_and_what_browsers_may_not_send() {
    doors.keys.put("secret", server(Ip.KEEP));
    assertThat(stored("\"properties\":{\"a\":1}").channel()).isEqualTo("kiosk");
    doors.keys.put(
        "public",
        Key.browser("b", "web", Set.of(), 0).under(Rules.keeping(Ip.KEEP, Set.of(), Set.of())));
    byte[] mine = "{\"userId\":\"a\",\"event\":\"My Money\"}".getBytes(StandardCharsets.UTF_8);
    byte[] theirs = "{\"userId\":\"a\",\"event\":\"Trial Ended\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(doors.post("/v1/track", mine, "Authorization", "Bearer public").statusCode())
        .isEqualTo(403);
    assertThat(doors.post("/v1/track", theirs, "Authorization", "Bearer public").statusCode())
        .isEqualTo(200);
  }
}
