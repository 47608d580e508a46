package io.pulso.server.door;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A body as PostHog clients wrap it: JSON, or a form or base64 text with JSON or gzip inside.
///
/// @param content the JSON, or why there is none
/// @param key the write key of a form; null when it tells none
record PostHogBody(Content content, @Nullable String key) {
  private static final int MOST_LAYERS = 4;

  static PostHogBody read(byte[] body, int most) {
    Content content = new Content.Whole(body);
    String key = null;
    for (int i = 0; i < MOST_LAYERS && content instanceof Content.Whole(byte[] bytes); i++) {
      if (isJson(bytes)) {
        return new PostHogBody(content, key);
      }
      String text = new String(bytes, StandardCharsets.UTF_8).strip();
      boolean form = text.startsWith("data=") || text.contains("&data=");
      if (form) {
        Map<String, String> fields = Form.read(text);
        key = fields.get("api_key") != null ? fields.get("api_key") : fields.get("token");
        content = new Content.Whole(utf8(fields.getOrDefault("data", "")));
      } else {
        content = base64(text, most);
      }
    }
    return new PostHogBody(content, key);
  }

  private static boolean isJson(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b == '{' || b == '[' || b == (byte) 0xEF;
      }
    }
    return false;
  }

  /// A form makes blanks of the plus signs of base64.
  private static Content base64(String text, int most) {
    String letters = text.replace(' ', '+').replace('-', '+').replace('_', '/');
    try {
      return Content.unpacked(Base64.getDecoder().decode(letters), most);
    } catch (IllegalArgumentException e) {
      byte[] begin = utf8(text.length() > Content.CHUNK ? text.substring(0, Content.CHUNK) : text);
      return new Content.Unreadable(begin, "the body is neither JSON nor a form, base64 or gzip");
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
