package dev.tidemark.streams.detect;

import dev.tidemark.streams.topology.ArrivalTimestamp;
import dev.tidemark.streams.topology.TopologyDefinition;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.StateStores;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Closed windows become findings. Windows and changes stand in the partition of their subject, so
 * one task sees all versions of a subject and what was rolled out for it.
 */
public final class DetectTopology implements TopologyDefinition {
  static final String FINDINGS_SINK = "findings-sink";
  static final String DEAD_SINK = "dead-letters-sink";
  private static final String DETECT = "detect-drift";

  private final DetectConfig config;
  private final Topics topics;
  private final AvroSerdes serdes;

  public DetectTopology(DetectConfig config, Topics topics, AvroSerdes serdes) {
    this.config = config;
    this.topics = topics;
    this.serdes = serdes;
  }

  @Override
  public String name() {
    return "detect";
  }

  @Override
  public List<Topic<?, ?>> inputs() {
    return List.of(topics.windows(), topics.changes());
  }

  @Override
  public List<Topic<?, ?>> outputs() {
    return List.of(topics.findings(), topics.deadLetters());
  }

  @Override
  public Topology build() {
    Topology topology = new Topology();
    source(topology, "windows-source", topics.windows());
    source(topology, "changes-source", topics.changes());
    topology.addProcessor(
        DETECT,
        () -> new DetectDriftProcessor(config, topics, serdes),
        "windows-source",
        "changes-source");
    topology.addStateStore(detectors(), DETECT);
    sink(topology, FINDINGS_SINK, topics.findings());
    sink(topology, DEAD_SINK, topics.deadLetters());
    return topology;
  }

  private static void source(Topology topology, String name, Topic<?, ?> topic) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        new ArrivalTimestamp(),
        Serdes.ByteArray().deserializer(),
        Serdes.ByteArray().deserializer(),
        topic.name());
  }

  private <K, V> void sink(Topology topology, String name, Topic<K, V> topic) {
    topology.addSink(
        name,
        topic.name(),
        serdes.key(topic.keyType()).serializer(),
        serdes.value(topic.valueType()).serializer(),
        DETECT);
  }

  private static StoreBuilder<?> detectors() {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(StateStores.DETECTORS), Serdes.String(), Serdes.ByteArray());
  }
}
