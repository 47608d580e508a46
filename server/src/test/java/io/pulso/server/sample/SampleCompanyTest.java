package io.pulso.server.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.engine.event.Event;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SampleCompanyTest {
  private static final LocalDate END = LocalDate.of(2026, 3, 31);

  private static SampleCompany company(long seed) {
    return new SampleCompany(seed, 250, END, 60);
  }

  private static String hash(Path folder) throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Path file : files(folder)) {
      digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static Json.Obj parse(String line) {
    try {
      return (Json.Obj) JsonText.read(line);
    } catch (JsonFault e) {
      throw new AssertionError(line, e);
    }
  }

  private static List<String> lines(Path folder) throws IOException {
    return files(folder).stream().flatMap(SampleCompanyTest::read).toList();
  }

  private static Stream<String> read(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Json.Obj object, String key) {
    return object.get(key) instanceof Json.Str text ? text.value() : "";
  }

  @Test
  void the_same_seed_writes_the_same_bytes(@TempDir Path one, @TempDir Path two) throws Exception {
    CompanyFacts first = company(5).writeFiles(one);
    CompanyFacts second = company(5).writeFiles(two);
    assertThat(first).isEqualTo(second);
    assertThat(hash(one)).isEqualTo(hash(two));
  }

  @Test
  void another_seed_writes_another_company(@TempDir Path one, @TempDir Path two) throws Exception {
    company(5).writeFiles(one);
    company(6).writeFiles(two);
    assertThat(hash(one)).isNotEqualTo(hash(two));
  }

  @Test
  void a_larger_company_begins_with_the_same_parts() {
    List<Event> small = new ArrayList<>();
    List<Event> large = new ArrayList<>();
    new SampleCompany(5, 200, END, 60).write(1, small::add);
    new SampleCompany(5, 900, END, 60).write(1, large::add);
    assertThat(small).isEqualTo(large);
  }

  @Test
  void every_line_is_a_segment_payload(@TempDir Path folder) throws IOException {
    company(5).writeFiles(folder);
    for (String line : lines(folder)) {
      Json.Obj payload = parse(line);
      assertThat(text(payload, "type"))
          .isIn("track", "page", "screen", "identify", "group", "alias");
      assertThat(text(payload, "messageId")).isNotEmpty();
      Instant happened = Instant.parse(text(payload, "timestamp"));
      assertThat(Instant.parse(text(payload, "receivedAt"))).isAfterOrEqualTo(happened);
      boolean named = !text(payload, "userId").isEmpty() || !text(payload, "anonymousId").isEmpty();
      assertThat(named || ReservedEvents.isPublic(text(payload, "event"))).as(line).isTrue();
    }
  }

  @Test
  void lines_and_events_say_the_same(@TempDir Path folder) throws IOException {
    List<Event> events = new ArrayList<>();
    CompanyFacts pushed = company(5).write(events::add);
    CompanyFacts written = company(5).writeFiles(folder);
    List<String> lines = lines(folder);
    assertThat(lines).hasSize(events.size());
    assertThat(written.records()).isEqualTo(pushed.records()).isEqualTo(events.size());
    assertThat(lines.stream().map(SampleCompanyTest::brief).sorted())
        .containsExactlyElementsOf(events.stream().map(SampleCompanyTest::brief).sorted().toList());
  }

  private static String brief(String line) {
    Json.Obj payload = parse(line);
    boolean event = payload.get("context") != null;
    Json details = payload.get(event ? "properties" : "traits");
    Json context = payload.get("context");
    String group =
        context instanceof Json.Obj object ? text(object, "groupId") : text(payload, "groupId");
    return String.join(
        " ",
        text(payload, "type"),
        text(payload, "timestamp"),
        text(payload, "receivedAt"),
        text(payload, "messageId"),
        text(payload, "userId"),
        text(payload, "anonymousId"),
        text(payload, "previousId"),
        text(payload, "event") + text(payload, "name"),
        group,
        details == null ? "{}" : JsonText.write(details),
        context == null ? "{}" : JsonText.write(context));
  }

  private static String brief(Event e) {
    return String.join(
        " ",
        e.type().word(),
        instant(e.occurredAt()),
        instant(e.receivedAt()),
        e.messageId(),
        or(e.userId()),
        or(e.anonymousId()),
        or(e.previousId()),
        or(e.event()) + or(e.name()),
        or(e.groupId()),
        JsonText.write(e.type().isEvent() ? e.properties() : e.traits()),
        JsonText.write(e.context()));
  }

  private static String or(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String instant(long micros) {
    String text = Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    return text.length() == 20 ? text.replace("Z", ".000Z") : text;
  }

  @Test
  void the_months_are_files_of_their_own(@TempDir Path folder) throws IOException {
    CompanyFacts facts = company(5).writeFiles(folder);
    long bytes = 0;
    for (Path file : files(folder)) {
      String month = file.getFileName().toString().substring("events-".length(), 14);
      assertThat(read(file)).allMatch(line -> line.contains("\"timestamp\":\"" + month));
      bytes += Files.size(file);
    }
    assertThat(files(folder))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("events-2026-01.jsonl", "events-2026-02.jsonl", "events-2026-03.jsonl");
    assertThat(facts.bytes()).isEqualTo(bytes);
  }

  @Test
  void it_has_exactly_as_many_customers_as_asked_for() {
    List<Event> events = new ArrayList<>();
    CompanyFacts facts = company(5).write(events::add);
    TreeSet<String> customers = new TreeSet<>();
    events.stream()
        .map(Event::userId)
        .filter(id -> id != null && id.startsWith("c"))
        .forEach(customers::add);
    assertThat(customers).hasSize(250).contains("c000001", "c000250");
    assertThat(facts.customers()).isEqualTo(250);
  }

  @Test
  void duplicates_and_late_records_are_few_and_counted() {
    List<Event> events = new ArrayList<>();
    CompanyFacts facts = company(5).write(events::add);
    long distinct = events.stream().map(Event::messageId).distinct().count();
    assertThat(events.size() - distinct).isEqualTo(facts.duplicates()).isPositive();
    assertThat(facts.duplicates()).isLessThan(events.size() / 200);
    assertThat(facts.late()).isBetween(1L, events.size() / 50L);
  }

  @Test
  void a_company_without_customers_is_refused() {
    assertThatThrownBy(() -> new SampleCompany(1, 0, END, 60)).hasMessageContaining("1 customer");
    assertThatThrownBy(() -> new SampleCompany(1, 10, END, 27)).hasMessageContaining("28 days");
  }
}
