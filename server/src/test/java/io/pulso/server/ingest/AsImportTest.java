package io.pulso.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.engine.event.EventType;
import io.pulso.server.event.InputException;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.RejectReason;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsImportTest {
  @TempDir Path folder;
  Imports imports;

  @BeforeEach
  void begin() {
    imports = new Imports(folder);
  }

  private List<Incoming> rows(As as, String text) {
    Imports.counts(
        imports.text(as.word() + ".csv", text, r -> r.withAs(as)),
        imports.load.rows.size(),
        Map.of());
    return imports.load.rows;
  }

  @Test
  void traits_are_identify_calls_and_hold_from_their_time_or_from_now() {
    List<Incoming> rows = rows(As.TRAITS, "customer,time,plan,seats\nann,2026-01-01,pro,5\n");
    assertThat(rows.get(0).type()).isEqualTo(EventType.IDENTIFY);
    assertThat(rows.get(0).traits()).isEqualTo("{\"plan\":\"pro\",\"seats\":5}");
    assertThat(rows.get(0).occurredAt()).isEqualTo(Imports.micros("2026-01-01T00:00:00Z"));
    rows = rows(As.TRAITS, "customer,plan\nann,pro\n");
    assertThat(rows.get(0).occurredAt()).isEqualTo(Checks.micros(Imports.NOW));
  }

  @Test
  void accounts_are_group_calls_of_nobody() {
    List<Incoming> rows = rows(As.ACCOUNTS, "id,industry,seats\nacme,toys,5\n");
    assertThat(rows.get(0).type()).isEqualTo(EventType.GROUP);
    assertThat(rows.get(0).groupId()).isEqualTo("acme");
    assertThat(rows.get(0).userId()).isNull();
    assertThat(rows.get(0).traits()).isEqualTo("{\"industry\":\"toys\",\"seats\":5}");
  }

  @Test
  void memberships_are_group_calls_of_customers_without_traits_of_the_account() {
    List<Incoming> rows =
        rows(As.MEMBERSHIPS, "customer,account,date,role\nann,acme,2026-01-01,admin\n");
    assertThat(rows.get(0).userId()).isEqualTo("ann");
    assertThat(rows.get(0).groupId()).isEqualTo("acme");
    assertThat(rows.get(0).traits()).isNull();
  }

  @Test
  void a_subscription_is_an_event_for_each_of_its_days() {
    List<Incoming> rows =
        rows(
            As.SUBSCRIPTIONS,
            "customer,plan,amount,started_at,cancelled_at\nann,pro,20,2026-01-01,\nben,pro,30,2026-01-01,2026-02-01\n");
    assertThat(rows)
        .extracting(Incoming::event)
        .containsExactly("Subscription Started", "Subscription Started", "Subscription Cancelled");
    assertThat(rows.get(2).properties()).isEqualTo("{\"value\":30,\"plan\":\"pro\"}");
    assertThat(rows.stream().map(Incoming::messageId).distinct()).hasSize(3);
    rows =
        rows(
            As.SUBSCRIPTIONS,
            "customer,event,time\nann,churned,2026-01-01\nann,Subscription Renewed,2026-01-02\n");
    assertThat(rows)
        .extracting(Incoming::event)
        .containsExactly("Subscription Cancelled", "Subscription Renewed");
    ImportReport none =
        imports.text(
            "n.csv", "customer,started,cancelled\nann,,\n", r -> r.withAs(As.SUBSCRIPTIONS));
    Imports.counts(none, 0, Map.of(RejectReason.BAD_ROW, 1L));
  }

  @Test
  void campaign_costs_are_events_of_nobody() {
    List<Incoming> rows =
        rows(As.CAMPAIGN_COSTS, "day,campaign,channel,cost\n2026-01-01,spring,email,12.5\n");
    assertThat(rows.get(0).event()).isEqualTo("Campaign Cost");
    assertThat(rows.get(0).userId()).isNull();
    assertThat(rows.get(0).value()).isEqualTo(12.5);
    assertThat(rows.get(0).channel()).isEqualTo("email");
    assertThat(rows.get(0).properties()).isEqualTo("{\"value\":12.5,\"campaign\":\"spring\"}");
  }

  @Test
  void daily_metrics_stand_in_rows_or_side_by_side() {
    List<Incoming> rows = rows(As.METRICS_DAILY, "date,metric,value\n2026-01-01,visits,12\n");
    assertThat(rows.get(0).event()).isEqualTo("Metric Reported");
    assertThat(rows.get(0).properties()).isEqualTo("{\"value\":12,\"metric\":\"visits\"}");
    rows = rows(As.METRICS_DAILY, "date,visits,likes\n2026-01-01,13,3\n2026-01-02,,4\n");
    assertThat(rows)
        .extracting(Incoming::properties)
        .containsExactly(
            "{\"metric\":\"visits\",\"value\":13}",
            "{\"metric\":\"likes\",\"value\":3}",
            "{\"metric\":\"likes\",\"value\":4}");
  }

  @Test
  void a_wrong_word_is_told() {
    assertThatThrownBy(() -> As.read("trait"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'traits'");
    assertThatThrownBy(() -> Format.read("cvs"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'csv'");
  }
}
