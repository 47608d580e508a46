package io.pulso.server.outgoing;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Which addresses are on the public internet. All others may be services that trust whoever
/// reaches them: of this machine, of its network, of its provider.
final class Addresses {
  /// Networks that are not public, as the first bits of their addresses.
  private static final List<Network> FOUR =
      List.of(
          new Network("00", 8),
          new Network("0a", 8),
          new Network("6440", 10),
          new Network("7f", 8),
          new Network("a9fe", 16),
          new Network("ac10", 12),
          new Network("c00000", 24),
          new Network("c00002", 24),
          new Network("c0a8", 16),
          new Network("c612", 15),
          new Network("c63364", 24),
          new Network("cb0071", 24),
          new Network("e0", 3));

  /// Of IPv6 only 2000::/3 is public, without what leads back to IPv4 or is for examples.
  private static final Network PUBLIC = new Network("20", 3);

  private static final List<Network> NOT_PUBLIC =
      List.of(
          new Network("20010000", 23),
          new Network("20010db8", 32),
          new Network("2002", 16),
          new Network("3fff00", 20));

  private static final Network NAT64 = new Network("0064ff9b0000000000000000", 96);
  private static final Network MAPPED = new Network("00000000000000000000ffff", 96);
  private static final int FOUR_BYTES = 4;

  private Addresses() {}

  private record Network(String first, int bits) {
    boolean has(byte[] address) {
      byte[] wanted = HexFormat.of().parseHex(first);
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit & 7);
        if ((address[bit >> 3] & mask) != (wanted[bit >> 3] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return isPublicFour(bytes);
    }
    if (MAPPED.has(bytes) || NAT64.has(bytes)) {
      return isPublicFour(Arrays.copyOfRange(bytes, bytes.length - FOUR_BYTES, bytes.length));
    }
    return PUBLIC.has(bytes) && NOT_PUBLIC.stream().noneMatch(network -> network.has(bytes));
  }

  private static boolean isPublicFour(byte[] bytes) {
    return FOUR.stream().noneMatch(network -> network.has(bytes));
  }

  /// All addresses of a host.
  static List<InetAddress> of(String host) throws UnknownHostException {
    return List.of(InetAddress.getAllByName(host.replaceAll("[\\[\\]]", "")));
  }
}
