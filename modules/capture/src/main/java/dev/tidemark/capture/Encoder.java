package dev.tidemark.capture;

import dev.tidemark.core.redact.Cleaned;
import dev.tidemark.core.redact.Redactor;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Redacts a record and writes it in its schema. May ask the registry; one thread at a time. */
final class Encoder {
  private final Redactor redactor = Redactor.standard();
  private final String spansTopic;
  private final String eventsTopic;
  private final Serializer<AgentSpan> spans;
  private final Serializer<AgentEvent> events;
  private final Tally tally;

  Encoder(Topics topics, Serializer<AgentSpan> spans, Serializer<AgentEvent> events, Tally tally) {
    this.spansTopic = topics.spans().name();
    this.eventsTopic = topics.events().name();
    this.spans = spans;
    this.events = events;
    this.tally = tally;
  }

  static Encoder of(Topics topics, Map<String, ?> client, Tally tally) {
    AvroSerdes serdes = AvroSerdes.of(client);
    return new Encoder(
        topics,
        serdes.value(AgentSpan.class).serializer(),
        serdes.value(AgentEvent.class).serializer(),
        tally);
  }

  ProducerRecord<byte[], byte[]> encode(AgentSpan span, long arrivalMs) {
    Cleaned<AgentSpan> clean = redactor.span(span);
    byte[] value = spans.serialize(spansTopic, clean.record());
    tally.clean(clean.redacted(), clean.rejected());
    return record(spansTopic, clean.record().getTraceId(), value, arrivalMs);
  }

  ProducerRecord<byte[], byte[]> encode(AgentEvent event, long arrivalMs) {
    Cleaned<AgentEvent> clean = redactor.event(event);
    byte[] value = events.serialize(eventsTopic, clean.record());
    tally.clean(clean.redacted(), clean.rejected());
    return record(eventsTopic, clean.record().getTraceId(), value, arrivalMs);
  }

  String[] topics() {
    return new String[] {spansTopic, eventsTopic};
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, String traceId, byte[] value, long arrivalMs) {
    return new ProducerRecord<>(
        topic, null, stamp(arrivalMs), traceId.getBytes(StandardCharsets.UTF_8), value);
  }

  static Long stamp(long arrivalMs) {
    return arrivalMs < 0 ? null : (Long) arrivalMs;
  }
}
