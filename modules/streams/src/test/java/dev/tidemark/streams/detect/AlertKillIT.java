package dev.tidemark.streams.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.AlertStatus;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.WindowKey;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.streams.detect.DriftingFleet.Bound;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.BinaryAvroSerde;
import dev.tidemark.wire.Partitioning;
import dev.tidemark.wire.Ticks;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Detect and alert run twice and are killed with -9 at random points while windows, changes and
 * decisions come in: one of the two processes or both, sometimes with the disk lost. Another
 * deployment reads the same records from the start, undisturbed. Per key both say the same, byte
 * for byte, in the alerts and in their history. {@code -Dtidemark.kills=50} kills more often.
 */
class AlertKillIT {
  private static final int PARTITIONS = 4;
  private static final Duration LIMIT = Duration.ofMinutes(4);

  /** A human sees windows that ended half a minute ago and more. */
  private static final long BEHIND_MS = 30_000;

  private final int kills = Integer.getInteger("tidemark.kills", 3);
  private final long seed = Long.getLong("tidemark.seed", 7);
  private final Random random = new Random(seed);
  private final TestCluster cluster = TestCluster.shared();
  private final AvroSerdes serdes =
      AvroSerdes.of(Map.of("schema.registry.url", cluster.registryUrl()));
  private final String prefix = cluster.uniquePrefix();
  private final Topics topics = Topics.prefixed(prefix);
  private final Process[] processes = new Process[2];
  private final List<AlertDecision> decisions = new ArrayList<>(DriftingFleet.decisions());
  private final List<ChangeEvent> changes = new ArrayList<>(DriftingFleet.changes());
  private int killed;
  private int wiped;

  @TempDir Path state;

  @Test
  void shouldSayTheSameHoweverOftenItIsKilledAndWhenAllIsReadAgain() throws Exception {
    List<Bound> bounds = new DriftingFleet(seed).bounds();
    long begun = System.nanoTime();
    cluster.createTopics(topics, PARTITIONS);
    start(0);
    start(1);
    try (var producer = producer()) {
      int sent = 0;
      for (int kill = 1; kill <= kills; kill++) {
        int until = bounds.size() * kill / (kills + 1);
        Thread.sleep(random.nextInt(2_500));
        send(producer, bounds.subList(sent, until));
        sent = until;
        Thread.sleep(random.nextInt(2_500));
        kill(kill);
      }
      send(producer, bounds.subList(sent, bounds.size()));
      String again = cluster.uniquePrefix();
      Topics fresh = Topics.prefixed(again);
      cluster.createTopics(fresh, PARTITIONS);
      copy(producer, fresh);
      Process other = AlertProcess.start(cluster, again, state.resolve("again"), PARTITIONS);
      try {
        Map<String, List<String>> expected = settled(fresh);
        assertThat(expected).hasSizeGreaterThan(3 * DriftingFleet.TOOLS);
        assertThat(statuses(fresh))
            .contains(AlertStatus.UPDATED, AlertStatus.ACCEPTED, AlertStatus.SUPERSEDED);
        Map<String, List<String>> told = awaited(topics, expected);
        System.out.printf(
            "seed %d, kills %d (processes %d, disks lost %d), alerts %d of %d keys, %d s%n",
            seed,
            kills,
            killed,
            wiped,
            expected.values().stream().mapToInt(List::size).sum(),
            expected.size(),
            Duration.ofNanos(System.nanoTime() - begun).toSeconds());
        assertThat(told).as("seed %d", seed).isEqualTo(expected);
        assertThat(last(topics)).isEqualTo(last(fresh));
      } finally {
        other.destroyForcibly().waitFor();
      }
    } finally {
      for (Process process : processes) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private void start(int index) throws IOException {
    processes[index] =
        AlertProcess.start(cluster, prefix, state.resolve("instance-" + index), PARTITIONS);
  }

  /** One of two, then the other, then both; every fourth time what they had on disk is lost. */
  private void kill(int number) throws Exception {
    for (int index = 0; index < processes.length; index++) {
      if (number % 3 != (index + 1) % 3 || number % 3 == 0) {
        processes[index].destroyForcibly().waitFor();
        killed++;
        if (random.nextInt(4) == 0) {
          wipe(state.resolve("instance-" + index));
          wiped++;
        }
        start(index);
      }
    }
  }

  private static void wipe(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Bounds with their ticks; what was declared and decided half a minute before it counts. */
  private void send(KafkaProducer<byte[], byte[]> producer, List<Bound> bounds) throws Exception {
    for (Bound bound : bounds) {
      if (said(producer, bound.endMs() + BEHIND_MS)) {
        producer.flush();
        Thread.sleep(100);
      }
      for (WindowRecord window : bound.windows()) {
        Topic<WindowKey, WindowRecord> topic = topics.windows();
        int partition = Partitioning.subject(window.getSeries(), PARTITIONS);
        send(producer, topic, partition, bound.endMs(), GuardedTool.key(window), window);
      }
      for (int partition = 0; bound.ticked() && partition < PARTITIONS; partition++) {
        String topic = topics.windows().name();
        var headers = Ticks.headers(bound.endMs());
        var unused =
            producer.send(
                new ProducerRecord<>(topic, partition, bound.endMs(), null, null, headers));
      }
    }
    producer.flush();
  }

  private boolean said(KafkaProducer<byte[], byte[]> producer, long untilMs) {
    boolean some = false;
    while (!changes.isEmpty() && changes.get(0).getTimeMs() <= untilMs) {
      ChangeEvent change = changes.remove(0);
      for (int partition = 0; partition < PARTITIONS; partition++) {
        String id = change.getChangeId();
        send(producer, topics.changes(), partition, change.getTimeMs(), id, change);
      }
      some = true;
    }
    while (!decisions.isEmpty() && decisions.get(0).getTimeMs() <= untilMs) {
      AlertDecision decision = decisions.remove(0);
      int partition = Partitioning.subject(decision.getSeries(), PARTITIONS);
      String id = decision.getDecisionId();
      send(producer, topics.decisions(), partition, decision.getTimeMs(), id, decision);
      some = true;
    }
    return some;
  }

  private <K, V> void send(
      KafkaProducer<byte[], byte[]> producer,
      Topic<K, V> topic,
      int partition,
      long stampMs,
      K key,
      V value) {
    byte[] keyBytes = serdes.key(topic.keyType()).serializer().serialize(topic.name(), key);
    byte[] bytes = serdes.value(topic.valueType()).serializer().serialize(topic.name(), value);
    var unused =
        producer.send(new ProducerRecord<>(topic.name(), partition, stampMs, keyBytes, bytes));
  }

  /** What detect reads, record by record, for those who read it for the first time. */
  private void copy(KafkaProducer<byte[], byte[]> producer, Topics to) {
    copy(producer, topics.changes(), to.changes());
    copy(producer, topics.decisions(), to.decisions());
    copy(producer, topics.windows(), to.windows());
    producer.flush();
  }

  private void copy(KafkaProducer<byte[], byte[]> producer, Topic<?, ?> from, Topic<?, ?> to) {
    Map<String, Object> config = Map.of("bootstrap.servers", cluster.bootstrapServers());
    var bytes = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<>(config, bytes, bytes)) {
      List<TopicPartition> all =
          IntStream.range(0, PARTITIONS)
              .mapToObj(partition -> new TopicPartition(from.name(), partition))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> one : consumer.poll(Duration.ofMillis(100))) {
          var unused =
              producer.send(
                  new ProducerRecord<>(
                      to.name(),
                      one.partition(),
                      one.timestamp(),
                      one.key(),
                      one.value(),
                      one.headers()));
        }
      }
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> config = new HashMap<>(cluster.clientConfig());
    config.put("acks", "all");
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** The history once nothing was added for a while. */
  private Map<String, List<String>> settled(Topics topics) throws InterruptedException {
    long until = System.nanoTime() + LIMIT.toNanos();
    Map<String, List<String>> before = Map.of();
    int same = 0;
    while (same < 8 && System.nanoTime() < until) {
      Thread.sleep(1_000);
      Map<String, List<String>> now = history(topics);
      same = now.equals(before) && !now.isEmpty() ? same + 1 : 0;
      before = now;
    }
    return before;
  }

  private Map<String, List<String>> awaited(Topics topics, Map<String, List<String>> expected)
      throws InterruptedException {
    long until = System.nanoTime() + LIMIT.toNanos();
    Map<String, List<String>> now = history(topics);
    while (!now.equals(expected) && System.nanoTime() < until) {
      Thread.sleep(1_000);
      now = history(topics);
    }
    return now;
  }

  /** Bytes of every state of every alert, by key, in their order. */
  private Map<String, List<String>> history(Topics topics) {
    Map<String, List<String>> byKey = new TreeMap<>();
    for (ConsumerRecord<String, Alert> found : cluster.readAll(topics.alertsHistory())) {
      byKey.computeIfAbsent(found.key(), key -> new ArrayList<>()).add(bytes(found.value()));
    }
    return byKey;
  }

  /** Bytes of the last state of every alert on the compacted topic. */
  private Map<String, String> last(Topics topics) {
    Map<String, String> byKey = new TreeMap<>();
    cluster.readAll(topics.alerts()).forEach(f -> byKey.put(f.key(), bytes(f.value())));
    return byKey;
  }

  private Set<AlertStatus> statuses(Topics of) {
    Set<AlertStatus> statuses = EnumSet.noneOf(AlertStatus.class);
    cluster.readAll(of.alertsHistory()).forEach(found -> statuses.add(found.value().getStatus()));
    return statuses;
  }

  private static String bytes(Alert alert) {
    byte[] bytes = BinaryAvroSerde.of(Alert.class).serializer().serialize("", alert);
    return alert.getEventId() + " " + alert.getStatus() + " " + Arrays.toString(bytes);
  }
}
