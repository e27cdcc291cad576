package dev.tidemark.testkit;

import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Runs one topology without a broker, record by record, with typed topics. Every call is processed
 * to its end before it returns; time moves only when told. One partition, no transactions, no
 * rebalance: what needs those is an integration test. Not thread-safe.
 */
public final class TopologyHarness implements AutoCloseable {
  private static final AtomicInteger scopes = new AtomicInteger();

  private final Supplier<Topology> topology;
  private final AvroSerdes serdes;
  private final Properties properties = new Properties();
  private final Path state;
  private Instant now;
  private TopologyTestDriver driver;

  private TopologyHarness(Supplier<Topology> topology, AvroSerdes serdes, Properties own) {
    this.topology = topology;
    this.serdes = serdes;
    this.state = TemporaryDirectory.create("tidemark-harness");
    this.now = Instant.ofEpochMilli(Spans.T0);
    properties.put("application.id", "harness");
    properties.put("bootstrap.servers", "never-asked:1");
    properties.put("state.dir", state.toString());
    properties.putAll(own);
    this.driver = new TopologyTestDriver(topology.get(), properties, now);
  }

  /** Serdes whose registry is in memory and belongs to nobody else. */
  public static AvroSerdes serdes() {
    return AvroSerdes.of(
        Map.of("schema.registry.url", "mock://harness-" + scopes.incrementAndGet()));
  }

  /** Starts with plain settings. */
  public static TopologyHarness start(Supplier<Topology> topology, AvroSerdes serdes) {
    return start(topology, serdes, new Properties());
  }

  /**
   * Starts at {@link Spans#T0}.
   *
   * @param topology draws the topology, again for each restart
   * @param serdes for the typed topics; the same that the topology uses
   * @param properties settings of Kafka Streams on top of the harness' own
   */
  public static TopologyHarness start(
      Supplier<Topology> topology, AvroSerdes serdes, Properties properties) {
    return new TopologyHarness(topology, serdes, properties);
  }

  /**
   * Sends one record and everything that follows from it.
   *
   * @param arrivalMs time of the Kafka record, milliseconds since the epoch
   */
  public <K, V> void send(Topic<K, V> topic, K key, V value, long arrivalMs) {
    send(topic, new TestRecord<>(key, value, Instant.ofEpochMilli(arrivalMs)));
  }

  /** Sends one record with headers. */
  public <K, V> void send(Topic<K, V> topic, TestRecord<K, V> record) {
    driver
        .createInputTopic(
            topic.name(),
            serdes.key(topic.keyType()).serializer(),
            serdes.value(topic.valueType()).serializer())
        .pipeInput(record);
  }

  /** All records written to the topic and not read before, in order. */
  public <K, V> List<TestRecord<K, V>> read(Topic<K, V> topic) {
    return driver
        .createOutputTopic(
            topic.name(),
            serdes.key(topic.keyType()).deserializer(),
            serdes.value(topic.valueType()).deserializer())
        .readRecordsToList();
  }

  /** Lets the clock go on, with the punctuations that fall due. */
  public void advance(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  /** A key-value store, as the processors see it. */
  public <K, V> KeyValueStore<K, V> keyValues(String name) {
    return driver.getKeyValueStore(name);
  }

  /** A window store, as the processors see it. */
  public <K, V> WindowStore<K, V> windows(String name) {
    return driver.getWindowStore(name);
  }

  /** The driver itself, for meters and whatever else is not wrapped. */
  public TopologyTestDriver driver() {
    return driver;
  }

  /**
   * Stops and starts as another process would: what is in stores is kept, what processors remember
   * otherwise is lost. Output that was not read is lost too.
   */
  public void restart() {
    StoreCopy copy = StoreCopy.of(driver.getAllStateStores());
    driver.close();
    driver = new TopologyTestDriver(topology.get(), properties, now);
    copy.into(driver.getAllStateStores());
  }

  @Override
  public void close() {
    driver.close();
    TemporaryDirectory.delete(state);
  }
}
