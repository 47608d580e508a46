package io.pulso.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// What docs/architecture.md says of the engine.
class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.pulso.engine");

  @Test
  void the_scan_found_the_engine() {
    assertThat(MAIN.size()).isGreaterThan(100);
  }

  @Test
  void packages_point_one_way() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("json")
        .definedBy("io.pulso.engine.json")
        .layer("time")
        .definedBy("io.pulso.engine.time")
        .layer("yaml")
        .definedBy("io.pulso.engine.yaml")
        .layer("event")
        .definedBy("io.pulso.engine.event")
        .layer("expr")
        .definedBy("io.pulso.engine.expr")
        .layer("model")
        .definedBy("io.pulso.engine.model")
        .layer("score")
        .definedBy("io.pulso.engine.score")
        .layer("metric")
        .definedBy("io.pulso.engine.metric")
        .layer("segment")
        .definedBy("io.pulso.engine.segment")
        .layer("journey")
        .definedBy("io.pulso.engine.journey")
        .layer("sql")
        .definedBy("io.pulso.engine.sql")
        .layer("session")
        .definedBy("io.pulso.engine.session")
        .whereLayer("json")
        .mayNotAccessAnyLayer()
        .whereLayer("time")
        .mayNotAccessAnyLayer()
        .whereLayer("yaml")
        .mayOnlyAccessLayers("json")
        .whereLayer("event")
        .mayOnlyAccessLayers("json")
        .whereLayer("expr")
        .mayOnlyAccessLayers("json", "event")
        .whereLayer("model")
        .mayOnlyAccessLayers("json", "yaml", "event", "expr")
        .whereLayer("score")
        .mayOnlyAccessLayers("json", "event", "expr", "model", "time")
        .whereLayer("metric")
        .mayOnlyAccessLayers("yaml", "expr", "model", "score")
        .whereLayer("journey")
        .mayOnlyAccessLayers("yaml", "expr", "model", "score", "metric")
        .whereLayer("segment")
        .mayOnlyAccessLayers("json", "yaml", "expr", "model")
        .whereLayer("sql")
        .mayOnlyAccessLayers("json", "event", "expr", "model", "score", "metric", "journey", "time")
        .whereLayer("session")
        .mayNotAccessAnyLayer()
        .check(MAIN);
  }

  @Test
  void packages_form_no_cycle() {
    slices().matching("io.pulso.engine.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void it_knows_no_database_web_or_file_system() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "javax.sql..",
            "org.duckdb..",
            "java.net.http..",
            "java.nio.file..",
            "java.nio.channels..",
            "io.pulso.server..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(
            java.io.File.class,
            java.io.FileInputStream.class,
            java.io.FileOutputStream.class,
            java.io.FileReader.class,
            java.io.FileWriter.class,
            java.net.URI.class,
            java.net.Socket.class)
        .check(MAIN);
  }

  @Test
  void it_prints_nothing() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(MAIN);
  }

  @Test
  void every_package_is_known_here_and_null_marked() {
    assertThat(MAIN.getPackage("io.pulso.engine").getSubpackagesInTree())
        .filteredOn(found -> !found.getClasses().isEmpty())
        .isNotEmpty()
        .allMatch(found -> found.isAnnotatedWith(NullMarked.class))
        .extracting(JavaPackage::getRelativeName)
        .containsExactlyInAnyOrder(
            "json", "time", "yaml", "event", "expr", "model", "score", "metric", "journey",
            "segment", "session", "sql");
  }
}
