package dev.tidemark.streams.alert;

import dev.tidemark.records.Alert;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.streams.topology.Counts;
import dev.tidemark.streams.topology.DeadLetters;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.RecordFormatException;
import dev.tidemark.wire.StateStores;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * One state machine per alert key. A finding that is not newer than the stored alert changes
 * nothing, so findings may be told twice; an episode that has ended does not open again. Detect
 * decides when an episode opens and closes; here it gets words, labels, a severity and its place
 * among the others.
 */
final class RaiseAlertsProcessor implements Processor<byte[], byte[], Object, Object> {
  private static final String ROOM = "alert";

  private final AlertConfig config;
  private final Deserializer<Finding> findings;
  private ProcessorContext<Object, Object> context;
  private Counts counts;
  private KeyValueStore<String, Alert> alerts;

  RaiseAlertsProcessor(AlertConfig config, AvroSerdes serdes) {
    this.config = config;
    this.findings = serdes.value(Finding.class).deserializer();
  }

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    counts = new Counts(context, ROOM);
    alerts = context.getStateStore(StateStores.ALERTS);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    var at = context.recordMetadata().orElseThrow();
    if (record.value() == null) {
      forget(record);
      return;
    }
    try {
      take(findings.deserialize(at.topic(), record.headers(), record.value()));
    } catch (RecordFormatException e) {
      counts.record("rejected");
      context.forward(
          DeadLetters.of(at, record, ROOM, e.reason().name(), e.getMessage()),
          AlertTopology.DEAD_SINK);
    }
  }

  /** A finding without a value erases the alert of its key, here and on its topic. */
  private void forget(Record<byte[], byte[]> record) {
    counts.record("tombstones");
    if (record.key() == null) {
      return;
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (alerts.delete(key) != null) {
      counts.record("erased");
      context.forward(
          new Record<Object, Object>(key, null, record.timestamp()), AlertTopology.ALERTS_SINK);
    }
  }

  private void take(Finding finding) {
    Alert known = alerts.get(finding.getAlertKey());
    if (known != null && finding.getSeq() <= known.getSeq()) {
      counts.record("repeated");
      return;
    }
    if (finding.getAction() == FindingAction.UNKNOWN) {
      counts.record("unknown-action");
      return;
    }
    boolean same = known != null && finding.getEpisodeId().equals(known.getEpisodeId());
    boolean note = finding.getAction() == FindingAction.NOTE;
    if (note && !same) {
      counts.record("notes-without-alert");
      return;
    }
    if (same && !note && known.getEndsAtMs() != null) {
      counts.record("after-the-end");
      return;
    }
    Alert alert = AlertWriter.write(finding, known, config.labels());
    alerts.put(alert.getAlertKey(), alert);
    counts.record("alerts");
    var out = new Record<Object, Object>(alert.getAlertKey(), alert, finding.getWindowEndMs());
    context.forward(out, AlertTopology.ALERTS_SINK);
    context.forward(out, AlertTopology.HISTORY_SINK);
  }
}
