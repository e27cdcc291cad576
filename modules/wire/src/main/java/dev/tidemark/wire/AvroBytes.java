package dev.tidemark.wire;

import java.util.Arrays;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/**
 * Makes of a datum in Avro binary what the serializer of its topic would make of the record,
 * without the record: the prefix is the same for every record of a schema. A serializer that frames
 * otherwise is asked each time. Not thread-safe.
 */
public final class AvroBytes<T extends SpecificRecord> {
  private final Serde<T> serde;
  private final BinaryAvroSerde<T> binary;
  private final String topic;
  private byte[] prefix;

  private AvroBytes(Serde<T> serde, Class<T> type, String topic) {
    this.serde = serde;
    this.binary = BinaryAvroSerde.of(type);
    this.topic = topic;
  }

  /** For the values of a topic. */
  public static <T extends SpecificRecord> AvroBytes<T> values(
      AvroSerdes serdes, Class<T> type, String topic) {
    return new AvroBytes<>(serdes.value(type), type, topic);
  }

  /** For the keys of a topic. */
  public static <T extends SpecificRecord> AvroBytes<T> keys(
      AvroSerdes serdes, Class<T> type, String topic) {
    return new AvroBytes<>(serdes.key(type), type, topic);
  }

  /** A record in Avro binary. */
  public byte[] datum(T record) {
    return binary.datum(record);
  }

  /** What the topic carries for a datum. */
  public byte[] framed(byte[] datum) {
    if (prefix == null) {
      byte[] whole = whole(datum);
      int lead = whole.length - datum.length;
      boolean same = lead == RecordFrame.PREFIX && whole[0] == 0;
      prefix = same ? Arrays.copyOf(whole, lead) : new byte[0];
    }
    if (prefix.length == 0) {
      return whole(datum);
    }
    byte[] framed = Arrays.copyOf(prefix, prefix.length + datum.length);
    System.arraycopy(datum, 0, framed, prefix.length, datum.length);
    return framed;
  }

  private byte[] whole(byte[] datum) {
    T record = binary.deserializer().deserialize(topic, BinaryAvroSerde.stored(datum));
    return serde.serializer().serialize(topic, record);
  }
}
