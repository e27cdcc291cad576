package dev.tidemark.streams.observe;

import dev.tidemark.records.AgentRun;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.streams.topology.Drawing;
import dev.tidemark.streams.topology.TopologyDefinition;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.BinaryAvroSerde;
import dev.tidemark.wire.Partitioning;
import dev.tidemark.wire.StateStores;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Spans and events become runs and windows. Stage 1 reads them by trace and combines them in the
 * heap; only partial windows and watermarks cross {@code agent-partials}; stage 2 merges and closes
 * windows by subject. Human requests and decisions go round by {@code agent-correlations}, where
 * they meet across traces; the waits arrive as partials too.
 */
public final class ObserveTopology implements TopologyDefinition {
  static final String RUNS_SINK = "runs-sink";
  static final String PARTIALS_SINK = "partials-sink";
  static final String DECISIONS_SINK = "decisions-sink";
  static final String WAITS_SINK = "waits-sink";
  static final String WINDOWS_SINK = "windows-sink";
  static final String TICKS_SINK = "ticks-sink";
  static final String FINDINGS_SINK = "findings-sink";
  static final String CHANGES_SINK = "changes-sink";
  static final String DEAD_SINK = "dead-letters-sink";

  /** Length of the windows of the store of runs: none, a run stands at its end. */
  private static final Duration RUN_SPAN = Duration.ofMillis(1);

  private static final String COMBINE = "combine-spans";
  private static final String CLOSE = "close-windows";
  private static final String JOIN = "join-decisions";

  private final ObserveConfig config;
  private final Topics topics;
  private final AvroSerdes serdes;
  private final Replay.Source replays;

  /** Observe on a real cluster. */
  public ObserveTopology(ObserveConfig config, Topics topics, AvroSerdes serdes) {
    this(config, topics, serdes, KafkaReplay::new);
  }

  ObserveTopology(ObserveConfig config, Topics topics, AvroSerdes serdes, Replay.Source replays) {
    this.config = config;
    this.topics = topics;
    this.serdes = serdes;
    this.replays = replays;
  }

  @Override
  public String name() {
    return "observe";
  }

  @Override
  public List<Topic<?, ?>> inputs() {
    return List.of(topics.spans(), topics.events(), topics.partials(), topics.correlations());
  }

  @Override
  public List<Topic<?, ?>> outputs() {
    return List.of(
        topics.partials(),
        topics.correlations(),
        topics.runs(),
        topics.windows(),
        topics.changes(),
        topics.findings(),
        topics.deadLetters());
  }

  @Override
  public Topology build() {
    return new Drawing(serdes)
        .source("spans-source", topics.spans())
        .source("events-source", topics.events())
        .processor(
            COMBINE,
            () -> new CombineSpansProcessor(config, topics, serdes, replays),
            "spans-source",
            "events-source")
        .store(blocks(), COMBINE)
        .bytesStore(CombineSpansProcessor.MARKS, COMBINE)
        .store(runs(), COMBINE)
        .store(HeapWindows.builder(StateStores.OPEN_PARTIALS), COMBINE)
        .bytesSink(RUNS_SINK, topics.runs(), COMBINE)
        .sink(FINDINGS_SINK, topics.findings(), COMBINE)
        .sink(DEAD_SINK, topics.deadLetters(), COMBINE)
        .sink(PARTIALS_SINK, topics.partials(), ObserveTopology::toPartition, COMBINE)
        .sink(DECISIONS_SINK, topics.correlations(), ObserveTopology::toPartition, COMBINE)
        .source("partials-source", topics.partials())
        .processor(
            CLOSE,
            () -> new CloseWindowsProcessor(config, topics, serdes, replays),
            "partials-source")
        .bytesStore(CloseWindowsProcessor.MARKS, CLOSE)
        .store(windows(), CLOSE)
        .store(series(), CLOSE)
        .store(HeapWindows.builder(StateStores.OPEN_WINDOWS), CLOSE)
        .bytesSink(WINDOWS_SINK, topics.windows(), ObserveTopology::ofWindow, CLOSE)
        .headersSink(TICKS_SINK, topics.windows(), CLOSE)
        .sink(CHANGES_SINK, topics.changes(), ObserveTopology::ofChange, CLOSE)
        .source("requests-source", topics.correlations())
        .processor(
            JOIN,
            () -> new JoinDecisionsProcessor(config, DecisionLimits.DEFAULT),
            "requests-source")
        .bytesStore(JoinDecisionsProcessor.DECISIONS, JOIN)
        .bytesStore(JoinDecisionsProcessor.MARKS, JOIN)
        .sink(WAITS_SINK, topics.partials(), ObserveTopology::toPartition, JOIN)
        .topology();
  }

  private static Optional<Set<Integer>> toPartition(
      String topic, byte[] key, byte[] frame, int partitions) {
    return Optional.of(Set.of(ByteBuffer.wrap(key).getInt()));
  }

  private static Optional<Set<Integer>> ofWindow(
      String topic, byte[] key, byte[] window, int partitions) {
    return Optional.of(Set.of(Partitioning.framedSubject(key, partitions)));
  }

  private static Optional<Set<Integer>> ofChange(
      String topic, String key, ChangeEvent change, int partitions) {
    return Optional.of(
        Set.of(
            Partitioning.subject(
                change.getTenant(),
                change.getEnvironment(),
                change.getSubjectKind(),
                change.getSubjectName(),
                partitions)));
  }

  private static StoreBuilder<?> blocks() {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(CombineSpansProcessor.OPEN_RUNS),
        Serdes.Long(),
        Serdes.ByteArray());
  }

  private StoreBuilder<?> runs() {
    return Stores.windowStoreBuilder(
        Stores.persistentWindowStore(StateStores.RUNS, config.runRetention(), RUN_SPAN, false),
        Serdes.String(),
        new WrittenSerde<>(BinaryAvroSerde.of(AgentRun.class)));
  }

  private StoreBuilder<?> windows() {
    return Stores.windowStoreBuilder(
        Stores.persistentWindowStore(
            StateStores.WINDOWS, config.windowRetention(), config.window(), false),
        new WrittenSerde<>(BinaryAvroSerde.of(SeriesKey.class)),
        new WrittenSerde<>(BinaryAvroSerde.of(WindowRecord.class)));
  }

  private static StoreBuilder<?> series() {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(StateStores.SERIES),
        BinaryAvroSerde.of(SeriesKey.class),
        BinaryAvroSerde.of(ChangeEvent.class));
  }
}
