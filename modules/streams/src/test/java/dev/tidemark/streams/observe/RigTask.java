package dev.tidemark.streams.observe;

import dev.tidemark.records.AgentRun;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.BinaryAvroSerde;
import dev.tidemark.wire.StateStores;
import dev.tidemark.wire.Topics;
import java.io.File;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** One task of the {@link ObserveRig}: a processor that can die, its stores and its place. */
final class RigTask {
  /** What the processor sent on. */
  record Out(String sink, Object key, Object value, long timeMs) {}

  private final Supplier<Processor<byte[], byte[], Object, Object>> processors;
  private final FakeLog log;
  private final TaskId id;
  private final List<StateStore> stores;
  private final Map<String, Long> places = new HashMap<>();
  private Processor<byte[], byte[], Object, Object> processor;
  private MockProcessorContext<Object, Object> context;
  private long wallMs = ObserveRig.WALL_START_MS;

  private RigTask(
      TaskId id,
      FakeLog log,
      List<StoreBuilder<?>> stores,
      Supplier<Processor<byte[], byte[], Object, Object>> processors) {
    this.id = id;
    this.log = log;
    this.processors = processors;
    this.stores = stores.stream().<StateStore>map(StoreBuilder::build).toList();
    MockProcessorContext<Object, Object> first = newContext();
    this.stores.forEach(store -> store.init(first.getStateStoreContext(), store));
    start();
  }

  static RigTask source(
      ObserveConfig config, Topics topics, AvroSerdes serdes, FakeLog log, int partition) {
    StoreBuilder<?> runs =
        Stores.windowStoreBuilder(
                Stores.inMemoryWindowStore(
                    StateStores.RUNS, config.runRetention(), Duration.ofMillis(1), false),
                Serdes.String(),
                new WrittenSerde<>(BinaryAvroSerde.of(AgentRun.class)))
            .withLoggingDisabled();
    return new RigTask(
        new TaskId(0, partition),
        log,
        List.of(
            keyValues(CombineSpansProcessor.OPEN_RUNS, Serdes.Long(), Serdes.ByteArray()),
            keyValues(CombineSpansProcessor.MARKS, Serdes.String(), Serdes.ByteArray()),
            runs,
            HeapWindows.builder(StateStores.OPEN_PARTIALS)),
        () -> new CombineSpansProcessor(config, topics, serdes, log.source()));
  }

  static RigTask join(ObserveConfig config, FakeLog log, int partition) {
    return new RigTask(
        new TaskId(2, partition),
        log,
        List.of(
            keyValues(JoinDecisionsProcessor.DECISIONS, Serdes.String(), Serdes.ByteArray()),
            keyValues(JoinDecisionsProcessor.MARKS, Serdes.String(), Serdes.ByteArray())),
        () -> new JoinDecisionsProcessor(config, DecisionLimits.DEFAULT));
  }

  static RigTask subject(
      ObserveConfig config, Topics topics, AvroSerdes serdes, FakeLog log, int partition) {
    Serde<SeriesKey> key = BinaryAvroSerde.of(SeriesKey.class);
    StoreBuilder<?> windows =
        Stores.windowStoreBuilder(
                Stores.inMemoryWindowStore(
                    StateStores.WINDOWS, config.windowRetention(), config.window(), false),
                new WrittenSerde<>(key),
                new WrittenSerde<>(BinaryAvroSerde.of(WindowRecord.class)))
            .withLoggingDisabled();
    return new RigTask(
        new TaskId(1, partition),
        log,
        List.of(
            keyValues(CloseWindowsProcessor.MARKS, Serdes.String(), Serdes.ByteArray()),
            keyValues(StateStores.SERIES, key, BinaryAvroSerde.of(ChangeEvent.class)),
            windows,
            HeapWindows.builder(StateStores.OPEN_WINDOWS)),
        () -> new CloseWindowsProcessor(config, topics, serdes, log.source()));
  }

  private static <K, V> StoreBuilder<?> keyValues(String name, Serde<K> key, Serde<V> value) {
    return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), key, value)
        .withLoggingDisabled();
  }

  /** Dies without a word and starts from what was committed. */
  void restart() {
    processor.close();
    start();
  }

  private void start() {
    context = newContext();
    stores.forEach(context::addStateStore);
    processor = processors.get();
    processor.init(context);
  }

  private MockProcessorContext<Object, Object> newContext() {
    Properties properties = new Properties();
    properties.put("application.id", "observe-rig");
    properties.put("bootstrap.servers", "none:9092");
    properties.put("processing.exception.handler.global.enabled", "true");
    var fresh = new MockProcessorContext<>(properties, id, new File("target"));
    fresh.setCurrentSystemTimeMs(wallMs);
    return fresh;
  }

  int partition() {
    return id.partition();
  }

  boolean atEnd(String topic) {
    return place(topic) >= log.end(new TopicPartition(topic, id.partition()));
  }

  /** Arrival of the next record of a topic that was not read to its end. */
  long nextArrivalMs(String topic) {
    return log.at(new TopicPartition(topic, id.partition()), place(topic)).timestamp();
  }

  /** Reads the next record and commits. */
  void read(String topic) {
    TopicPartition partition = new TopicPartition(topic, id.partition());
    long offset = place(topic);
    ConsumerRecord<byte[], byte[]> next = log.at(partition, offset);
    context.setRecordMetadata(topic, id.partition(), offset);
    processor.process(new Record<>(next.key(), next.value(), next.timestamp(), next.headers()));
    places.put(topic, offset + 1);
    log.commit(partition, offset + 1);
  }

  void clock(long nowMs) {
    wallMs = nowMs;
    context.setCurrentSystemTimeMs(nowMs);
  }

  void beat() {
    context.scheduledPunctuators().forEach(p -> p.getPunctuator().punctuate(wallMs));
  }

  /** What was sent on since this was last asked. */
  List<Out> take() {
    List<Out> out =
        context.forwarded().stream()
            .map(
                f ->
                    new Out(
                        f.childName().orElse(""),
                        f.record().key(),
                        f.record().value(),
                        f.record().timestamp()))
            .toList();
    context.resetForwards();
    return out;
  }

  /** How many entries a store of keys and values has. */
  int entries(String store) {
    int entries = 0;
    for (StateStore one : stores) {
      if (one.name().equals(store)) {
        try (var all = ((KeyValueStore<?, ?>) one).all()) {
          for (; all.hasNext(); all.next()) {
            entries++;
          }
        }
      }
    }
    return entries;
  }

  private long place(String topic) {
    return places.getOrDefault(topic, 0L);
  }
}
