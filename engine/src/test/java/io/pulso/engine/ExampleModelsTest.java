package io.pulso.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.ModelFile;
import io.pulso.engine.model.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The models under `examples/`.
class ExampleModelsTest {
  private static final Path EXAMPLES = Path.of("..", "examples");

  static List<Path> models() throws IOException {
    try (Stream<Path> folders = Files.list(EXAMPLES)) {
      return folders.map(folder -> folder.resolve("model.yaml")).sorted().toList();
    }
  }

  @Test
  void there_are_examples() throws IOException {
    assertThat(models()).hasSizeGreaterThanOrEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("models")
  void an_example_is_read_without_a_warning(Path file) throws IOException {
    ModelFile read = ModelReader.read(file.toString(), Files.readString(file));
    assertThat(read.warnings()).isEmpty();
    assertThat(read.model().tests()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("models")
  void an_example_has_titles_in_four_languages(Path file) throws IOException {
    ModelFile read = ModelReader.read(file.toString(), Files.readString(file));
    assertThat(read.model().title().byLanguage()).containsOnlyKeys("en", "es", "it", "zh");
    assertThat(read.model().activities())
        .allSatisfy(activity ->
            assertThat(activity.title().byLanguage()).containsOnlyKeys("en", "es", "it", "zh"));
  }
}
