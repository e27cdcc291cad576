package dev.tidemark.streams.observe;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.DeadLetter;
import dev.tidemark.records.ErasureScope;
import dev.tidemark.records.Finding;
import dev.tidemark.records.WindowKey;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.BinaryAvroSerde;
import dev.tidemark.wire.ErasureMark;
import dev.tidemark.wire.StateStores;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** Observe in the topology test driver: one partition, a clock the test moves. */
final class ObserveHarness implements AutoCloseable {
  private final Topics topics = Topics.plain();
  private final AvroSerdes serdes;
  private final FakeLog log;
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> spans;
  private final TestInputTopic<byte[], byte[]> events;

  ObserveHarness(ObserveConfig config, Instant now) {
    this(config, now, new FakeLog());
  }

  ObserveHarness(ObserveConfig config, Instant now, FakeLog log) {
    this.log = log;
    this.serdes = AvroSerdes.of(Map.of("schema.registry.url", "mock://observe"));
    Properties properties = new Properties();
    properties.put("application.id", "observe-test");
    properties.put("bootstrap.servers", "none:9092");
    properties.put("state.dir", temporary().toString());
    driver =
        new TopologyTestDriver(
            new ObserveTopology(config, topics, serdes, log.source()).build(), properties, now);
    spans =
        driver.createInputTopic(
            topics.spans().name(), new ByteArraySerializer(), new ByteArraySerializer());
    events =
        driver.createInputTopic(
            topics.events().name(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Path temporary() {
    try {
      Path memory = Path.of("/dev/shm");
      Path directory =
          Files.isWritable(memory)
              ? Files.createTempDirectory(memory, "observe-test")
              : Files.createTempDirectory("observe-test");
      directory.toFile().deleteOnExit();
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void pipe(AgentSpan span, long arrivalMs) {
    byte[] value =
        serdes.value(AgentSpan.class).serializer().serialize(topics.spans().name(), span);
    raw(topics.spans(), span.getTraceId(), value, arrivalMs);
  }

  void pipe(AgentEvent event, long arrivalMs) {
    byte[] value =
        serdes.value(AgentEvent.class).serializer().serialize(topics.events().name(), event);
    raw(topics.events(), event.getTraceId(), value, arrivalMs);
  }

  void raw(Topic<?, ?> topic, String key, byte[] value, long arrivalMs) {
    send(topic, key, value, arrivalMs, new RecordHeaders());
  }

  /** Both topics have nothing outstanding before {@code arrivalMs}. */
  void heartbeat(long arrivalMs) {
    for (Topic<?, ?> topic : List.of(topics.spans(), topics.events())) {
      Headers headers = new RecordHeaders();
      headers.add("tidemark-heartbeat", new byte[0]);
      send(topic, null, null, arrivalMs, headers);
    }
  }

  /** Somebody had a run erased. */
  void erase(String traceId, long arrivalMs) {
    Headers headers = new RecordHeaders();
    new ErasureMark(ErasureScope.CONVERSATION, 1).addTo(headers);
    send(topics.spans(), traceId, null, arrivalMs, headers);
  }

  private void send(Topic<?, ?> topic, String key, byte[] value, long arrivalMs, Headers headers) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    TopicPartition partition = new TopicPartition(topic.name(), 0);
    log.append(
        new ConsumerRecord<>(
            topic.name(),
            0,
            log.end(partition),
            arrivalMs,
            TimestampType.LOG_APPEND_TIME,
            -1,
            -1,
            keyBytes,
            value,
            headers,
            Optional.empty()));
    TestInputTopic<byte[], byte[]> input = topic.name().equals(spansName()) ? spans : events;
    input.pipeInput(new TestRecord<>(keyBytes, value, headers, arrivalMs));
    log.commit(partition, log.end(partition));
  }

  private String spansName() {
    return topics.spans().name();
  }

  /** Lets the flush beat. */
  void beat(Duration time) {
    driver.advanceWallClockTime(time);
  }

  List<WindowRecord> windows() {
    List<WindowRecord> told = read(topics.windows(), WindowKey.class, WindowRecord.class);
    return told.stream().filter(Objects::nonNull).toList();
  }

  /** Windows and ticks since the topic was last read, in order. */
  List<TestRecord<WindowKey, WindowRecord>> windowsAndTicks() {
    return driver
        .createOutputTopic(
            topics.windows().name(),
            serdes.key(WindowKey.class).deserializer(),
            serdes.value(WindowRecord.class).deserializer())
        .readRecordsToList();
  }

  List<Finding> findings() {
    return read(topics.findings(), String.class, Finding.class);
  }

  List<AgentRun> runs() {
    return read(topics.runs(), String.class, AgentRun.class);
  }

  /** Summaries that the store has of a run. */
  int kept(String traceId) {
    int found = 0;
    try (var summaries =
        driver.getWindowStore(StateStores.RUNS).fetch(traceId, 0, Long.MAX_VALUE)) {
      while (summaries.hasNext()) {
        summaries.next();
        found++;
      }
    }
    return found;
  }

  List<ChangeEvent> changes() {
    return read(topics.changes(), String.class, ChangeEvent.class);
  }

  List<DeadLetter> deadLetters() {
    return read(topics.deadLetters(), String.class, DeadLetter.class);
  }

  /** Value of the meter of a reason, of one agent. */
  double counted(String reason, String agent) {
    return driver.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals(reason + "-total"))
        .filter(metric -> metric.getKey().tags().containsValue(agent))
        .mapToDouble(metric -> (Double) metric.getValue().metricValue())
        .sum();
  }

  /** Last value of every window, as bytes, by key in text. */
  Map<String, byte[]> finalWindows() {
    var serializer = BinaryAvroSerde.of(WindowRecord.class).serializer();
    Map<String, byte[]> last = new TreeMap<>();
    for (WindowRecord window : windows()) {
      last.put(
          window.getWindowStartMs() + " " + window.getSeries(), serializer.serialize("", window));
    }
    return last;
  }

  private <K, V> List<V> read(Topic<K, V> topic, Class<K> key, Class<V> value) {
    return driver
        .createOutputTopic(
            topic.name(), serdes.key(key).deserializer(), serdes.value(value).deserializer())
        .readValuesToList();
  }

  @Override
  public void close() {
    driver.close();
  }
}
