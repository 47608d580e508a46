package io.pulso.engine.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitValueTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1000",
    "0.0005, 1",
    "0.00049, 0",
    "1.0005, 1001",
    "2.675, 2675",
    "2.6755, 2676",
    "1e-7, 0",
    "4.9E-324, 0",
    "123456789.123456789, 123456789123",
    "1e9, 1000000000000",
    "999999999.9995, 1000000000000",
    "0.30000000000000004, 300",
    "9.7970846504176E-11, 0"
  })
  void numbers_are_rounded_half_up_by_their_shortest_text(double number, long milliUnits) {
    assertThat(UnitValue.of(number)).isEqualTo(new UnitValue(milliUnits, null));
  }

  @Test
  void what_does_not_count_says_why() {
    assertThat(UnitValue.of(null).reason()).isEqualTo(Uncounted.MISSING);
    assertThat(UnitValue.of(new Json.Null()).reason()).isEqualTo(Uncounted.MISSING);
    assertThat(UnitValue.of(new Json.Str(" 12.5 ")).reason()).isEqualTo(Uncounted.QUOTED_NUMBER);
    assertThat(UnitValue.of(new Json.Str("twelve")).reason()).isEqualTo(Uncounted.NOT_A_NUMBER);
    assertThat(UnitValue.of(new Json.Bool(true)).reason()).isEqualTo(Uncounted.BOOLEAN);
    assertThat(UnitValue.of(new Json.Arr(List.of(new Json.Num(1)))).reason())
        .isEqualTo(Uncounted.OBJECT_OR_ARRAY);
    assertThat(UnitValue.of(new Json.Obj(Map.of())).reason()).isEqualTo(Uncounted.OBJECT_OR_ARRAY);
    assertThat(UnitValue.of(-0.001).reason()).isEqualTo(Uncounted.NEGATIVE);
    assertThat(UnitValue.of(Math.nextUp(1e9)).reason()).isEqualTo(Uncounted.TOO_LARGE);
    assertThat(UnitValue.of(Double.POSITIVE_INFINITY).reason()).isEqualTo(Uncounted.NOT_FINITE);
    assertThat(UnitValue.milliUnits(new Json.Str("5"))).isZero();
  }
}
