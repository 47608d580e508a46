package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.score.InUse;
import io.pulso.server.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The models of a server.
class LiveModelsTest {
  private static final String MODEL =
      """
      name: product
      activities:
        - {name: logins, match: event == "Login", points: 5}
      """;

  @TempDir private Path folder;

  @Test
  void a_publication_is_in_force_at_once() throws IOException {
    NewWorkspace.make(folder, ZoneOffset.UTC);
    Files.writeString(folder.resolve("models/product.yaml"), MODEL);
    Workspace workspace = Workspace.open(folder);
    Clock still = Clock.fixed(Instant.parse("2026-03-31T12:00:00Z"), ZoneOffset.UTC);
    try (Store store = workspace.store();
        Store other = store.beside()) {
      LiveModels models = new LiveModels(workspace, store, still, warning -> {});
      assertThat(versions(models)).contains(InUse.DRAFT);
      String text = MODEL.replace("points: 5", "points: 6");
      other.publish(
          Models.read("next.yaml", text).model(),
          text,
          "eva",
          still.instant(),
          "",
          (done, of) -> {});
      assertThat(versions(models)).contains("1");
    }
  }

  private static List<String> versions(LiveModels models) {
    return models.inForce().stream().map(InUse::version).toList();
  }
}
