package dev.tidemark.streams.observe;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** A serde that takes what is written already as it is; readers get records. */
final class WrittenSerde<T> implements Serde<Object> {
  private final Serde<T> records;

  WrittenSerde(Serde<T> records) {
    this.records = records;
  }

  @Override
  @SuppressWarnings("unchecked") // What is not bytes is a record: nothing else is ever put.
  public Serializer<Object> serializer() {
    Serializer<T> serializer = records.serializer();
    return (topic, value) ->
        value instanceof byte[] written ? written : serializer.serialize(topic, (T) value);
  }

  @Override
  public Deserializer<Object> deserializer() {
    Deserializer<T> deserializer = records.deserializer();
    return deserializer::deserialize;
  }
}
