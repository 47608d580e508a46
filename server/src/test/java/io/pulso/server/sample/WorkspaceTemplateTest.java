package io.pulso.server.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelFile;
import io.pulso.engine.model.ModelReader;
import io.pulso.engine.model.ModelTest;
import io.pulso.engine.model.Texts;
import io.pulso.engine.segment.SegmentReader;
import io.pulso.testkit.Asked;
import io.pulso.testkit.ReferenceScorer;
import io.pulso.testkit.Scored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class WorkspaceTemplateTest {
  static Stream<String> models() {
    return WorkspaceTemplate.FILES.stream().filter(file -> file.startsWith("models/"));
  }

  static ModelFile model(String file) throws IOException {
    return ModelReader.read(file, new String(WorkspaceTemplate.read(file), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("models")
  void a_model_is_read_without_a_warning(String file) throws IOException {
    assertThat(model(file).warnings()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("models")
  void a_model_speaks_four_languages(String file) throws IOException {
    Model model = model(file).model();
    speaks(model.title());
    model.groups().forEach(group -> speaks(group.title()));
    model.activities().forEach(activity -> speaks(activity.title()));
    model.bands().forEach(band -> speaks(band.title()));
  }

  private static void speaks(Texts texts) {
    assertThat(texts.byLanguage()).containsOnlyKeys("en", "es", "it", "zh");
  }

  @ParameterizedTest
  @MethodSource("models")
  void the_examples_in_a_model_are_right(String file) throws IOException {
    Model model = model(file).model();
    assertThat(model.tests()).isNotEmpty();
    for (ModelTest test : model.tests()) {
      Scored scored = score(model, test);
      assertThat(scored.score()).as(test.name()).isEqualTo(test.score());
      assertThat(test.band()).as(test.name()).isIn(null, scored.band());
    }
  }

  private static Scored score(Model model, ModelTest test) {
    SortedMap<String, Scored> scores =
        ReferenceScorer.score(
            ExampleWorld.of(model, test), Asked.of(model, test.asOf().toString()));
    return Objects.requireNonNull(scores.get(ExampleWorld.subject(model)), test.name());
  }

  @Test
  void the_settings_name_models_that_are_there() throws IOException {
    String settings =
        new String(WorkspaceTemplate.read(WorkspaceTemplate.SETTINGS), StandardCharsets.UTF_8);
    assertThat(settings).contains("default_model: product-engagement", "fit: icp-fit");
    assertThat(model("models/product-engagement.yaml").model().name())
        .isEqualTo("product-engagement");
    assertThat(model("models/icp-fit.yaml").model().name()).isEqualTo("icp-fit");
  }

  @Test
  void a_workspace_that_is_there_is_not_overwritten(@TempDir Path folder) throws IOException {
    WorkspaceTemplate.copyTo(folder);
    assertThat(folder.resolve("models/icp-fit.yaml")).isRegularFile();
    Files.delete(folder.resolve("pulso.yaml"));
    assertThatThrownBy(() -> WorkspaceTemplate.copyTo(folder))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageEndingWith("product-engagement.yaml");
    assertThat(folder.resolve("pulso.yaml")).doesNotExist();
  }

  private static Stream<String> segments() {
    return WorkspaceTemplate.FILES.stream().filter(file -> file.startsWith("segments/"));
  }

  @ParameterizedTest
  @MethodSource("segments")
  void a_sample_segment_is_read_without_a_warning_in_four_languages(String file)
      throws IOException {
    SegmentReader.SegmentFile read =
        SegmentReader.read(file, new String(WorkspaceTemplate.read(file), StandardCharsets.UTF_8));
    assertThat(read.warnings()).isEmpty();
    assertThat(file).isEqualTo("segments/" + read.segment().name() + ".yaml");
    assertThat(read.segment().title().byLanguage()).containsOnlyKeys("en", "es", "it", "zh");
  }
}
