package io.pulso.server.page.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelReader;
import io.pulso.server.api.Api;
import io.pulso.server.app.SampleServer;
import io.pulso.server.score.InUse;
import io.pulso.server.score.WhatIfs;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelDeskTest {
  @TempDir private Path folder = Path.of("");

  private static InUse draft(String match) {
    String text = "name: tried\nactivities:\n- {name: a, match: '" + match + "', points: 1}\n";
    return new InUse(ModelReader.read("m.yaml", text).model(), InUse.DRAFT);
  }

  @Test
  void what_was_never_counted_is_read_only_when_asked_for() throws IOException {
    try (SampleServer company = SampleServer.start(folder, 20)) {
      Api.Parts parts = company.server().site().parts();
      try (ModelDesk desk = new ModelDesk(parts, model -> List.of(), 1L << 24, 0);
          Store store = parts.store().beside();
          View view = store.now()) {
        int day = parts.days().day(parts.clock().millis() * 1000) - 1;
        InUse known = parts.models().find(store, "product-engagement", null, day);
        InUse fresh = draft("event == \"Feature Used\" && properties.feature == \"boards\"");
        assertThat(desk.compare(view, known, known, day)).isNotNull();
        assertThat(desk.compare(view, known, fresh, day)).isNull();
        assertThat(desk.reading(fresh.model())).isNull();
        desk.read(known, fresh, day);
        Instant deadline = Instant.now().plusSeconds(30);
        while (!isRead(desk, fresh.model()) && Instant.now().isBefore(deadline)) {
          LockSupport.parkNanos(10_000_000);
        }
        WhatIfs.Comparison slow = new WhatIfs(view).compare(known, fresh, day, false);
        WhatIfs.Comparison quick = desk.compare(view, known, fresh, day);
        assertThat(Objects.requireNonNull(quick).bands().after()).isEqualTo(slow.bands().after());
        assertThat(quick.changed()).isEqualTo(slow.changed()).isPositive();
      }
    }
  }

  private static boolean isRead(ModelDesk desk, Model model) {
    ModelDesk.Reading reading = desk.reading(model);
    return reading != null && reading.ended() && !reading.failed();
  }
}
