package dev.tidemark.bench.windows.flink;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.SpanKind;
import dev.tidemark.wire.AvroSerdes;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Whole span objects, the usual way. A heartbeat becomes a root span that counts nothing. */
final class ObjectReader implements KafkaRecordDeserializationSchema<AgentSpan> {
  private static final long serialVersionUID = 1L;
  private final String registry;
  private transient Deserializer<AgentSpan> spans;
  private transient ReadCount count;

  ObjectReader(String registry) {
    this.registry = registry;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    spans =
        AvroSerdes.of(Map.of("schema.registry.url", registry))
            .value(AgentSpan.class)
            .deserializer();
    count = new ReadCount();
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<AgentSpan> out) {
    count.one();
    if (record.value() == null) {
      AgentSpan tick = new AgentSpan();
      tick.setKind(SpanKind.RUN);
      tick.setEndMs(record.timestamp());
      out.collect(tick);
      return;
    }
    out.collect(spans.deserialize(record.topic(), record.headers(), record.value()));
  }

  @Override
  public TypeInformation<AgentSpan> getProducedType() {
    return new AvroTypeInfo<>(AgentSpan.class);
  }
}
