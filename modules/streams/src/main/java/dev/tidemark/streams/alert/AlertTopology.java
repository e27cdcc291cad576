package dev.tidemark.streams.alert;

import dev.tidemark.records.Alert;
import dev.tidemark.streams.topology.Drawing;
import dev.tidemark.streams.topology.TopologyDefinition;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.BinaryAvroSerde;
import dev.tidemark.wire.StateStores;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Findings become alerts: the last state of each, and the history of all. */
public final class AlertTopology implements TopologyDefinition {
  static final String ALERTS_SINK = "alerts-sink";
  static final String HISTORY_SINK = "alerts-history-sink";
  static final String DEAD_SINK = "dead-letters-sink";
  private static final String SOURCE = "findings-source";
  private static final String RAISE = "raise-alerts";

  private final AlertConfig config;
  private final Topics topics;
  private final AvroSerdes serdes;

  public AlertTopology(AlertConfig config, Topics topics, AvroSerdes serdes) {
    this.config = config;
    this.topics = topics;
    this.serdes = serdes;
  }

  @Override
  public String name() {
    return "alert";
  }

  @Override
  public List<Topic<?, ?>> inputs() {
    return List.of(topics.findings());
  }

  @Override
  public List<Topic<?, ?>> outputs() {
    return List.of(topics.alerts(), topics.alertsHistory(), topics.deadLetters());
  }

  @Override
  public Topology build() {
    return new Drawing(serdes)
        .source(SOURCE, topics.findings())
        .processor(RAISE, () -> new RaiseAlertsProcessor(config, serdes), SOURCE)
        .store(alerts(), RAISE)
        .sink(ALERTS_SINK, topics.alerts(), RAISE)
        .sink(HISTORY_SINK, topics.alertsHistory(), RAISE)
        .sink(DEAD_SINK, topics.deadLetters(), RAISE)
        .topology();
  }

  private static StoreBuilder<?> alerts() {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(StateStores.ALERTS),
        Serdes.String(),
        BinaryAvroSerde.of(Alert.class));
  }
}
