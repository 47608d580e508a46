package io.pulso.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A browser proves who its user is.
class SignedIdentityTest {
  private static final String HEAD = "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}";
  private static final long NOW = OpenDoors.NOW.getEpochSecond();
  private OpenDoors doors;

  @BeforeEach
  void open() {
    doors = new OpenDoors();
    doors.keys.put("pub", Key.browser("p", "web", Set.of(), 0).under(Rules.signed()));
    doors.keys.put("sec", Key.server("s", "web", 0).under(Rules.signed()));
  }

  @AfterEach
  void close() {
    doors.close();
  }

  private static String part(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String token(String head, String claims, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String signed = part(head) + "." + part(claims);
      byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String claims(String user, String source, long exp) {
    return "{\"sub\":\"%s\",\"aud\":\"%s\",\"exp\":%d}".formatted(user, source, exp);
  }

  private static String good() {
    return token(HEAD, claims("ann", "web", NOW + 3_600), OpenDoors.SECRET);
  }

  private HttpResponse<String> send(String key, String path, String body) {
    return doors.post(
        path, body.getBytes(StandardCharsets.UTF_8), "Authorization", "Bearer " + key);
  }

  private HttpResponse<String> identify(String token) {
    return send(
        "pub",
        "/v1/identify",
        "{\"userId\":\"ann\",\"anonymousId\":\"x\",\"traits\":{\"a\":1},\"userToken\":\""
            + token
            + "\"}");
  }

  @Test
  void a_link_or_a_change_of_traits_needs_a_token_of_the_user() {
    String identify = "{\"userId\":\"ann\",\"traits\":{\"plan\":\"gold\"}%s}";
    String link = "{\"userId\":\"ann\",\"anonymousId\":\"x\",\"event\":\"E\"%s}";
    String inContext = ",\"context\":{\"userToken\":\"" + good() + "\",\"a\":1}";
    for (String call : new String[] {identify, link}) {
      String path = call.equals(link) ? "/v1/track" : "/v1/identify";
      HttpResponse<String> bare = send("pub", path, call.formatted(""));
      assertThat(bare.statusCode()).isEqualTo(403);
      assertThat(bare.body()).contains("\"reason\":\"unsigned\"");
      assertThat(send("pub", path, call.formatted(inContext)).statusCode()).isEqualTo(200);
      assertThat(send("sec", path, call.formatted("")).statusCode()).isEqualTo(200);
    }
    assertThat(doors.rows().getFirst().context())
        .isEqualTo("{\"userToken\":\"[removed]\",\"a\":1}");
    assertThat(doors.arrivals.toString()).doesNotContain(good());
  }

  @Test
  void what_links_nobody_needs_no_token() {
    assertThat(send("pub", "/v1/track", "{\"userId\":\"ann\",\"event\":\"E\"}").statusCode())
        .isEqualTo(200);
    assertThat(send("pub", "/v1/page", "{\"anonymousId\":\"x\"}").statusCode()).isEqualTo(200);
    assertThat(
            send("pub", "/v1/identify", "{\"anonymousId\":\"x\",\"traits\":{\"a\":1}}")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_token_of_a_batch_holds_for_its_calls() {
    String batch =
        "{\"batch\":[{\"type\":\"identify\",\"userId\":\"ann\",\"traits\":{}},{\"type\":\"identify\",\"userId\":\"bob\",\"traits\":{}}],\"context\":{\"userToken\":\""
            + good()
            + "\"}}";
    assertThat(send("pub", "/v1/batch", batch).statusCode()).isEqualTo(200);
    assertThat(doors.rows()).singleElement().matches(row -> "ann".equals(row.userId()));
    assertThat(doors.rejects()).hasSize(1);
  }

  @Test
  void posthogs_identify_needs_one_too() {
    String call =
        "{\"api_key\":\"pub\",\"event\":\"$identify\",\"distinct_id\":\"ann\",\"properties\":{\"$anon_distinct_id\":\"x\"%s}}";
    assertThat(send("pub", "/e", call.formatted("")).statusCode()).isEqualTo(403);
    assertThat(send("pub", "/e", call.formatted(",\"userToken\":\"" + good() + "\"")).statusCode())
        .isEqualTo(200);
    assertThat(doors.arrivals.toString()).doesNotContain(good());
  }

  @Test
  void a_token_must_be_right_in_every_part() {
    assertThat(identify(good()).statusCode()).isEqualTo(200);
    String ann = claims("ann", "web", NOW + 3_600);
    String many = "{\"sub\":\"ann\",\"aud\":[\"app\",\"web\"],\"exp\":%d}".formatted(NOW + 60);
    assertThat(identify(token(HEAD, many, OpenDoors.SECRET)).statusCode()).isEqualTo(200);
    String[] wrong = {
      "",
      "x",
      "a.b.c",
      good().substring(0, good().lastIndexOf('.') + 1),
      good().substring(0, good().length() - 2),
      token(HEAD, ann, OpenDoors.SECRET + "x"),
      token(HEAD.replace("HS256", "none"), ann, OpenDoors.SECRET),
      part(HEAD.replace("HS256", "none")) + "." + part(ann) + ".",
      token(HEAD.replace("HS256", "HS512"), ann, OpenDoors.SECRET),
      token(HEAD.replace("k1", "k2"), ann, OpenDoors.SECRET),
      token("{\"alg\":\"HS256\"}", ann, OpenDoors.SECRET),
      token(HEAD, claims("bob", "web", NOW + 60), OpenDoors.SECRET),
      token(HEAD, claims("ann", "app", NOW + 60), OpenDoors.SECRET),
      token(HEAD, claims("ann", "web", NOW - 61), OpenDoors.SECRET),
      token(HEAD, claims("ann", "web", NOW + 3_600 + 61), OpenDoors.SECRET),
      token(HEAD, "{\"sub\":\"ann\",\"aud\":\"web\"}", OpenDoors.SECRET),
      token(HEAD, "{\"sub\":\"ann\",\"exp\":%d}".formatted(NOW + 60), OpenDoors.SECRET),
      token(HEAD, ann.replace("}", ",\"nbf\":%d}".formatted(NOW + 120)), OpenDoors.SECRET),
      token(
          HEAD,
          "{\"sub\":\"bob\",\"sub\":\"ann\",\"aud\":\"web\",\"exp\":%d}".formatted(NOW + 60),
          OpenDoors.SECRET),
      "x".repeat(5_000)
    };
    for (String token : wrong) {
      HttpResponse<String> answer = identify(token);
      assertThat(answer.statusCode()).as(token).isEqualTo(403);
      assertThat(answer.body()).contains("\"reason\":\"unsigned\"");
    }
  }
}
