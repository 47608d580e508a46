package io.pulso.server.page.metric;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Metric;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.metric.MetricView.Choice;
import io.pulso.server.page.overview.Figure;
import io.pulso.server.page.overview.Tile;
import io.pulso.server.people.Role;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Campaigns, e-mail, social media, the application and events offline. Each section is asked for
/// apart, so that one that takes long keeps no other from being read.
public final class CampaignPages {
  private static final String AT = "/campaigns";

  private final Site site;

  public CampaignPages(Site site) {
    this.site = site;
  }

  /// Sections, in order.
  @SuppressWarnings("ImmutableEnumChecker") // lists that are not changed
  private enum Section {
    CAMPAIGNS("speakerphone", List.of("campaign", "channel")),
    EMAIL("mail", List.of("campaign")),
    SOCIAL("heart-handshake", List.of("properties.post", "properties.network")),
    APP("device-desktop", List.of()),
    OFFLINE("users", List.of("properties.event_id")),
    REFERRALS("share", List.of());

    private final String icon;
    private final List<String> ways;

    Section(String icon, List<String> ways) {
      this.icon = icon;
      this.ways = ways;
    }

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// @param touch `first` or `last`
    private List<String> tiles(String touch) {
      return switch (this) {
        case CAMPAIGNS ->
            List.of(
                "campaign.reach",
                "campaign.clicks",
                "campaign.conversions." + touch,
                "campaign.revenue." + touch,
                "campaign.cost",
                "campaign.roi." + touch);
        case EMAIL ->
            List.of(
                "email.delivered",
                "email.open_rate",
                "email.click_rate",
                "email.click_to_open",
                "email.unsubscribe_rate",
                "email.machine_opens");
        case SOCIAL ->
            List.of(
                "social.reach",
                "social.engagement_rate",
                "engagement_rate",
                "social.follower_growth",
                "social.response_time.median",
                "social.conversions");
        case APP ->
            List.of(
                "app.installs",
                "app.uninstalls",
                "app.active_users",
                "app.kept.d1",
                "app.kept.d7",
                "app.kept.d30");
        case OFFLINE ->
            List.of(
                "offline.registrations",
                "offline.attendance",
                "offline.attendance_rate",
                "offline.seats_left");
        case REFERRALS ->
            List.of(
                "referral.referrals",
                "referral.testimonials",
                "referral.referred",
                "referral.activated");
      };
    }

    private List<String> columns(String touch) {
      return switch (this) {
        case CAMPAIGNS -> {
          List<String> columns = new ArrayList<>(tiles(touch));
          columns.remove("campaign.revenue." + touch);
          columns.addFirst("campaign.revenue." + touch);
          yield columns;
        }
        case EMAIL ->
            List.of(
                "email.delivered",
                "email.unique_opens",
                "email.open_rate",
                "email.click_rate",
                "email.unsubscribe_rate",
                "email.visit_rate",
                "email.conversion_rate");
        case SOCIAL ->
            List.of(
                "social.reach",
                "social.likes",
                "social.comments",
                "social.shares",
                "social.engagement_rate");
        case OFFLINE ->
            List.of("offline.registrations", "offline.attendance", "offline.attendance_rate");
        case APP, REFERRALS -> List.of();
      };
    }

    static Section of(String word) {
      for (Section section : values()) {
        if (section.word().equals(word)) {
          return section;
        }
      }
      throw new Missing("there is no such section");
    }
  }

  /// The page: where its sections come from.
  public record CampaignsView(List<Place> sections) {}

  /// A section that is still to come.
  public record Place(String word, String icon, String from) {}

  /// A section.
  ///
  /// @param touches ways of putting revenue down to campaigns
  /// @param ways of breaking it down
  /// @param table null where nothing is broken down
  /// @param chart null for none
  public record SectionView(
      String word,
      String icon,
      List<Tile> tiles,
      List<Choice> touches,
      List<Choice> ways,
      @Nullable PartTable table,
      @Nullable Figure chart) {}

  public void add(Pages pages) {
    pages.get(AT, Role.VIEWER, this::all);
    pages.get(AT + "/{section}", Role.VIEWER, this::section);
    pages.get(AT + "/{section}/parts.csv", Role.VIEWER, this::csv);
  }

  private Shown all(Visit visit) {
    List<Place> places = new ArrayList<>();
    for (Section section : Section.values()) {
      places.add(new Place(section.word(), section.icon, from(visit, section)));
    }
    return Shown.view("metric/campaigns", new CampaignsView(places));
  }

  private static String from(Visit visit, Section section) {
    return "%s/%s?days=%d&touch=%s".formatted(AT, section.word(), visit.days(), touch(visit));
  }

  private static String touch(Visit visit) {
    return "first".equals(visit.param("touch")) ? "first" : "last";
  }

  private Shown section(Visit visit) {
    Section section = Section.of(visit.part("section"));
    if (!visit.isFragment()) {
      return Shown.redirect("%s?days=%d#%s".formatted(AT, visit.days(), section.word()));
    }
    return site.questions()
        .ask((store, view) -> Shown.view("metric/campaign-section", section(visit, view, section)));
  }

  private SectionView section(Visit visit, View view, Section section) {
    MetricDesk desk = new MetricDesk(site, visit, view);
    String touch = touch(visit);
    String way = way(visit, section);
    PartTable table = way == null ? null : table(visit, desk, section, way);
    return new SectionView(
        section.word(),
        section.icon,
        section.tiles(touch).stream()
            .filter(id -> !id.equals("offline.seats_left") || desk.rests("offline.seats"))
            .map(id -> desk.tile(id, icon(id)))
            .toList(),
        section == Section.CAMPAIGNS ? touches(visit, touch) : List.of(),
        open(visit, section).size() < 2
            ? List.of()
            : open(visit, section).stream()
                .map(each ->
                    new Choice(visit.t(key(each)), visit.with("by", each), each.equals(way)))
                .toList(),
        table == null || table.rows().isEmpty()
            ? null
            : table.shown(
                "%s/%s/parts.csv?days=%d&touch=%s&by=%s"
                    .formatted(
                        AT,
                        section.word(),
                        visit.days(),
                        touch,
                        Visit.encode(Objects.requireNonNullElse(way, "")))),
        section == Section.SOCIAL ? chart(visit, desk) : null);
  }

  private Figure chart(Visit visit, MetricDesk desk) {
    String id = "social.engagement_rate";
    return new MetricChart(
            visit, desk.ask(MetricDesk.metric(site, id), MetricDesk.usual(visit), null))
        .figure("social", "/metric/%s/series.csv?days=%d".formatted(id, visit.days()));
  }

  private PartTable table(Visit visit, MetricDesk desk, Section section, String way) {
    List<Metric> metrics =
        section.columns(touch(visit)).stream().map(id -> MetricDesk.metric(site, id)).toList();
    Path by = Objects.requireNonNull(By.read(way));
    return PartTable.of(visit, desk, section.word(), visit.t(key(way)), metrics, by);
  }

  private Shown csv(Visit visit) {
    Section section = Section.of(visit.part("section"));
    String way = way(visit, section);
    if (way == null) {
      throw new Missing("this section has no parts");
    }
    return site.questions()
        .ask((store, view) ->
            table(visit, new MetricDesk(site, visit, view), section, way).download());
  }

  /// What the section is broken down by; null for nothing.
  private static @Nullable String way(Visit visit, Section section) {
    String asked = visit.shortParam("by");
    List<String> open = open(visit, section);
    return open.isEmpty() ? null : asked != null && open.contains(asked) ? asked : open.getFirst();
  }

  /// The ways of breaking it down that this reader may be told.
  private static List<String> open(Visit visit, Section section) {
    return section.ways.stream()
        .filter(way -> MetricPages.refused(visit, way, By.read(way)) == null)
        .toList();
  }

  private static String key(String way) {
    return "campaigns.by_" + way.substring(way.lastIndexOf('.') + 1);
  }

  private static List<Choice> touches(Visit visit, String touch) {
    return List.of(
        new Choice(visit.t("campaigns.first"), visit.with("touch", "first"), touch.equals("first")),
        new Choice(visit.t("campaigns.last"), visit.with("touch", "last"), touch.equals("last")));
  }

  private static String icon(String id) {
    if (id.contains("reach") || id.contains("open")) {
      return "eye";
    }
    if (id.contains("click")) {
      return "click";
    }
    if (id.contains("revenue") || id.contains("cost")) {
      return "coin";
    }
    if (id.contains("roi") || id.contains("rate") || id.contains("growth")) {
      return "trending-up";
    }
    if (id.contains("time")) {
      return "clock";
    }
    return id.contains("conversion") ? "shopping-cart" : "chart-bar";
  }
}
