package dev.tidemark.ingest.collector;

import dev.tidemark.core.dialect.Normalizer;
import dev.tidemark.ingest.Batch;
import dev.tidemark.ingest.otlp.Malformed;
import dev.tidemark.ingest.otlp.OtlpJson;
import dev.tidemark.ingest.otlp.OtlpProto;
import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.streams.topology.Counts;
import dev.tidemark.streams.topology.DeadLetters;
import dev.tidemark.wire.RecordKeys;
import java.io.IOException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Reads one export request per record. What cannot be read or used becomes one dead letter: where
 * it was and why, never what it said.
 */
final class NormalizeProcessor implements Processor<byte[], byte[], Object, Object> {
  private static final String ROOM = "ingest";
  private final Signal signal;
  private final String tenant;
  private final Normalizer normalizer;
  private ProcessorContext<Object, Object> context;
  private Counts counts;

  /** What a topic carries. */
  enum Signal {
    TRACES,
    LOGS
  }

  NormalizeProcessor(Signal signal, String tenant, Normalizer normalizer) {
    this.signal = signal;
    this.tenant = tenant;
    this.normalizer = normalizer;
  }

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    counts = new Counts(context, ROOM);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    byte[] value = record.value();
    if (value == null) {
      counts.record("tombstones");
    } else if (value.length == 0) {
      reject(record, "EMPTY_VALUE", "value has no bytes: check the Collector's kafka exporter");
    } else {
      try {
        forward(record, batch(value));
      } catch (Malformed e) {
        reject(record, "NOT_OTLP", e.getMessage() + ": set the exporter's encoding to otlp_proto");
      } catch (IOException e) {
        throw new IllegalStateException("memory cannot fail to be read", e);
      }
    }
  }

  /** No protobuf request begins with a brace: as a tag it would open a group nobody defined. */
  private Batch batch(byte[] value) throws IOException {
    boolean json = value[0] == '{';
    return signal == Signal.TRACES
        ? Batch.ofSpans(json ? OtlpJson.traces(value) : OtlpProto.traces(value), tenant, normalizer)
        : Batch.ofLogs(json ? OtlpJson.logs(value) : OtlpProto.logs(value), tenant, normalizer);
  }

  private void forward(Record<byte[], byte[]> record, Batch batch) {
    for (AgentSpan span : batch.spans()) {
      context.forward(
          new Record<>(span.getTraceId(), span, record.timestamp()), CollectorTopology.SPANS_SINK);
    }
    for (AgentEvent event : batch.events()) {
      context.forward(
          new Record<>(event.getTraceId(), event, record.timestamp()),
          CollectorTopology.EVENTS_SINK);
    }
    for (AgentContent content : batch.contents()) {
      context.forward(
          new Record<>(RecordKeys.content(content), content, record.timestamp()),
          CollectorTopology.CONTENT_SINK);
    }
    counts.record("spans", batch.spans().size());
    counts.record("events", batch.events().size());
    counts.record("redacted", batch.redacted().total());
    counts.record("redaction-failed", batch.redacted().failed());
    if (batch.rejected() > 0) {
      counts.record("items-rejected", batch.rejected());
      reject(
          record,
          "UNUSABLE_ITEMS",
          batch.rejected() + " items of the request are left out; the first: " + batch.reason());
    }
  }

  private void reject(Record<byte[], byte[]> record, String reason, String hint) {
    counts.record("rejected");
    context.forward(
        DeadLetters.of(context.recordMetadata().orElseThrow(), record, ROOM, reason, hint),
        CollectorTopology.DEAD_SINK);
  }
}
