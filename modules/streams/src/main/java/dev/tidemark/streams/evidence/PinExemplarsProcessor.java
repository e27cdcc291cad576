package dev.tidemark.streams.evidence;

import dev.tidemark.records.Alert;
import dev.tidemark.records.Exemplar;
import dev.tidemark.streams.topology.Counts;
import dev.tidemark.streams.topology.DeadLetters;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.RecordFormatException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Tells the partitions of the runs that an alert shows, before and after, to keep them: with every
 * state of the alert, as an alert that goes on shows newer ones.
 */
final class PinExemplarsProcessor implements Processor<byte[], byte[], Object, Object> {
  private static final String ROOM = "evidence";
  private final Deserializer<Alert> alerts;
  private ProcessorContext<Object, Object> context;
  private Counts counts;

  PinExemplarsProcessor(AvroSerdes serdes) {
    this.alerts = serdes.value(Alert.class).deserializer();
  }

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    counts = new Counts(context, ROOM);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    var at = context.recordMetadata().orElseThrow();
    if (record.value() == null) {
      counts.record("tombstones");
      return;
    }
    try {
      pin(alerts.deserialize(at.topic(), record.headers(), record.value()), record.timestamp());
    } catch (RecordFormatException e) {
      counts.record("rejected");
      context.forward(
          DeadLetters.of(at, record, ROOM, e.reason().name(), e.getMessage()),
          EvidenceTopology.ALERTS_DEAD_SINK);
    }
  }

  private void pin(Alert alert, long timestamp) {
    Set<String> traces = new LinkedHashSet<>();
    alert.getExemplars().stream().map(Exemplar::getTraceId).forEach(traces::add);
    alert.getExemplarsBefore().stream().map(Exemplar::getTraceId).forEach(traces::add);
    byte[] key = alert.getAlertKey().getBytes(StandardCharsets.UTF_8);
    for (String trace : traces) {
      context.forward(
          new Record<Object, Object>(trace.getBytes(StandardCharsets.UTF_8), key, timestamp),
          EvidenceTopology.PINS_SINK);
    }
  }
}
