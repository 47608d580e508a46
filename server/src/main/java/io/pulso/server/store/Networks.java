package io.pulso.server.store;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Some ranges of IP addresses, as CIDR blocks or single addresses.
public final class Networks {
  public static final Networks NONE = new Networks(List.of(), List.of());

  private static final Pattern LITERAL =
      Pattern.compile("[0-9]{1,3}([.][0-9]{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]{1,44}");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

  private final List<String> texts;
  private final List<Block> blocks;

  @SuppressWarnings("ArrayRecordComponent") // the bytes of an address
  private record Block(byte[] start, int bits) {
    boolean holds(byte[] address) {
      if (address.length != start.length) {
        return false;
      }
      int whole = bits / 8;
      for (int i = 0; i < whole; i++) {
        if (address[i] != start[i]) {
          return false;
        }
      }
      int rest = bits % 8;
      return rest == 0 || (address[whole] ^ start[whole]) >> (8 - rest) == 0;
    }
  }

  private Networks(List<String> texts, List<Block> blocks) {
    this.texts = List.copyOf(texts);
    this.blocks = List.copyOf(blocks);
  }

  /// The ranges with these texts, or an [IllegalArgumentException] that names the one that is none.
  public static Networks of(List<String> texts) {
    List<Block> blocks = new ArrayList<>();
    for (String text : texts) {
      Block block = block(text);
      if (block == null) {
        throw new IllegalArgumentException(
            "'%s' is no network; write one as 192.0.2.0/24, 2001:db8::/32 or a single address"
                .formatted(text));
      }
      blocks.add(block);
    }
    return new Networks(texts, blocks);
  }

  private static @Nullable Block block(String text) {
    int slash = text.indexOf('/');
    byte[] start = address(slash < 0 ? text : text.substring(0, slash));
    if (start == null) {
      return null;
    }
    int most = 8 * start.length;
    if (slash < 0) {
      return new Block(start, most);
    }
    String length = text.substring(slash + 1);
    int bits = LENGTH.matcher(length).matches() ? Integer.parseInt(length) : most + 1;
    return bits > most ? null : new Block(start, bits);
  }

  private static byte @Nullable [] address(String text) {
    if (!LITERAL.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text).getAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// Whether the text is an address in one of them.
  public boolean hold(String text) {
    byte[] address = blocks.isEmpty() ? null : address(text.strip());
    return address != null && blocks.stream().anyMatch(block -> block.holds(address));
  }

  public boolean isEmpty() {
    return blocks.isEmpty();
  }

  public List<String> texts() {
    return texts;
  }
}
