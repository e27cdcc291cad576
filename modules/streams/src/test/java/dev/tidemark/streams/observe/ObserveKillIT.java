package dev.tidemark.streams.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.testkit.oracle.LogEntry;
import dev.tidemark.testkit.oracle.OracleConfig;
import dev.tidemark.testkit.oracle.OracleWindow;
import dev.tidemark.testkit.oracle.WindowOracle;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Partitioning;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 under load, of one of two instances and of all there are, sometimes with the disk lost,
 * every fifth record sent twice, some late, commits stretched so that kills hit open transactions.
 * Every field of every window equals the oracle, and no transaction is left open. {@code
 * -Dtidemark.kills=30} kills more often.
 */
class ObserveKillIT {
  private static final int PARTITIONS = 4;
  private static final int RUNS_PER_KILL = 300;
  private static final long SPREAD_MS_PER_KILL = 60_000;
  private static final Duration STRETCHED = Duration.ofSeconds(3);
  private static final Duration ABORTED_BY = Duration.ofSeconds(60);

  private final int kills = Integer.getInteger("tidemark.kills", 3);
  private final long seed = Long.getLong("tidemark.seed", 23);
  private final Random random = new Random(seed);
  private final TestCluster cluster = TestCluster.shared();
  private final String prefix = cluster.uniquePrefix();
  private final Topics topics = Topics.prefixed(prefix);
  private final AvroSerdes serdes =
      AvroSerdes.of(Map.of("schema.registry.url", cluster.registryUrl()));
  private final Process[] instances = new Process[2];

  @TempDir Path state;

  @Test
  void shouldEqualTheOracleHoweverOftenInstancesAreKilled() throws Exception {
    cluster.createTopics(topics, PARTITIONS);
    List<LogEntry> log = log();
    Map<String, OracleWindow> expected = WindowOracle.windows(oracle(), log);
    start(0);
    start(1);
    try {
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(log));
      for (int kill = 0; kill < kills; kill++) {
        Thread.sleep(4_000 + random.nextInt(5_000));
        kill(kill);
      }
      sending.get();
      assertThat(differencesAtTheEnd(expected)).as("seed %d", seed).isEmpty();
      assertThat(loops()).as("seed %d", seed).isNotEmpty().doesNotHaveDuplicates();
    } finally {
      for (Process instance : instances) {
        instance.destroyForcibly().waitFor();
      }
    }
    assertThat(openTransactions()).as("seed %d", seed).isEmpty();
  }

  /** One of two, then all; every fourth time the disk is lost too. */
  private void kill(int number) throws Exception {
    boolean all = number % 3 == 2;
    int first = all ? 0 : random.nextInt(2);
    for (int i = first; i < (all ? 2 : first + 1); i++) {
      instances[i].destroyForcibly().waitFor();
      if (number % 4 == 3) {
        wipe(directory(i));
      }
      start(i);
    }
  }

  private void start(int instance) throws IOException {
    instances[instance] =
        ObserveProcess.start(
            cluster, prefix, directory(instance), PARTITIONS, STRETCHED, "exactly_once_v2");
  }

  private Path directory(int instance) {
    return state.resolve("instance" + instance);
  }

  private static void wipe(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  private static OracleConfig oracle() {
    ObserveConfig config = ObserveConfig.of(PARTITIONS, PARTITIONS);
    return new OracleConfig(
        config.window().toMillis(),
        config.lateness().toMillis(),
        config.skew().toMillis(),
        config.horizon().toMillis(),
        config.humanHorizon().toMillis(),
        config.inactivity().toMillis(),
        ObserveProcess.LOOPS.identical());
  }

  /** In the order of arrival, a heartbeat at the end of every partition. */
  private List<LogEntry> log() {
    List<LogEntry> log = new ArrayList<>();
    long spread = SPREAD_MS_PER_KILL * kills;
    for (Object record : RandomFleet.of(random, RUNS_PER_KILL * kills, spread)) {
      long arrival = RandomFleet.endMs(record) + random.nextInt(4_000);
      arrival += random.nextInt(50) == 0 ? 20_000 + random.nextInt(60_000) : 0;
      log.add(entry(record, arrival));
      if (random.nextInt(5) == 0) {
        log.add(entry(record, arrival + random.nextInt(5_000)));
      }
    }
    log.sort(Comparator.comparingLong(LogEntry::arrivalMs));
    long end = log.get(log.size() - 1).arrivalMs() + Duration.ofHours(2).toMillis();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      for (LogEntry.Topic topic : LogEntry.Topic.values()) {
        log.add(LogEntry.heartbeat(topic, partition, 0, end));
      }
    }
    long[] offsets = new long[2 * PARTITIONS];
    log.replaceAll(
        e ->
            new LogEntry(
                e.topic(),
                e.partition(),
                offsets[2 * e.partition() + (e.topic() == LogEntry.Topic.SPANS ? 0 : 1)]++,
                e.arrivalMs(),
                e.record()));
    return log;
  }

  private static LogEntry entry(Object record, long arrivalMs) {
    if (record instanceof AgentSpan span) {
      int partition = Partitioning.trace(span.getTraceId(), PARTITIONS);
      return LogEntry.of(span, partition, 0, arrivalMs);
    }
    AgentEvent event = (AgentEvent) record;
    int partition = Partitioning.trace(event.getTraceId(), PARTITIONS);
    return LogEntry.of(event, partition, 0, arrivalMs);
  }

  /** Without pauses longer than those after which a partition counts as idle. */
  private void send(List<LogEntry> log) {
    Map<String, Object> config = new HashMap<>(cluster.clientConfig());
    config.put("acks", "all");
    long each = 6_500L * kills / Math.max(1, log.size() / 100);
    try (var producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      int sent = 0;
      for (LogEntry entry : log) {
        var unused = producer.send(record(entry));
        if (++sent % 100 == 0) {
          producer.flush();
          Thread.sleep(each);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ProducerRecord<byte[], byte[]> record(LogEntry entry) {
    boolean spans = entry.topic() == LogEntry.Topic.SPANS;
    Topic<?, ?> topic = spans ? topics.spans() : topics.events();
    RecordHeaders headers = new RecordHeaders();
    byte[] value = null;
    if (entry.record() instanceof AgentSpan span) {
      value = serdes.value(AgentSpan.class).serializer().serialize(topic.name(), span);
    } else if (entry.record() instanceof AgentEvent event) {
      value = serdes.value(AgentEvent.class).serializer().serialize(topic.name(), event);
    } else {
      headers.add("tidemark-heartbeat", new byte[0]);
    }
    return new ProducerRecord<>(
        topic.name(), entry.partition(), entry.arrivalMs(), null, value, headers);
  }

  private List<String> differencesAtTheEnd(Map<String, OracleWindow> expected) throws Exception {
    long until = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    List<String> differences = List.of("nothing was read");
    while (!differences.isEmpty() && System.nanoTime() < until) {
      Thread.sleep(1_000);
      differences = ObserveOracleTest.differences(windows(), expected);
    }
    return differences.subList(0, Math.min(20, differences.size()));
  }

  private Map<String, List<WindowRecord>> windows() {
    return ShapePlay.byKey(
        cluster.readAll(topics.windows()).stream()
            .map(ConsumerRecord::value)
            .filter(Objects::nonNull)
            .toList());
  }

  private List<String> loops() {
    return cluster.readAll(topics.findings()).stream().map(f -> f.value().getFindingId()).toList();
  }

  /** Partitions whose committed records end before all records do. */
  private List<TopicPartition> openTransactions() throws InterruptedException {
    List<TopicPartition> all = new ArrayList<>();
    for (String topic : cluster.topics(prefix)) {
      all.addAll(partitions(topic));
    }
    long until = System.nanoTime() + ABORTED_BY.toNanos();
    List<TopicPartition> open = all;
    while (!open.isEmpty() && System.nanoTime() < until) {
      Thread.sleep(1_000);
      Map<TopicPartition, Long> committed = ends(all, "read_committed");
      Map<TopicPartition, Long> written = ends(all, "read_uncommitted");
      open = all.stream().filter(p -> !committed.get(p).equals(written.get(p))).toList();
    }
    return open;
  }

  private Map<TopicPartition, Long> ends(List<TopicPartition> partitions, String isolation) {
    Map<String, Object> config = new HashMap<>(cluster.clientConfig());
    config.put("isolation.level", isolation);
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return consumer.endOffsets(partitions);
    }
  }

  private static List<TopicPartition> partitions(String topic) {
    return IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(topic, p)).toList();
  }
}
