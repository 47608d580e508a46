package io.pulso.server.ingest;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// The text of a rejected record as it is kept: cut to 8 KB, and without the keys that let somebody
/// write.
final class KeptBody {
  private static final int LARGEST = 8 * 1024;
  private static final Pattern KEY =
      Pattern.compile("(\"(?:writeKey|api_key|[$]?token)\"\\s*:\\s*)\"[^\"]*\"");

  private KeptBody() {}

  /// @param header what stands above the record so that it can be read alone
  static String of(String header, Slice body) {
    int length = Math.min(body.length(), LARGEST);
    return cut(
        withoutKeys(header + new String(body.bytes, body.from, length, StandardCharsets.UTF_8)));
  }

  /// What came over HTTP is kept without what shall not be kept of stored records either.
  static String of(Slice body, Scrubber scrubber) {
    int length = Math.min(body.length(), LARGEST);
    String text = new String(body.bytes, body.from, length, StandardCharsets.UTF_8);
    return cut(withoutKeys(scrubber.body(text)));
  }

  private static String withoutKeys(String body) {
    boolean may = body.contains("riteKey") || body.contains("api_key") || body.contains("token");
    return may ? KEY.matcher(body).replaceAll("$1\"[removed]\"") : body;
  }

  private static String cut(String body) {
    if (body.length() <= LARGEST / 4) {
      return body;
    }
    byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
    int end = Math.min(utf8.length, LARGEST);
    while (end > 0 && end < utf8.length && (utf8[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(utf8, 0, end, StandardCharsets.UTF_8);
  }
}
