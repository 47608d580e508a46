package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void it_says_how_much_was_compared_and_that_it_agrees() {
    Shop shop = Shop.open(folder);
    shop.run(0, "model", "publish", shop.model);
    Cli.write(shop.model, Shop.MODEL.replace("points: 10", "points: 11"));
    Cli ran = shop.run(0, "verify");
    assertThat(ran.out())
        .contains("under shop, version 1; shop, draft")
        .contains("   3  subjects")
        .contains("  10  days of units")
        .endsWith("every digit agrees\n");
    assertThat(shop.run(0, "verify", "--sample", "1", "--json").out())
        .contains("\"models\":2")
        .contains("\"subjects\":1,")
        .contains("\"different\":0,\"differences\":[]");
    assertThat(shop.run(2, "verify", "--sample", "0").err()).contains("1 or more");
  }

  @Test
  void a_difference_is_shown_and_has_status_1() throws SQLException {
    Shop shop = Shop.open(folder);
    try (Connection raw =
            DriverManager.getConnection(
                "jdbc:duckdb:" + shop.workspace.resolve("data/pulso.duckdb"));
        Statement statement = raw.createStatement()) {
      statement.execute("DELETE FROM rollup WHERE day = DATE '2026-03-12' - DATE '1970-01-01'");
    }
    Cli ran = shop.run(1, "verify");
    assertThat(ran.out())
        .contains("units  shop draft  bob      left      2026-03-12    none           1");
    assertThat(ran.err()).contains("pulso rebuild");
    assertThat(shop.run(1, "verify", "--json").out())
        .contains(
            "{\"what\":\"units\",\"model\":\"shop draft\",\"subject\":\"bob\",\"activity\":\"left\",\"day\":\"2026-03-12\",\"stored\":null,\"recomputed\":1}");
  }
}
