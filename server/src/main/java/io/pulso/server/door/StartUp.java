package io.pulso.server.door;

import io.pulso.engine.json.JsonText;
import java.util.Map;
import java.util.regex.Pattern;

/// The answers to what SDKs ask when they start: there is nothing to configure.
final class StartUp {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.:-]{1,200}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,255}");
  private static final String POSTHOG =
      """
      "supportedCompression":["gzip","gzip-js"],"hasFeatureFlags":false,"analytics":\
      {"endpoint":"/i/v0/e/"},"elementsChainAsString":true,"sessionRecording":false,"surveys":false,\
      "heatmaps":false,"capturePerformance":false,"captureDeadClicks":false,\
      "autocaptureExceptions":false,"defaultIdentifiedOnly":true,"siteApps":[]\
      """;

  private StartUp() {}

  /// Segment's settings: events go back to the host that was asked.
  static Reply settings(String key, String host) {
    if (!KEY.matcher(key).matches()) {
      return notFound();
    }
    String api = HOST.matcher(host).matches() ? ",\"apiHost\":" + quoted(host + "/v1") : "";
    String plain = isLocal(host) ? ",\"protocol\":\"http\"" : "";
    return Reply.json(
        "{\"integrations\":{\"Segment.io\":{\"apiKey\":"
            + quoted(key)
            + api
            + plain
            + "}},\"plan\":{},\"edgeFunction\":{}}");
  }

  private static boolean isLocal(String host) {
    int port = host.lastIndexOf(':');
    String name = port < 0 ? host : host.substring(0, port);
    return name.equals("localhost") || name.equals("127.0.0.1") || name.equals("[::1]");
  }

  /// RudderStack's configuration of a source without destinations.
  static Reply sourceConfig(String key) {
    return Reply.json(
        """
        {"isHosted":true,"source":{"id":"pulso","name":"pulso","writeKey":%s,"enabled":true,\
        "workspaceId":"pulso","connections":[],"updatedAt":"1970-01-01T00:00:00.000Z",\
        "config":{"statsCollection":{"errors":{"enabled":false},"metrics":{"enabled":false}}},\
        "destinations":[],"dataplanes":{}}}\
        """
            .formatted(quoted(key)));
  }

  static Reply postHogConfig(String key) {
    return KEY.matcher(key).matches() ? Reply.json(config(key)) : notFound();
  }

  /// The same as a script; the key in it has only harmless letters.
  static Reply postHogScript(String key) {
    if (!KEY.matcher(key).matches()) {
      return notFound();
    }
    String script =
        """
        (function(){window._POSTHOG_REMOTE_CONFIG=window._POSTHOG_REMOTE_CONFIG||{};\
        window._POSTHOG_REMOTE_CONFIG[%s]={config:%s,siteApps:[]}})();\
        """
            .formatted(quoted(key), config(key));
    return new Reply(200, "application/javascript", script, Map.of());
  }

  private static String config(String key) {
    return "{\"token\":" + quoted(key) + ',' + POSTHOG + '}';
  }

  /// PostHog's flags, of which there are none.
  static Reply flags() {
    return Reply.json(
        """
        {"flags":{},"featureFlags":{},"featureFlagPayloads":{},"errorsWhileComputingFlags":false,%s}\
        """
            .formatted(POSTHOG));
  }

  private static Reply notFound() {
    return new Problem(404, "there is nothing at this address").reply();
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder();
    JsonText.quote(JsonText.clean(text), out);
    return out.toString();
  }
}
