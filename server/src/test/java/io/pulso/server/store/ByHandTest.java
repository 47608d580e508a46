package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.engine.event.EventType;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelReader;
import io.pulso.engine.time.LocalDays;
import io.pulso.server.event.InputException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people enter beside the records, as it is kept.
class ByHandTest {
  private static final Model PRODUCT =
      ModelReader.read(
              "model.yaml",
              """
              name: product
              activities:
                - {name: logins, match: event == "Login", points: 5}
              """)
          .model();
  private static final List<Model> MODELS = List.of(PRODUCT);
  private static final Model.Subject CUSTOMER = Model.Subject.CUSTOMER;
  private static final long SECOND = 1_000_000;

  @TempDir private Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = Records.open(folder.resolve("pulso.duckdb"));
    store
        .live(Clock.systemUTC(), () -> MODELS)
        .load(
            List.of(
                Records.part(
                    Records.track("ann", "phone", "m1", null),
                    Records.event("bob", "m2"),
                    Records.call(
                        EventType.IDENTIFY,
                        "ann",
                        null,
                        null,
                        "i1",
                        null,
                        "{\"email\":\"ann@example.org\",\"name\":\"Ann Other\"}"))),
            1);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private int number(String id) {
    try (View view = store.now()) {
      return view.subject(Model.Subject.CUSTOMER, id).getAsInt();
    }
  }

  private long manual(View view, String id, int day) {
    return view.manual(PRODUCT).milliPoints(number(id), day);
  }

  @Test
  void points_hold_from_their_day_to_the_last_and_end_as_it_was_known() {
    int today = new LocalDays(ZoneOffset.UTC).day(Records.START);
    GivenPoints points = store.byHand().points();
    long at = Records.START + SECOND;
    long no =
        points.give(
            new GivenPoints.Wanted(
                CUSTOMER, number("ann"), "product", 2_500, today, today + 9, "why", "mia"),
            at);
    try (View now = store.now()) {
      assertThat(manual(now, "ann", today - 1)).isZero();
      assertThat(manual(now, "ann", today)).isEqualTo(2_500);
      assertThat(manual(now, "ann", today + 9)).isEqualTo(2_500);
      assertThat(manual(now, "ann", today + 10)).isZero();
      assertThat(manual(now, "bob", today)).isZero();
      long before = now.standings(Model.Subject.CUSTOMER).state();
      points.end(no, today + 4, "ben", at + SECOND);
      assertThat(now.standings(Model.Subject.CUSTOMER).state()).isNotEqualTo(before);
      assertThat(manual(now, "ann", today + 3)).isEqualTo(2_500);
      assertThat(manual(now, "ann", today + 4)).isZero();
    }
    try (View then = store.knownAt(at)) {
      assertThat(manual(then, "ann", today + 4)).isEqualTo(2_500);
    }
    try (View then = store.knownAt(at - 1)) {
      assertThat(manual(then, "ann", today)).isZero();
    }
    assertThat(points.of(CUSTOMER, number("phone")))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.endedBy()).isEqualTo("ben");
          assertThat(row.holds(today + 3)).isTrue();
          assertThat(row.holds(today + 4)).isFalse();
        });
    assertThatThrownBy(() -> points.end(no, today + 5, "ben", at))
        .hasMessageContaining("ended already");
    assertThatThrownBy(() -> points.end(99, today, "ben", at)).isInstanceOf(Unknown.class);
  }

  @Test
  void points_that_make_no_sense_are_refused() {
    GivenPoints points = store.byHand().points();
    for (GivenPoints.Wanted wrong :
        List.of(
            new GivenPoints.Wanted(CUSTOMER, 0, "product", 0, 5, 6, "why", "mia"),
            new GivenPoints.Wanted(CUSTOMER, 0, "product", 10_000_001, 5, 6, "why", "mia"),
            new GivenPoints.Wanted(CUSTOMER, 0, "product", 1, 5, 95, "why", "mia"),
            new GivenPoints.Wanted(CUSTOMER, 0, "product", 1, 5, 4, "why", "mia"),
            new GivenPoints.Wanted(CUSTOMER, 0, "product", 1, 5, 6, "", "mia"),
            new GivenPoints.Wanted(CUSTOMER, 0, "product", 1, 5, 6, "a\nb", "mia"))) {
      assertThatThrownBy(() -> points.give(wrong, 1))
          .as(wrong.toString())
          .isInstanceOf(InputException.class);
    }
    assertThat(
            points.give(new GivenPoints.Wanted(CUSTOMER, 0, "product", 1, 5, 94, "why", "mia"), 1))
        .isEqualTo(1);
  }

  @Test
  void an_opaque_id_stands_for_one_number_of_one_kind_of_one_store() {
    OpaqueIds ids = store.opaqueIds();
    Set<String> seen = new HashSet<>();
    for (int number : List.of(0, 1, 2, 255, 256, 1_000_000, Integer.MAX_VALUE)) {
      for (Model.Subject kind : Model.Subject.values()) {
        String text = ids.of(kind, number);
        assertThat(text).matches("[A-Za-z0-9_-]{22}");
        assertThat(seen.add(text)).isTrue();
        assertThat(ids.number(kind, text)).hasValue(number);
        for (Model.Subject other : Model.Subject.values()) {
          if (other != kind) {
            assertThat(ids.number(other, text)).isEmpty();
          }
        }
      }
    }
    String good = ids.of(Model.Subject.CUSTOMER, 7);
    for (int i = 0; i < good.length(); i++) {
      String wrong =
          good.substring(0, i) + (good.charAt(i) == 'A' ? 'B' : 'A') + good.substring(i + 1);
      assertThat(ids.number(Model.Subject.CUSTOMER, wrong)).as(wrong).isEmpty();
    }
    for (String wrong : List.of("", "7", "ann", "%", good + "A", "A".repeat(5_000))) {
      assertThat(ids.number(Model.Subject.CUSTOMER, wrong)).as(wrong).isEmpty();
    }
    store.upkeep().rewrite();
    assertThat(store.opaqueIds().of(Model.Subject.CUSTOMER, 7)).isEqualTo(good);
    store.close();
    store = Records.open(folder.resolve("pulso.duckdb"));
    assertThat(store.opaqueIds().of(Model.Subject.CUSTOMER, 7)).isEqualTo(good);
    try (Store other = Records.open(folder.resolve("other").resolve("pulso.duckdb"))) {
      assertThat(other.opaqueIds().of(Model.Subject.CUSTOMER, 7)).isNotEqualTo(good);
    }
  }

  @Test
  void a_view_is_its_owners_unless_it_is_shared_and_an_address_keeps_its_meaning() {
    SavedViews views = store.byHand().views();
    String id = views.keep("customers", "mia", "{\"a\":1}", 1);
    assertThat(views.keep("customers", "mia", "{\"a\":1}", 2)).isEqualTo(id);
    assertThat(views.keep("customers", "ben", "{\"a\":1}", 2)).isNotEqualTo(id);
    assertThat(views.find("customers", id).orElseThrow().state()).isEqualTo("{\"a\":1}");
    assertThat(views.find("accounts", id)).isEmpty();
    assertThat(views.named("customers", "mia")).isEmpty();
    String mine = views.save("customers", "mia", "Mine", false, "{\"b\":1}", 3);
    String ours = views.save("customers", "mia", "Ours", true, "{\"b\":2}", 3);
    assertThat(views.named("customers", "mia"))
        .extracting(SavedViews.Row::id)
        .containsExactly(mine, ours);
    assertThat(views.named("customers", "ben"))
        .extracting(SavedViews.Row::id)
        .containsExactly(ours);
    assertThat(views.save("customers", "mia", "Mine", false, "{\"b\":3}", 4)).isEqualTo(mine);
    assertThat(views.find("customers", mine).orElseThrow().state()).isEqualTo("{\"b\":3}");
    assertThat(views.remove(mine, "ben")).isFalse();
    assertThat(views.remove(mine, "mia")).isTrue();
    assertThatThrownBy(() -> views.save("customers", "mia", " ", false, "{}", 4))
        .isInstanceOf(InputException.class);
    views.keep("customers", "mia", "{\"late\":1}", 500L * 86_400 * SECOND);
    assertThat(views.find("customers", id)).isEmpty();
    assertThat(views.find("customers", ours)).isPresent();
  }

  @Test
  void a_share_is_found_by_its_secret_alone_until_it_ends() {
    Shares shares = store.byHand().shares();
    long at = Records.START;
    Shares.Made made =
        shares.add(new Shares.Wanted("customer", number("ann"), "{\"x\":1}", "mia", 2), at);
    assertThat(Records.dump(store).toString()).doesNotContain(made.secret());
    assertThat(shares.open(made.secret(), at).orElseThrow().json()).isEqualTo("{\"x\":1}");
    assertThat(shares.open(made.id(), at)).isEmpty();
    assertThat(shares.open("", at)).isEmpty();
    assertThat(shares.open(made.secret(), made.expiresAt())).isEmpty();
    assertThat(shares.of(number("ann")))
        .singleElement()
        .satisfies(row -> assertThat(row.opened()).isEqualTo(1));
    Shares.Made other = shares.add(new Shares.Wanted("overview", null, "{}", "mia", 1), at);
    assertThat(shares.revoke(other.id(), "ben", at + 1)).isTrue();
    assertThat(shares.revoke(other.id(), "ben", at + 2)).isFalse();
    assertThat(shares.open(other.secret(), at + 3)).isEmpty();
    assertThat(shares.of("overview"))
        .singleElement()
        .satisfies(row -> assertThat(row.isOpen(at + 3)).isFalse());
    shares.add(new Shares.Wanted("overview", null, "{}", "mia", 1), made.expiresAt());
    assertThat(store.rowsAsText("(SELECT snapshot FROM share)").toString()).doesNotContain("\"x\"");
    for (int days : List.of(0, -1, 91)) {
      assertThatThrownBy(
              () -> shares.add(new Shares.Wanted("overview", null, "{}", "mia", days), at))
          .isInstanceOf(InputException.class);
    }
  }

  @Test
  void whoever_is_forgotten_takes_along_what_was_entered_about_them() {
    ByHand hand = store.byHand();
    hand.points()
        .give(
            new GivenPoints.Wanted(CUSTOMER, number("ann"), "product", 1, 5, 6, "MARK", "mia"), 1);
    hand.sentiments()
        .say(Model.Subject.CUSTOMER, number("ann"), Sentiments.Mood.BAD, "MARK", "mia", 1);
    store
        .live(Clock.systemUTC(), () -> MODELS)
        .load(
            List.of(
                Records.part(
                    Records.call(EventType.GROUP, "ann", null, "ann's firm", "g1", null, null))),
            2);
    try (View view = store.now()) {
      int firm = view.subject(Model.Subject.ACCOUNT, "ann's firm").getAsInt();
      hand.points()
          .give(
              new GivenPoints.Wanted(
                  Model.Subject.ACCOUNT, firm, "companies", 1, 5, 6, "MARK", "mia"),
              1);
      assertThat(hand.points().of(Model.Subject.ACCOUNT, firm)).hasSize(1);
      assertThat(hand.points().of(CUSTOMER, firm))
          .noneMatch(row -> row.model().equals("companies"));
    }
    hand.shares().add(new Shares.Wanted("customer", number("ann"), "MARK", "mia", 5), 1);
    hand.shares().add(new Shares.Wanted("customer", number("bob"), "bobs", "mia", 5), 1);
    hand.links().undo("phone", "mia", "MARK", 1, MODELS);
    for (String state :
        List.of(
            "{\"search\":\"ann\"}",
            "{\"search\":\"ann@example.org\"}",
            "{\"cel\":\"traits.name == \\\"Ann Other\\\"\"}")) {
      hand.views().keep("customers", "ben", state, 1);
    }
    hand.views().save("customers", "ben", "All about Ann Other", true, "{\"x\":1}", 1);
    String kept = hand.views().keep("customers", "ben", "{\"search\":\"planning\"}", 1);
    store.erasures().forget("ann", "", 5, MODELS);
    String left = Records.dump(store).toString();
    assertThat(left).doesNotContain("MARK", "Ann Other", "ann@example.org").contains("bobs");
    assertThat(hand.views().find("customers", kept)).isPresent();
    assertThat(store.rowsAsText("saved_view")).hasSize(1);
    assertThat(store.rowsAsText("undone_link")).isEmpty();
  }
}
