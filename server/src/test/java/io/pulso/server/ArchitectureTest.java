package io.pulso.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// What docs/architecture.md says of the server, and of all source files.
class ArchitectureTest {
  private static final int MOST_LINES = 500;

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.pulso.server");

  @Test
  void the_scan_found_the_server() {
    assertThat(MAIN.size()).isGreaterThan(100);
  }

  @Test
  void packages_point_one_way() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("event")
        .definedBy("io.pulso.server.event")
        .layer("store")
        .definedBy("io.pulso.server.store")
        .layer("journal")
        .definedBy("io.pulso.server.journal")
        .layer("score")
        .definedBy("io.pulso.server.score")
        .layer("summary")
        .definedBy("io.pulso.server.summary")
        .layer("journey")
        .definedBy("io.pulso.server.journey")
        .layer("metric")
        .definedBy("io.pulso.server.metric")
        .layer("segment")
        .definedBy("io.pulso.server.segment")
        .layer("starter")
        .definedBy("io.pulso.server.starter")
        .layer("ingest")
        .definedBy("io.pulso.server.ingest")
        .layer("door")
        .definedBy("io.pulso.server.door")
        .layer("access")
        .definedBy("io.pulso.server.access")
        .layer("edit")
        .definedBy("io.pulso.server.edit")
        .layer("outgoing")
        .definedBy("io.pulso.server.outgoing")
        .layer("people")
        .definedBy("io.pulso.server.people")
        .layer("api")
        .definedBy("io.pulso.server.api")
        .layer("page")
        .definedBy("io.pulso.server.page..")
        .layer("sample")
        .definedBy("io.pulso.server.sample")
        .layer("app")
        .definedBy("io.pulso.server.app")
        .layer("cli")
        .definedBy("io.pulso.server.cli")
        .whereLayer("event")
        .mayNotAccessAnyLayer()
        .whereLayer("store")
        .mayOnlyAccessLayers("event")
        .whereLayer("journal")
        .mayOnlyAccessLayers("event")
        .whereLayer("score")
        .mayOnlyAccessLayers("event", "store")
        .whereLayer("summary")
        .mayOnlyAccessLayers("event", "store", "score")
        .whereLayer("journey")
        .mayOnlyAccessLayers("event", "store", "score")
        .whereLayer("segment")
        .mayOnlyAccessLayers("event", "store", "score")
        .whereLayer("metric")
        .mayOnlyAccessLayers("event", "store", "score", "segment", "journey")
        .whereLayer("starter")
        .mayOnlyAccessLayers("event", "store")
        .whereLayer("ingest")
        .mayOnlyAccessLayers("event", "store", "journal", "score")
        .whereLayer("door")
        .mayOnlyAccessLayers("event", "store", "score", "ingest")
        .whereLayer("access")
        .mayOnlyAccessLayers("event", "store")
        .whereLayer("edit")
        .mayOnlyAccessLayers("event", "store", "score", "ingest")
        .whereLayer("outgoing")
        .mayOnlyAccessLayers("event")
        .whereLayer("people")
        .mayOnlyAccessLayers("event", "store", "score", "access", "outgoing")
        .whereLayer("api")
        .mayOnlyAccessLayers(
            "event", "store", "score", "access", "people", "edit", "starter", "metric", "segment",
            "journey")
        .whereLayer("page")
        .mayOnlyAccessLayers(
            "event", "store", "score", "summary", "ingest", "door", "access", "people", "edit",
            "api", "starter", "metric", "segment", "journey")
        .whereLayer("sample")
        .mayOnlyAccessLayers("event", "store", "score")
        .whereLayer("app")
        .mayOnlyAccessLayers(
            "event",
            "store",
            "journal",
            "score",
            "summary",
            "metric",
            "journey",
            "ingest",
            "door",
            "access",
            "outgoing",
            "people",
            "edit",
            "api",
            "page",
            "sample",
            "starter",
            "metric",
            "segment")
        .check(MAIN);
  }

  @Test
  void packages_form_no_cycle() {
    slices().matching("io.pulso.server.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void only_the_store_speaks_to_the_database() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.pulso.server.store")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.duckdb..")
        .check(MAIN);
  }

  @Test
  void only_the_doors_and_what_starts_them_know_http() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.pulso.server.door",
            "io.pulso.server.api",
            "io.pulso.server.page..",
            "io.pulso.server.outgoing",
            "io.pulso.server.app")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
        .check(MAIN);
  }

  @Test
  void only_the_command_line_writes_to_standard_output() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.pulso.server.cli")
        .should()
        .accessField(System.class, "out")
        .check(MAIN);
  }

  @Test
  void only_the_edges_write_to_standard_error() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.pulso.server.cli", "io.pulso.server.app")
        .should()
        .accessField(System.class, "err")
        .check(MAIN);
  }

  @Test
  void every_package_is_known_here_and_null_marked() {
    assertThat(MAIN.getPackage("io.pulso.server").getSubpackagesInTree())
        .filteredOn(found -> !found.getClasses().isEmpty())
        .isNotEmpty()
        .allMatch(found -> found.isAnnotatedWith(NullMarked.class))
        .extracting(JavaPackage::getRelativeName)
        .containsExactlyInAnyOrder(
            "event",
            "store",
            "journal",
            "score",
            "summary",
            "metric",
            "journey",
            "journey",
            "ingest",
            "door",
            "access",
            "outgoing",
            "people",
            "edit",
            "api",
            "page",
            "customer",
            "data",
            "overview",
            "entry",
            "settings",
            "metric",
            "segment",
            "segment",
            "sample",
            "starter",
            "model",
            "app",
            "cli");
  }

  @Test
  void no_source_file_of_any_module_is_longer_than_500_lines() throws IOException {
    List<Path> sources = sources();
    assertThat(sources).hasSizeGreaterThan(100);
    for (Path source : sources) {
      assertThat(Files.readAllLines(source))
          .as(source.toString())
          .hasSizeLessThanOrEqualTo(MOST_LINES);
    }
  }

  /// The Java files of all modules; tests run in the folder of their own module.
  private static List<Path> sources() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    try (Stream<Path> found =
        Files.find(root, 20, (path, facts) -> facts.isRegularFile() && isSource(root, path))) {
      return found.toList();
    }
  }

  private static boolean isSource(Path root, Path path) {
    return path.toString().endsWith(".java")
        && !root.relativize(path).toString().contains("target/");
  }
}
