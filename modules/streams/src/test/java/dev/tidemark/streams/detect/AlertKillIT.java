package dev.tidemark.streams.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.Alert;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.WindowKey;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.BinaryAvroSerde;
import dev.tidemark.wire.Partitioning;
import dev.tidemark.wire.Ticks;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Detect and alert are killed with -9 at random points while windows come in; another deployment
 * reads all of them from the start, undisturbed. Per key both say the same, byte for byte, in the
 * alerts and in their history. {@code -Dtidemark.kills=50} kills more often.
 */
class AlertKillIT {
  private static final int PARTITIONS = 4;
  private static final int TOOLS = 12;
  private static final int WINDOWS = 320;
  private static final long WINDOW_MS = 15_000;
  private static final Duration LIMIT = Duration.ofMinutes(4);

  private final int kills = Integer.getInteger("tidemark.kills", 3);
  private final long seed = Long.getLong("tidemark.seed", 7);
  private final Random random = new Random(seed);
  private final TestCluster cluster = TestCluster.shared();
  private final AvroSerdes serdes =
      AvroSerdes.of(Map.of("schema.registry.url", cluster.registryUrl()));

  @TempDir Path state;

  @Test
  void shouldSayTheSameHoweverOftenItIsKilledAndWhenAllIsReadAgain() throws Exception {
    List<List<WindowRecord>> bounds = bounds();
    long begun = System.nanoTime();
    String killed = cluster.uniquePrefix();
    Topics topics = Topics.prefixed(killed);
    cluster.createTopics(topics, PARTITIONS);
    Process process = AlertProcess.start(cluster, killed, state.resolve("killed"), PARTITIONS);
    try (var producer = producer()) {
      int sent = 0;
      for (int kill = 1; kill <= kills; kill++) {
        int until = bounds.size() * kill / (kills + 1);
        Thread.sleep(random.nextInt(2_500));
        send(producer, topics, bounds.subList(sent, until));
        sent = until;
        Thread.sleep(random.nextInt(2_500));
        process.destroyForcibly().waitFor();
        process = AlertProcess.start(cluster, killed, state.resolve("killed"), PARTITIONS);
      }
      send(producer, topics, bounds.subList(sent, bounds.size()));
      String again = cluster.uniquePrefix();
      Topics fresh = Topics.prefixed(again);
      cluster.createTopics(fresh, PARTITIONS);
      send(producer, fresh, bounds);
      Process other = AlertProcess.start(cluster, again, state.resolve("again"), PARTITIONS);
      try {
        Map<String, List<String>> expected = settled(fresh);
        assertThat(expected).hasSizeGreaterThan(TOOLS);
        assertThat(awaited(topics, expected)).as("seed %d", seed).isEqualTo(expected);
        assertThat(last(topics)).isEqualTo(last(fresh));
        System.out.printf(
            "kills %d, alerts %d of %d keys, %d s%n",
            kills,
            expected.values().stream().mapToInt(List::size).sum(),
            expected.size(),
            Duration.ofNanos(System.nanoTime() - begun).toSeconds());
      } finally {
        other.destroyForcibly().waitFor();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Windows by their ends: tools get a guard one after the other, and half of them lose it. */
  private List<List<WindowRecord>> bounds() {
    List<List<WindowRecord>> bounds = new ArrayList<>();
    for (int i = 0; i < WINDOWS; i++) {
      List<WindowRecord> ended = new ArrayList<>();
      for (int tool = 0; tool < TOOLS; tool++) {
        boolean second = i >= 80 + 6 * tool;
        boolean guarded = second && (tool % 2 == 0 || i < 150 + 6 * tool);
        boolean quiet = (tool == 5 && i > 200) || random.nextInt(6) == 0;
        if (!quiet) {
          long denied = guarded ? 3 + random.nextInt(3) : random.nextInt(40) == 0 ? 1 : 0;
          ended.add(window("tool-" + tool, second ? "v2" : "v1", i, denied));
        }
      }
      bounds.add(ended);
    }
    return bounds;
  }

  private static WindowRecord window(String tool, String version, int index, long denied) {
    WindowRecord window =
        GuardedTool.window(version, GuardedTool.START_MS + index * WINDOW_MS, denied);
    window.setSeries(
        SeriesKey.newBuilder(GuardedTool.series(version)).setSubjectName(tool).build());
    return window;
  }

  private void send(
      KafkaProducer<byte[], byte[]> producer, Topics topics, List<List<WindowRecord>> bounds) {
    Topic<WindowKey, WindowRecord> topic = topics.windows();
    for (List<WindowRecord> ended : bounds) {
      long endMs = ended.get(0).getWindowEndMs();
      for (WindowRecord window : ended) {
        WindowKey key = GuardedTool.key(window);
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic.name(),
                    Partitioning.subject(window.getSeries(), PARTITIONS),
                    endMs,
                    serdes.key(WindowKey.class).serializer().serialize(topic.name(), key),
                    serdes.value(WindowRecord.class).serializer().serialize(topic.name(), window)));
      }
      for (int partition = 0; partition < PARTITIONS; partition++) {
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic.name(), partition, endMs, null, null, Ticks.headers(endMs)));
      }
    }
    producer.flush();
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

  private static String bytes(Alert alert) {
    byte[] bytes = BinaryAvroSerde.of(Alert.class).serializer().serialize("", alert);
    return alert.getEventId() + " " + alert.getStatus() + " " + Arrays.toString(bytes);
  }
}
