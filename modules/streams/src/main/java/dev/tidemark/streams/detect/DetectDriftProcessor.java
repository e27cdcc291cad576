package dev.tidemark.streams.detect;

import dev.tidemark.core.detect.DetectorStates;
import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.Finding;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.streams.topology.Counts;
import dev.tidemark.streams.topology.DeadLetters;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.RecordFormatException;
import dev.tidemark.wire.StateStores;
import dev.tidemark.wire.Ticks;
import dev.tidemark.wire.Topics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Shows closed windows, ticks, changes and decisions to the detectors and sends on what they
 * decide, stamped with the end of the window that decided. What cannot be read becomes a dead
 * letter; a registry that cannot be asked stops the task instead.
 */
final class DetectDriftProcessor implements Processor<byte[], byte[], Object, Object> {
  private static final String ROOM = "detect";

  private final Topics topics;
  private final Detection detection;
  private final Deserializer<WindowRecord> windows;
  private final Deserializer<ChangeEvent> changes;
  private final Deserializer<AlertDecision> decisions;
  private ProcessorContext<Object, Object> context;
  private Counts counts;
  private DetectorStates states;

  DetectDriftProcessor(DetectConfig config, Topics topics, AvroSerdes serdes) {
    this.topics = topics;
    this.detection = new Detection(config);
    this.windows = serdes.value(WindowRecord.class).deserializer();
    this.changes = serdes.value(ChangeEvent.class).deserializer();
    this.decisions = serdes.value(AlertDecision.class).deserializer();
  }

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    counts = new Counts(context, ROOM);
    states = new StoredStates(context.getStateStore(StateStores.DETECTORS));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata at = context.recordMetadata().orElseThrow();
    if (record.value() == null) {
      empty(record);
      return;
    }
    try {
      if (at.topic().equals(topics.changes().name())) {
        ChangeEvent change = changes.deserialize(at.topic(), record.headers(), record.value());
        if (!detection.announce(change, record.timestamp(), states)) {
          counts.record("changes-late");
        }
      } else if (at.topic().equals(topics.decisions().name())) {
        decide(at, record);
      } else {
        WindowRecord window = windows.deserialize(at.topic(), record.headers(), record.value());
        Optional<String> wrong = Detection.refuses(window);
        if (wrong.isPresent()) {
          refuse(at, record, wrong.get());
        } else {
          observe(window);
        }
      }
    } catch (RecordFormatException e) {
      counts.record("rejected");
      context.forward(
          DeadLetters.of(at, record, ROOM, e.reason().name(), e.getMessage()),
          DetectTopology.DEAD_SINK);
    }
  }

  private void decide(RecordMetadata at, Record<byte[], byte[]> record) {
    counts.record("decisions");
    AlertDecision decision = decisions.deserialize(at.topic(), record.headers(), record.value());
    switch (detection.decide(decision, states)) {
      case LATE -> counts.record("decisions-late");
      case UNKNOWN_SERIES -> {
        counts.record("decisions-unknown");
        context.forward(
            DeadLetters.of(
                at, record, ROOM, "UNKNOWN_SERIES", "no window of it was ever told here"),
            DetectTopology.DEAD_SINK);
      }
      case AWAITED -> {}
    }
  }

  private void empty(Record<byte[], byte[]> record) {
    OptionalLong tick = Ticks.endMs(record.headers());
    counts.record(tick.isPresent() ? "ticks" : "tombstones");
    if (tick.isPresent()) {
      tell(detection.tick(tick.getAsLong(), states));
    }
  }

  private void refuse(RecordMetadata at, Record<byte[], byte[]> record, String wrong) {
    counts.record("refused");
    String hint = "no window can be like this, " + wrong + ": look at who else writes the topic";
    context.forward(
        DeadLetters.of(at, record, ROOM, "IMPOSSIBLE_WINDOW", hint), DetectTopology.DEAD_SINK);
  }

  private void observe(WindowRecord window) {
    counts.record(window.getRevision() > 0 ? "revisions" : "windows");
    tell(detection.observe(window, states));
  }

  private void tell(List<Finding> findings) {
    for (Finding finding : findings) {
      counts.record("findings-" + finding.getAction().name().toLowerCase(Locale.ROOT));
      context.forward(
          new Record<Object, Object>(finding.getAlertKey(), finding, finding.getWindowEndMs()),
          DetectTopology.FINDINGS_SINK);
    }
  }

  /** The store of one task as the detector knows it. */
  private record StoredStates(KeyValueStore<String, byte[]> store) implements DetectorStates {
    @Override
    public byte[] get(String key) {
      return store.get(key);
    }

    @Override
    public void each(String prefix, BiConsumer<String, byte[]> visitor) {
      try (var found = store.prefixScan(prefix, new StringSerializer())) {
        found.forEachRemaining(entry -> visitor.accept(entry.key, entry.value));
      }
    }

    @Override
    public void put(String key, byte[] value) {
      store.put(key, value);
    }
  }
}
