package io.pulso.server.people;

import java.net.InetAddress;
import java.util.Arrays;

/// The networks that addresses are in, as far as one can be told from the next: those of one
/// subscriber are counted together.
final class Networks {
  private static final int OF_FOUR = 3;
  private static final int OF_SIX = 6;

  private Networks() {}

  /// The network of an address; the text itself where it is none.
  static String of(String address) {
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      return Arrays.toString(Arrays.copyOf(bytes, bytes.length == 4 ? OF_FOUR : OF_SIX));
    } catch (IllegalArgumentException e) {
      return address;
    }
  }
}
