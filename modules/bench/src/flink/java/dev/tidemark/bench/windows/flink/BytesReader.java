package dev.tidemark.bench.windows.flink;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ValueTypeInfo;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes spans as they are: the trace is in the record's key, so nothing is decoded yet. */
final class BytesReader implements KafkaRecordDeserializationSchema<SpanBytes> {
  private static final long serialVersionUID = 1L;
  private transient ReadCount count;

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    count = new ReadCount();
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<SpanBytes> out) {
    count.one();
    SpanBytes bytes = new SpanBytes();
    bytes.arrivalMs = record.timestamp();
    bytes.offset = record.offset();
    if (record.value() != null) {
      bytes.trace = SpanBytes.trace(record.key());
      bytes.value = record.value();
    }
    out.collect(bytes);
  }

  @Override
  public TypeInformation<SpanBytes> getProducedType() {
    return new ValueTypeInfo<>(SpanBytes.class);
  }
}
