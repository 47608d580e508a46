package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Connections that say nothing, or say it byte by byte, do not keep others from being answered.
class SlowConnectionsTest {
  private static final String HEAD = "POST /v1/track HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
  private static final String BODY =
      "POST /v1/track HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Length: 1000\r\n\r\n{"
          .formatted(GuardedServer.KEY);

  @TempDir private Path folder;

  @Test
  void good_requests_go_on_beside_500_slow_connections() throws Exception {
    beside(500);
  }

  @Test
  @Tag("long")
  void good_requests_go_on_beside_10_000_slow_connections() throws Exception {
    beside(possible(10_000));
  }

  /// Both ends of each connection are files of this process.
  private static int possible(int wanted) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      int room = (int) Math.min(wanted, (system.getMaxFileDescriptorCount() - 1_000) / 2);
      if (room < wanted) {
        System.err.printf(
            "only %d of %d connections: the system allows %d open files%n",
            room, wanted, system.getMaxFileDescriptorCount());
      }
      return room;
    }
    return wanted;
  }

  private void beside(int count) throws Exception {
    try (GuardedServer server =
        new GuardedServer(
            folder.resolve("w"),
            "",
            Map.of("header_seconds", "5", "idle_seconds", "8"),
            Clock.systemUTC())) {
      for (int i = 0; i < 200; i++) {
        server.post("/v1/track", login("warm" + i));
      }
      long before = heap();
      List<SocketChannel> slow = new ArrayList<>();
      try {
        long opening = System.nanoTime();
        for (int i = 0; i < count; i++) {
          slow.add(open(server.server().port(), i));
        }
        long opened = System.nanoTime() - opening;
        long[] took = new long[200];
        for (int i = 0; i < took.length; i++) {
          long begun = System.nanoTime();
          assertThat(server.post("/v1/track", login("m" + i)).statusCode()).isEqualTo(200);
          took[i] = (System.nanoTime() - begun) / 1_000_000;
          dribble(slow, i);
        }
        long beside = heap();
        Arrays.sort(took);
        System.err.printf(
            "beside %d slow connections (opened in %d ms): median %d ms, max %d ms, heap %d MB more%n",
            count,
            opened / 1_000_000,
            took[took.length / 2],
            took[took.length - 1],
            (beside - before) >> 20);
        assertThat(took[took.length / 2]).isLessThan(250);
        assertThat(took[took.length - 1]).isLessThan(5_000);
        assertThat((beside - before) / count).as("bytes a connection").isLessThan(100_000);
        ended(slow);
      } finally {
        for (SocketChannel channel : slow) {
          channel.close();
        }
      }
      assertThat(server.postAnew("/v1/track", login("last")).statusCode()).isEqualTo(200);
    }
  }

  private static String login(String id) {
    return "{\"userId\":\"u\",\"event\":\"Login\",\"messageId\":\"%s\"}".formatted(id);
  }

  /// One of three kinds: says nothing, is slow over its head, is slow over its body.
  private static SocketChannel open(int port, int kind) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String begin = kind % 3 == 0 ? "" : kind % 3 == 1 ? HEAD : BODY;
    channel.write(ByteBuffer.wrap(begin.getBytes(StandardCharsets.US_ASCII)));
    channel.configureBlocking(false);
    return channel;
  }

  /// Some of the slow ones send one more byte.
  private static void dribble(List<SocketChannel> slow, int round) {
    for (int i = round % 50; i < slow.size(); i += 50) {
      if (i % 3 != 0) {
        say(slow.get(i));
      }
    }
  }

  private static void say(SocketChannel channel) {
    try {
      channel.write(ByteBuffer.wrap(new byte[] {'x'}));
    } catch (IOException e) {
      return; // it was ended
    }
  }

  /// Waits until the server has ended those that say nothing and those that are slow over their
  /// head, although the latter never stop saying something.
  private static void ended(List<SocketChannel> slow) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    int open = slow.size();
    while (open > 0 && System.nanoTime() < end) {
      open = 0;
      for (int i = 0; i < slow.size(); i++) {
        SocketChannel channel = slow.get(i);
        if (i % 3 == 1) {
          say(channel);
        }
        open += i % 3 != 2 && isOpen(channel) ? 1 : 0;
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
    assertThat(open).as("still open").isZero();
  }

  private static boolean isOpen(SocketChannel channel) {
    try {
      return channel.isOpen() && channel.read(ByteBuffer.allocate(512)) >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
