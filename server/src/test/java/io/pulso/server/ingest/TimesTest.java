package io.pulso.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  private final Times utc = new Times(ZoneOffset.UTC, null);

  @ParameterizedTest
  @CsvSource({
    "2026-03-31T10:00:00Z,2026-03-31T10:00:00Z",
    "2026-03-31t10:00:00z,2026-03-31T10:00:00Z",
    "2026-03-31 10:00:00.1234567+02:00,2026-03-31T08:00:00.123456Z",
    "2026-03-31T10:00:00-0530,2026-03-31T15:30:00Z",
    "2026-03-31T10:00+01,2026-03-31T09:00:00Z",
    "2026-03-31 10:00:00 UTC,2026-03-31T10:00:00Z",
    "2026/03/31 10:00,2026-03-31T10:00:00Z",
    "20260331T101500Z,2026-03-31T10:15:00Z",
    "2026-03-31,2026-03-31T00:00:00Z",
    "20260331,2026-03-31T00:00:00Z",
    "19700101,1970-01-01T00:00:00Z",
    "1767225600,2026-01-01T00:00:00Z",
    "1767225600.25,2026-01-01T00:00:00.25Z",
    "1767225600123,2026-01-01T00:00:00.123Z",
    "1767225600123.5,2026-01-01T00:00:00.1235Z",
    "1767225600123456,2026-01-01T00:00:00.123456Z",
    "99999999999,5138-11-16T09:46:39Z",
    "100000000000,1973-03-03T09:46:40Z",
    "2024-02-29,2024-02-29T00:00:00Z",
    "2015-2-02T0:30:08.276Z,2015-02-02T00:30:08.276Z",
    "2026/3/1,2026-03-01T00:00:00Z",
    "0,1970-01-01T00:00:00Z",
    "' 2026-03-31 ',2026-03-31T00:00:00Z",
  })
  void a_text_is_an_instant(String text, Instant expected) throws RowFault {
    assertThat(utc.read(text)).isEqualTo(Checks.micros(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "-1767225600",
        "2026-02-30",
        "2026-13-01",
        "20261301",
        "2025-02-29",
        "yesterday",
        "2026-03-31T24:00:00Z",
        "2026-03-31T10:60:00Z",
        "2026-03-31T10:00:00+",
        "31/03/2026",
        "2026-03-31T10:00:00Zx",
        "100000000000000000",
        "1.2.3",
        "2026-03-31T10:00:00.Z",
        "0x10",
        "1e9"
      })
  void what_is_no_time_is_refused(String text) {
    assertThatThrownBy(() -> utc.read(text)).isInstanceOf(RowFault.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/Rome",
        "Australia/Lord_Howe",
        "America/New_York",
        "Asia/Kathmandu",
        "Pacific/Apia"
      })
  void local_times_are_what_java_says_of_them(String name) throws RowFault {
    ZoneId zone = ZoneId.of(name);
    Times local = new Times(zone, null);
    DateTimeFormatter text = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    Random random = new Random(3);
    for (int i = 0; i < 50_000; i++) {
      LocalDateTime time =
          LocalDateTime.of(2000, 1, 1, 0, 0).plusMinutes(random.nextInt(30 * 365 * 1440));
      assertThat(local.read(text.format(time)))
          .isEqualTo(Checks.micros(time.atZone(zone).toInstant()));
    }
  }

  @Test
  void a_format_may_have_its_own_zone() throws RowFault {
    Times times = new Times(ZoneId.of("Europe/Rome"), "dd MMM yyyy HH:mm z");
    assertThat(times.read("01 Mar 2026 10:00 GMT"))
        .isEqualTo(Checks.micros(Instant.parse("2026-03-01T10:00:00Z")));
  }
}
