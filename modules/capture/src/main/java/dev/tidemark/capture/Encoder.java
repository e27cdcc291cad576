package dev.tidemark.capture;

import dev.tidemark.core.redact.Cleaned;
import dev.tidemark.core.redact.Redactor;
import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.RecordKeys;
import dev.tidemark.wire.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Redacts a record and writes it in its schema. May ask the registry; one thread at a time. */
final class Encoder {
  private final Redactor redactor;
  private final int contentBytes;
  private final Topics topics;
  private final Serializer<AgentSpan> spans;
  private final Serializer<AgentEvent> events;
  private final Serializer<AgentContent> contents;
  private final Tally tally;

  private Encoder(CaptureConfig config, AvroSerdes serdes, Tally tally) {
    this.redactor = Redactor.of(config.redaction());
    this.contentBytes = config.content().limitBytes();
    this.topics = config.topics();
    this.spans = serdes.value(AgentSpan.class).serializer();
    this.events = serdes.value(AgentEvent.class).serializer();
    this.contents = serdes.value(AgentContent.class).serializer();
    this.tally = tally;
  }

  static Encoder of(CaptureConfig config, Tally tally) {
    return new Encoder(config, AvroSerdes.of(config.client()), tally);
  }

  /** The record of a parcel that holds one. */
  ProducerRecord<byte[], byte[]> encode(Parcel parcel) {
    if (parcel instanceof Parcel.OfSpan span) {
      return encode(span);
    }
    return parcel instanceof Parcel.OfEvent event
        ? encode(event)
        : encode((Parcel.OfContent) parcel);
  }

  private ProducerRecord<byte[], byte[]> encode(Parcel.OfSpan parcel) {
    Cleaned<AgentSpan> clean = redactor.span(parcel.span());
    String topic = topics.spans().name();
    byte[] value = spans.serialize(topic, clean.record());
    tally.clean(clean);
    return record(topic, clean.record().getTraceId(), value, parcel.arrivalMs());
  }

  private ProducerRecord<byte[], byte[]> encode(Parcel.OfEvent parcel) {
    Cleaned<AgentEvent> clean = redactor.event(parcel.event());
    String topic = topics.events().name();
    byte[] value = events.serialize(topic, clean.record());
    tally.clean(clean);
    return record(topic, clean.record().getTraceId(), value, parcel.arrivalMs());
  }

  private ProducerRecord<byte[], byte[]> encode(Parcel.OfContent parcel) {
    Cleaned<AgentContent> clean = redactor.content(parcel.content(), contentBytes);
    String topic = topics.content().name();
    byte[] value = contents.serialize(topic, clean.record());
    tally.clean(clean);
    return record(topic, RecordKeys.content(clean.record()), value, parcel.arrivalMs());
  }

  String[] topics() {
    return new String[] {topics.spans().name(), topics.events().name()};
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, String key, byte[] value, long arrivalMs) {
    return new ProducerRecord<>(
        topic, null, stamp(arrivalMs), key.getBytes(StandardCharsets.UTF_8), value);
  }

  static Long stamp(long arrivalMs) {
    return arrivalMs < 0 ? null : (Long) arrivalMs;
  }
}
