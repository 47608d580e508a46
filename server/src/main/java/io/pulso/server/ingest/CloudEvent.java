package io.pulso.server.ingest;

import io.pulso.server.store.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// CloudEvents 1.0: the type is the name of the event, the subject is the user, source and id
/// together are its id. The extensions `anonymousid`, `groupid` and `usertoken` are taken as such.
final class CloudEvent implements Shape {
  private static final List<String> DATA = List.of("data", "data_base64");

  private final ObjectText objects = new ObjectText();

  @Override
  public void fill(Map<String, @Nullable Object> fields, Draft draft, Times times) throws RowFault {
    if (!"1.0".equals(fields.get("specversion"))) {
      throw new RowFault(RejectReason.UNSUPPORTED, "specversion must be \"1.0\"");
    }
    String id = required(fields, "id", RejectReason.BAD_MESSAGE_ID);
    String source = required(fields, "source", RejectReason.BAD_MESSAGE_ID);
    draft.type = "track";
    draft.event = required(fields, "type", RejectReason.NO_EVENT);
    draft.messageId =
        UUID.nameUUIDFromBytes((source + '\0' + id).getBytes(StandardCharsets.UTF_8)).toString();
    draft.userId = Values.id(fields.get("subject"), "subject");
    draft.anonymousId = Values.id(fields.get("anonymousid"), "anonymousid");
    draft.contextGroupId = Values.id(fields.get("groupid"), "groupid");
    draft.userToken = Values.text(fields.get("usertoken"));
    draft.occurredAt = Values.time(fields.get("time"), times);
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>(fields);
    DATA.forEach(attributes::remove);
    draft.context = Values.json(Map.of("cloudEvent", attributes));
    Map<String, @Nullable Object> properties = properties(fields);
    draft.told = properties;
    String text = Values.json(properties);
    draft.properties = text == null ? null : objects.properties(text, draft);
  }

  private static Map<String, @Nullable Object> properties(Map<String, @Nullable Object> fields) {
    Object data = fields.get("data");
    if (data instanceof Map<?, ?>) {
      return Values.map(data);
    }
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    for (String name : DATA) {
      if (fields.get(name) != null) {
        properties.put(name, fields.get(name));
      }
    }
    return properties;
  }

  private static String required(
      Map<String, @Nullable Object> fields, String name, RejectReason otherwise) throws RowFault {
    if (fields.get(name) instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new RowFault(otherwise, "a CloudEvent needs the text " + name);
  }

  /// The fields of an event whose attributes stand apart from its data.
  static Map<String, @Nullable Object> fields(
      Map<String, String> attributes, Slice data, boolean json) throws RowFault {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>(attributes);
    if (!data.isEmpty()) {
      fields.put("data", json ? new Values().any(data) : data.text());
    }
    return fields;
  }
}
