package dev.tidemark.query.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tidemark.query.Records;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertStatus;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.BinaryAvroSerde;
import dev.tidemark.wire.StateStores;
import dev.tidemark.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The views over a real engine whose stores are filled as observe and alert fill them. */
class KafkaStreamsViewsIT {
  private static final SeriesKey SEARCH = Records.tool("search", "v1", "1");
  private final TestCluster cluster = TestCluster.shared();
  private final Topics topics = Topics.prefixed(cluster.uniquePrefix());
  @TempDir private Path state;

  @Test
  void shouldReadTheStoresOfARunningEngine() throws Exception {
    cluster.createTopics(topics, 1);
    trigger();
    try (var engine = new KafkaStreams(topology(), config())) {
      var views = KafkaStreamsViews.over(Map.of("observe", engine, "alert", engine));
      assertThatExceptionOfType(NotReadyException.class)
          .isThrownBy(views::series)
          .satisfies(e -> assertThat(e.state()).isEqualTo("CREATED"));
      engine.start();

      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptionsInstanceOf(NotReadyException.class)
          .until(() -> views.run(Records.trace(1)).isPresent());

      List<Long> starts = new ArrayList<>();
      views.windows(SEARCH, Records.T0, Records.T0 + 15_000, w -> starts.add(w.getWindowStartMs()));
      List<Alert> alerts = new ArrayList<>();
      views.alerts(alerts::add);

      assertThat(starts).containsExactly(Records.T0);
      assertThat(views.newestWindowEndMs()).hasValue(Records.T0 + 45_000);
      assertThat(views.series()).contains(SEARCH, Records.fleet());
      assertThat(views.firstSeen()).containsOnlyKeys(SEARCH);
      assertThat(alerts).extracting(Alert::getAlertKey).containsExactly("k");
      assertThat(views.alert("other")).isEmpty();
      assertThat(views.states()).containsEntry(StateStores.WINDOWS, "RUNNING");
      assertThat(views.partial()).isFalse();
    }
  }

  @Test
  void shouldSayThatARoleIsNotHere() {
    assertThatExceptionOfType(NotReadyException.class)
        .isThrownBy(() -> KafkaStreamsViews.over(Map.of()).alert("k"))
        .satisfies(e -> assertThat(e.state()).isEqualTo("ABSENT"));
  }

  private void trigger() throws Exception {
    try (var producer =
        new KafkaProducer<>(
            cluster.clientConfig(), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topics.runs().name(), "key", "value")).get();
    }
  }

  private Properties config() {
    var config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, topics.runs().name() + "-views");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
    config.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    config.put("auto.offset.reset", "earliest");
    return config;
  }

  private Topology topology() {
    var topology = new Topology();
    var string = Serdes.String();
    topology.addSource(
        "source", string.deserializer(), string.deserializer(), topics.runs().name());
    topology.addProcessor("fill", FillStores::new, "source");
    topology.addStateStore(
        Stores.windowStoreBuilder(
            Stores.persistentWindowStore(
                StateStores.WINDOWS, Duration.ofDays(1), Duration.ofSeconds(15), false),
            BinaryAvroSerde.of(SeriesKey.class),
            BinaryAvroSerde.of(WindowRecord.class)),
        "fill");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(StateStores.SERIES),
            BinaryAvroSerde.of(SeriesKey.class),
            BinaryAvroSerde.of(ChangeEvent.class)),
        "fill");
    topology.addStateStore(
        Stores.windowStoreBuilder(
            Stores.persistentWindowStore(
                StateStores.RUNS, Duration.ofDays(3650), Duration.ofMillis(1), false),
            string,
            BinaryAvroSerde.of(AgentRun.class)),
        "fill");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(StateStores.ALERTS),
            string,
            BinaryAvroSerde.of(Alert.class)),
        "fill");
    return topology;
  }

  private static final class FillStores implements Processor<String, String, Void, Void> {
    private ProcessorContext<Void, Void> context;

    @Override
    public void init(ProcessorContext<Void, Void> given) {
      context = given;
    }

    @Override
    public void process(Record<String, String> record) {
      WindowStore<SeriesKey, WindowRecord> windows = context.getStateStore(StateStores.WINDOWS);
      for (int i = 0; i < 2; i++) {
        WindowRecord window = Records.window(SEARCH, Records.T0 + i * 15_000L, 4, 1);
        windows.put(SEARCH, window, window.getWindowStartMs());
      }
      WindowRecord fleet = Records.fleetWindow(Records.T0 + 30_000, 1, 0, 0);
      windows.put(Records.fleet(), fleet, fleet.getWindowStartMs());
      KeyValueStore<SeriesKey, ChangeEvent> series = context.getStateStore(StateStores.SERIES);
      series.put(SEARCH, Records.firstSeen(Records.window(SEARCH, Records.T0, 1, 0)));
      KeyValueStore<String, Alert> alerts = context.getStateStore(StateStores.ALERTS);
      alerts.put("k", Records.alert("k", SEARCH, AlertStatus.FIRING));
      WindowStore<String, AgentRun> runs = context.getStateStore(StateStores.RUNS);
      AgentRun run = Records.run(1).build();
      runs.put(Records.trace(1), run, run.getEndMs());
    }
  }
}
