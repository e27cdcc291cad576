package dev.tidemark.streams.evidence;

import dev.tidemark.records.AgentEvidence;
import dev.tidemark.records.AuditEntry;
import dev.tidemark.records.Sketch;
import dev.tidemark.streams.topology.Drawing;
import dev.tidemark.streams.topology.TopologyDefinition;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.BinaryAvroSerde;
import dev.tidemark.wire.Partitioning;
import dev.tidemark.wire.RecordKeys;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Runs worth keeping are copied before their topics forget them; verdicts and decisions are
 * chained. Alerts cross {@code agent-pins} to the partitions of the runs they show.
 */
public final class EvidenceTopology implements TopologyDefinition {
  static final String PINS_SINK = "pins-sink";
  static final String EVIDENCE_SINK = "evidence-sink";
  static final String ALERTS_DEAD_SINK = "alerts-dead-letters-sink";
  static final String RUNS_DEAD_SINK = "runs-dead-letters-sink";
  private static final String PIN = "pin-exemplars";
  private static final String KEEP = "keep-runs";
  private static final String CHAIN = "chain-verdicts";

  private final EvidenceConfig config;
  private final Topics topics;
  private final AvroSerdes serdes;
  private final Copier.Source copiers;

  /** Evidence on a real cluster. */
  public EvidenceTopology(EvidenceConfig config, Topics topics, AvroSerdes serdes) {
    this(config, topics, serdes, KafkaCopier::new);
  }

  EvidenceTopology(EvidenceConfig config, Topics topics, AvroSerdes serdes, Copier.Source copiers) {
    this.config = config;
    this.topics = topics;
    this.serdes = serdes;
    this.copiers = copiers;
  }

  @Override
  public String name() {
    return "evidence";
  }

  @Override
  public List<Topic<?, ?>> inputs() {
    return List.of(topics.spans(), topics.events(), topics.runs(), topics.alerts(), topics.pins());
  }

  @Override
  public List<Topic<?, ?>> outputs() {
    return List.of(topics.pins(), topics.evidence(), topics.audit(), topics.deadLetters());
  }

  @Override
  public Topology build() {
    return new Drawing(serdes)
        .source("alerts-source", topics.alerts())
        .processor(PIN, () -> new PinExemplarsProcessor(serdes), "alerts-source")
        .bytesSink(PINS_SINK, topics.pins(), PIN)
        .sink(ALERTS_DEAD_SINK, topics.deadLetters(), PIN)
        .source("runs-source", topics.runs())
        .source("pins-source", topics.pins())
        .processor(
            KEEP,
            () -> new KeepRunsProcessor(config, topics, serdes, copiers),
            "runs-source",
            "pins-source")
        .store(runs(), KEEP)
        .store(tails(), KEEP)
        .bytesStore(KeepRunsProcessor.COPIES, KEEP)
        .sink(EVIDENCE_SINK, topics.evidence(), EvidenceTopology::ofTrace, KEEP)
        .sink(RUNS_DEAD_SINK, topics.deadLetters(), KEEP)
        .source("spans-source", topics.spans())
        .source("events-source", topics.events())
        .processor(
            CHAIN,
            () -> new ChainVerdictsProcessor(topics, serdes),
            "spans-source",
            "events-source")
        .bytesStore(ChainVerdictsProcessor.HEADS, CHAIN)
        .sink("audit-sink", topics.audit(), EvidenceTopology::ofChain, CHAIN)
        .topology();
  }

  private static Optional<Set<Integer>> ofChain(
      String topic, String key, AuditEntry entry, int partitions) {
    return Optional.of(Set.of(entry.getChain()));
  }

  private static Optional<Set<Integer>> ofTrace(
      String topic, String key, AgentEvidence copy, int partitions) {
    return Optional.of(Set.of(Partitioning.trace(RecordKeys.trace(key), partitions)));
  }

  private StoreBuilder<?> runs() {
    return Stores.windowStoreBuilder(
        Stores.persistentWindowStore(
            KeepRunsProcessor.RUNS, config.horizon(), Duration.ofMillis(1), false),
        Serdes.String(),
        Serdes.ByteArray());
  }

  private static StoreBuilder<?> tails() {
    return Stores.windowStoreBuilder(
        Stores.persistentWindowStore(KeepRunsProcessor.TAILS, Tails.RETENTION, Tails.DAY, false),
        Serdes.String(),
        BinaryAvroSerde.of(Sketch.class));
  }
}
