package dev.tidemark.wire;

import dev.tidemark.wire.RecordFormatException.Reason;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * How a record names its writer's schema. Confluent's wire format: a zero byte and a four-byte
 * big-endian id before the datum; or a header with a zero byte and an id, or a one and a 16-byte
 * guid.
 *
 * @param id id in the registry, or null when the guid counts
 * @param guid global id, or null when the id counts
 * @param start where the datum starts
 */
record RecordFrame(Integer id, UUID guid, int start) {
  static final int PREFIX = 5;
  private static final byte WITH_ID = 0;
  private static final byte WITH_GUID = 1;

  static String header(boolean key) {
    return key ? "__key_schema_id" : "__value_schema_id";
  }

  /** Writes the prefix of a record. */
  static void prefix(int id, byte[] target) {
    ByteBuffer.wrap(target).put(WITH_ID).putInt(id);
  }

  /**
   * Reads the frame of a record.
   *
   * @throws RecordFormatException when there is none
   */
  static RecordFrame of(String topic, boolean key, Headers headers, byte[] data) {
    Header header = headers == null ? null : headers.lastHeader(header(key));
    if (header != null && header.value() != null) {
      return ofHeader(topic, header);
    }
    if (data.length == 0) {
      throw new RecordFormatException(
          Reason.EMPTY_VALUE, "a record on " + topic + " has zero bytes: send null to delete");
    }
    if (data[0] != WITH_ID) {
      throw new RecordFormatException(
          Reason.NOT_REGISTRY_FRAMED,
          "a record on "
              + topic
              + " does not start with a zero byte and a schema id"
              + (data[0] == '{' || data[0] == '[' ? ", it looks like JSON" : "")
              + ": produce it with a schema registry's Avro serializer");
    }
    if (data.length < PREFIX) {
      throw new RecordFormatException(
          Reason.TRUNCATED, "a record on " + topic + " ends inside its schema id");
    }
    return new RecordFrame(ByteBuffer.wrap(data).getInt(1), null, PREFIX);
  }

  private static RecordFrame ofHeader(String topic, Header header) {
    ByteBuffer value = ByteBuffer.wrap(header.value());
    if (value.remaining() == PREFIX && value.get(0) == WITH_ID) {
      return new RecordFrame(value.getInt(1), null, 0);
    }
    if (value.remaining() == 17 && value.get(0) == WITH_GUID) {
      return new RecordFrame(null, new UUID(value.getLong(1), value.getLong(9)), 0);
    }
    throw new RecordFormatException(
        Reason.MALFORMED,
        "header " + header.key() + " of a record on " + topic + " is neither an id nor a guid");
  }
}
