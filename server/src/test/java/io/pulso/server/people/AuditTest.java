package io.pulso.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The log of what people did, and those who would like it to say something else.
class AuditTest {
  @TempDir private Path folder;
  private Staffed staffed;
  private Person ann;

  @BeforeEach
  void start() {
    staffed = new Staffed(folder);
    ann = staffed.add("ann@example.org", Role.ADMIN);
    for (int i = 0; i < 5; i++) {
      add(AuditAction.CUSTOMER_CHANGED, "customer " + i);
    }
    staffed.audit.settle();
  }

  @AfterEach
  void stop() {
    staffed.close();
  }

  private void add(AuditAction action, String of) {
    staffed.audit.add(
        Audit.Actor.of(ann, Staffed.HOME),
        action,
        Map.of("of", of, "before", "owner bob", "after", "owner ann"));
  }

  @Test
  void it_says_who_did_what_from_where_before_and_after() {
    List<Audit.Told> told = staffed.audit.list(null, null, Long.MAX_VALUE, 2);
    assertThat(told).extracting(Audit.Told::no).containsExactly(5L, 4L);
    Audit.Told newest = told.getFirst();
    assertThat(newest.actor()).isEqualTo("person " + ann.id());
    assertThat(newest.address()).isEqualTo(Staffed.HOME);
    assertThat(newest.action()).isEqualTo("customer_changed");
    assertThat(newest.at()).isEqualTo(staffed.clock.instant());
    assertThat(newest.what())
        .containsEntry("of", "customer 4")
        .containsEntry("before", "owner bob")
        .containsEntry("after", "owner ann");
    add(AuditAction.EXPORTED, "customers");
    assertThat(staffed.audit.list(null, AuditAction.EXPORTED, Long.MAX_VALUE, 9)).hasSize(1);
    assertThat(staffed.audit.list("token x", null, Long.MAX_VALUE, 9)).isEmpty();
    assertThat(staffed.audit.list(null, null, 3, 9))
        .extracting(Audit.Told::no)
        .containsExactly(2L, 1L);
  }

  @Test
  void an_untouched_log_holds_also_after_a_restart() {
    Audit.Checked before = staffed.audit.check();
    assertThat(before).isEqualTo(new Audit.Checked(5, 0, null, before.head()));
    try (Store beside = staffed.store.steady();
        Audit again = new Audit(beside, staffed.clock)) {
      again.add(Audit.Actor.machine(), AuditAction.TOKEN_MADE, Map.of());
      Audit.Checked after = again.check();
      assertThat(after.entries()).isEqualTo(6);
      assertThat(after.broken()).isNull();
      assertThat(after.head()).isNotEqualTo(before.head());
    }
  }

  /// Somebody who has the file of the store.
  private void tamper(String sql) throws SQLException {
    staffed.close();
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("pulso.duckdb"));
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
    staffed = new Staffed(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit SET actor = 'person other' WHERE no = 3",
        "UPDATE audit SET address = '' WHERE no = 3",
        "UPDATE audit SET action = 'sign_in' WHERE no = 3",
        "UPDATE audit SET done_at = done_at - INTERVAL 1 SECOND WHERE no = 3",
        "UPDATE audit SET private = replace(private, 'customer', 'Customer') WHERE no = 3",
        "UPDATE audit SET private = '' WHERE no = 3",
        "UPDATE audit SET private = '{}', salt = 's', digest = sha256('s' || chr(10) || '{}') WHERE no = 3",
        "UPDATE audit SET digest = repeat('0', 64) WHERE no = 3",
        "UPDATE audit SET hash = repeat('0', 64) WHERE no = 3",
        "DELETE FROM audit WHERE no = 3",
        "INSERT INTO audit SELECT * FROM audit WHERE no = 3"
      })
  void a_changed_row_breaks_the_chain_where_it_stands(String sql) throws SQLException {
    tamper(sql);
    Audit.Checked checked = staffed.audit.check();
    assertThat(checked.broken()).isIn(3L, 4L);
    assertThat(checked.entries()).isLessThanOrEqualTo(3);
  }

  @Test
  void swapped_rows_break_the_chain() throws SQLException {
    tamper("UPDATE audit SET no = CASE no WHEN 2 THEN 3 WHEN 3 THEN 2 ELSE no END");
    assertThat(staffed.audit.check().broken()).isEqualTo(2L);
  }

  @Test
  void entries_of_many_at_once_are_one_chain() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(
            threads.submit(() -> {
              for (int n = 0; n < 50; n++) {
                add(AuditAction.CUSTOMER_READ, "x");
              }
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(staffed.audit.check())
        .satisfies(checked -> {
          assertThat(checked.entries()).isEqualTo(405);
          assertThat(checked.broken()).isNull();
        });
  }

  @Test
  void what_was_added_is_written_when_it_closes() {
    try (Store beside = staffed.store.steady();
        Audit closing = new Audit(beside, staffed.clock)) {
      for (int i = 0; i < 1_200; i++) {
        closing.add(Audit.Actor.machine(), AuditAction.TOKEN_MADE, Map.of());
      }
    }
    assertThat(staffed.store.count("audit")).isEqualTo(1_205);
  }
}
