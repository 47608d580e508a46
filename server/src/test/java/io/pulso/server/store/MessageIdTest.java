package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "m1",
        "",
        "node-8a3f",
        "Ångström-消息-🙂",
        "ABCDEF01-2345-6789-ABCD-EF0123456789",
        "abcdef01-2345-6789-abcd-ef012345678",
        "abcdef01x2345-6789-abcd-ef0123456789"
      })
  void an_id_that_is_no_uuid_is_compared_by_its_hash(String id) {
    UUID hash = UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
    assertThat(MessageId.of(id))
        .isEqualTo(
            new MessageId(hash.getMostSignificantBits(), hash.getLeastSignificantBits(), id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"abcdef01-2345-6789-abcd-ef0123456789", "00000000-0000-0000-0000-000000000000"})
  void a_uuid_is_compared_as_it_is(String id) {
    UUID same = UUID.fromString(id);
    assertThat(MessageId.of(id))
        .isEqualTo(
            new MessageId(same.getMostSignificantBits(), same.getLeastSignificantBits(), null));
  }
}
