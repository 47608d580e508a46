package io.pulso.server.page.data;

import io.pulso.server.page.Visit;
import java.util.List;

/// What to write where to send events with a key.
public final class Snippets {
  private Snippets() {}

  /// One way to send events.
  ///
  /// @param id tells it from the others on a page
  /// @param name of the program or library
  public record Snippet(String id, String name, String code) {}

  /// Where this server is, as the reader's browser calls it.
  static String host(Visit visit) {
    return visit.root();
  }

  /// Those for a key that everybody can read.
  static List<Snippet> browser(String host, String key) {
    return fill(host, key, BROWSER);
  }

  /// Those for a key that is kept secret.
  static List<Snippet> server(String host, String key) {
    return fill(host, key, SERVER);
  }

  private static List<Snippet> fill(String host, String key, List<Snippet> snippets) {
    String plain = host.substring(host.indexOf("://") + 3);
    String scheme = host.substring(0, host.indexOf("://"));
    return snippets.stream()
        .map(one ->
            new Snippet(
                one.id(),
                one.name(),
                one.code()
                    .replace("{scheme}", scheme)
                    .replace("{plain}", plain)
                    .replace("{host}", host)
                    .replace("{key}", key)
                    .strip()))
        .toList();
  }

  private static final List<Snippet> BROWSER =
      List.of(
          new Snippet(
              "pulso",
              "pulso.js",
              """
              <script async src="{host}/pulso.js" data-key="{key}"></script>
              """),
          new Snippet(
              "segment-js",
              "Segment · JavaScript",
              """
              import { AnalyticsBrowser } from '@segment/analytics-next';

              const analytics = AnalyticsBrowser.load(
                { writeKey: '{key}', cdnURL: '{host}' },
                { integrations: { 'Segment.io': { apiHost: '{plain}/v1', protocol: '{scheme}' } } });
              analytics.track('Signed Up', { plan: 'pro' });
              """),
          new Snippet(
              "rudder-js",
              "RudderStack · JavaScript",
              """
              import { RudderAnalytics } from '@rudderstack/analytics-js';

              const analytics = new RudderAnalytics();
              analytics.load('{key}', '{host}', { configUrl: '{host}' });
              analytics.track('Signed Up', { plan: 'pro' });
              """),
          new Snippet(
              "posthog-js",
              "PostHog · JavaScript",
              """
              import posthog from 'posthog-js';

              posthog.init('{key}', { api_host: '{host}' });
              posthog.capture('Signed Up', { plan: 'pro' });
              """));

  private static final List<Snippet> SERVER =
      List.of(
          new Snippet(
              "curl",
              "curl",
              """
              curl {host}/v1/track -u '{key}:' -H 'Content-Type: application/json' \\
                -d '{"userId":"user-17","event":"Signed Up","properties":{"plan":"pro"}}'
              """),
          new Snippet(
              "node",
              "Segment · Node",
              """
              import { Analytics } from '@segment/analytics-node';

              const analytics = new Analytics({ writeKey: '{key}', host: '{host}' });
              analytics.track({ userId: 'user-17', event: 'Signed Up', properties: { plan: 'pro' } });
              """),
          new Snippet(
              "python",
              "Segment · Python",
              """
              import segment.analytics as analytics

              analytics.write_key = '{key}'
              analytics.host = '{host}'
              analytics.track('user-17', 'Signed Up', {'plan': 'pro'})
              analytics.flush()
              """),
          new Snippet(
              "java",
              "Segment · Java",
              """
              Analytics analytics = Analytics.builder("{key}").endpoint("{host}").build();
              analytics.enqueue(
                  TrackMessage.builder("Signed Up").userId("user-17").properties(Map.of("plan", "pro")));
              """),
          new Snippet(
              "rudder-java",
              "RudderStack · Java",
              """
              RudderAnalytics analytics =
                  RudderAnalytics.builder("{key}").setDataPlaneUrl("{host}").build();
              analytics.enqueue(
                  TrackMessage.builder("Signed Up").userId("user-17").properties(Map.of("plan", "pro")));
              """),
          new Snippet(
              "posthog",
              "PostHog · Python",
              """
              from posthog import Posthog

              posthog = Posthog('{key}', host='{host}')
              posthog.capture('Signed Up', distinct_id='user-17', properties={'plan': 'pro'})
              """),
          new Snippet(
              "cloudevents",
              "CloudEvents",
              """
              curl {host}/v1/cloudevents -u '{key}:' -H 'Content-Type: application/cloudevents+json' \\
                -d '{"specversion":"1.0","id":"1","source":"/crm","type":"Signed Up","subject":"user-17","data":{"plan":"pro"}}'
              """));
}
