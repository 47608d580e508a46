package io.pulso.bench;

import com.sun.management.OperatingSystemMXBean;
import io.pulso.engine.event.EventType;
import io.pulso.server.app.Models;
import io.pulso.server.app.Workspace;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.LiveLoad;
import io.pulso.server.store.Store;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Measures how long the store takes to load a batch of what sources send, with everything that
/// follows from it.
///
/// `LiveRate WORKSPACE [EVENTS] [BATCHES]`; the workspace has imported events of customers c1, c2 …
/// and is changed. One record in fifty is an identify call, one in a hundred links a new visitor.
public final class LiveRate {
  private static final int CUSTOMERS = 700_000;

  private final Random random = new Random(1);
  private final long started = System.currentTimeMillis() * 1000;
  private long number;

  public static void main(String[] args) {
    Workspace workspace = Workspace.open(Path.of(args[0]));
    int events = args.length > 1 ? Integer.parseInt(args[1]) : 1_500;
    int batches = args.length > 2 ? Integer.parseInt(args[2]) : 40;
    LiveRate rate = new LiveRate();
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    try (Store store = workspace.store()) {
      var models = new Models(workspace, store).usable(System.err::println);
      LiveLoad live = store.live(Clock.systemUTC(), () -> models, change -> {});
      long position = live.position();
      double[] walls = new double[batches];
      double[] work = new double[batches];
      for (int i = 0; i < batches; i++) {
        List<LiveLoad.Part> parts = rate.parts(events);
        long wall = System.nanoTime();
        long cpu = machine.getProcessCpuTime();
        live.load(parts, ++position);
        walls[i] = (System.nanoTime() - wall) / 1e6;
        work[i] = (machine.getProcessCpuTime() - cpu) / 1e6;
      }
      System.out.println(
          Report.text(
              "batches of %,d: first %,.0f ms, then median %,.0f ms (most %,.0f), of processor time %,.0f ms",
              events,
              walls[0],
              middle(walls),
              Arrays.stream(walls).skip(1).max().orElse(0),
              middle(work)));
    }
  }

  private static double middle(double[] all) {
    double[] sorted = Arrays.stream(all).skip(1).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  private List<LiveLoad.Part> parts(int events) {
    List<LiveLoad.Part> parts = new ArrayList<>();
    for (int i = 0; i < events; i += 20) {
      List<Incoming> rows = new ArrayList<>();
      for (int j = i; j < Math.min(i + 20, events); j++) {
        rows.add(row(j));
      }
      parts.add(new LiveLoad.Part("live", true, started + number, rows, List.of()));
    }
    return parts;
  }

  private Incoming row(int place) {
    number++;
    String who = "c" + random.nextInt(CUSTOMERS);
    int kind = random.nextInt(100);
    return kind < 2
        ? row(EventType.IDENTIFY, who, null, null, "{\"plan\":\"team\"}", place)
        : row(
            EventType.TRACK,
            who,
            kind == 2 ? "visitor-" + number : null,
            "Feature Used",
            null,
            place);
  }

  private Incoming row(
      EventType type,
      String user,
      @Nullable String anonymous,
      @Nullable String event,
      @Nullable String traits,
      int place) {
    long at = started + number;
    return new Incoming(
        type,
        user,
        anonymous,
        null,
        null,
        event,
        null,
        null,
        at,
        at,
        new UUID(random.nextLong(), random.nextLong()).toString(),
        Double.NaN,
        0,
        event == null ? null : "{\"feature\":\"f" + random.nextInt(9) + "\",\"minutes\":3}",
        null,
        traits,
        0,
        place);
  }
}
