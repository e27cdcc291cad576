package dev.tidemark.bench.windows;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.FlatRecord;
import dev.tidemark.wire.FlatRecords;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Our reader over every record, and nothing done with what it finds. */
final class Decoding implements Consumer<ConsumerRecord<byte[], byte[]>> {
  private final FlatRecords<AgentSpan> spans;
  private final int end;
  private long seen;

  private Decoding(AvroSerdes serdes) {
    spans = new FlatRecords<>(serdes, AgentSpan.class);
    end = spans.field("endMs");
  }

  static Decoding of(RunSpec spec) {
    return new Decoding(AvroSerdes.of(Map.of("schema.registry.url", spec.registry())));
  }

  @Override
  public void accept(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null) {
      FlatRecord span = spans.read(record.topic(), record.headers(), record.value());
      seen += span.number(end);
    }
  }

  @Override
  public String toString() {
    return Long.toString(seen);
  }
}
