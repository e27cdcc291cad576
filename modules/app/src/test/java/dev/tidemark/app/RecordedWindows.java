package dev.tidemark.app;

import dev.tidemark.records.ClusterSums;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowKey;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Partitioning;
import dev.tidemark.wire.Ticks;
import dev.tidemark.wire.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Closed windows of three tools, of which the second version is guarded, written to a cluster. */
final class RecordedWindows implements AutoCloseable {
  static final int PARTITIONS = 2;
  static final long START_MS = 1_700_000_010_000L;
  private static final long WINDOW_MS = 15_000;
  private static final List<String> TOOLS = List.of("search", "send", "book");
  private final Topics topics;
  private final AvroSerdes serdes;
  private final KafkaProducer<byte[], byte[]> producer;

  RecordedWindows(TestCluster cluster, Topics topics) {
    this.topics = topics;
    this.serdes = AvroSerdes.of(cluster.clientConfig());
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", cluster.bootstrapServers());
    this.producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static long endMs(int index) {
    return START_MS + (index + 1) * WINDOW_MS;
  }

  /** Windows [from, to) of every tool, and their ticks; from the hundredth on they are guarded. */
  void write(int from, int to) {
    write(from, to, 4);
  }

  /**
   * The same behind another guard.
   *
   * @param denied of five calls, from the hundredth window on
   */
  void write(int from, int to, long denied) {
    for (int i = from; i < to; i++) {
      all(i, i + 1, denied).forEach(this::write);
      for (int partition = 0; partition < PARTITIONS; partition++) {
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topics.windows().name(),
                    partition,
                    endMs(i),
                    null,
                    null,
                    Ticks.headers(endMs(i))));
      }
    }
    producer.flush();
  }

  private void write(WindowRecord window) {
    String topic = topics.windows().name();
    WindowKey key = new WindowKey(window.getSeries(), window.getWindowStartMs());
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic,
                Partitioning.subject(window.getSeries(), PARTITIONS),
                window.getWindowEndMs(),
                serdes.key(WindowKey.class).serializer().serialize(topic, key),
                serdes.value(WindowRecord.class).serializer().serialize(topic, window)));
  }

  /** Every window [from, to) in the order of their ends. */
  static List<WindowRecord> all(int from, int to) {
    return all(from, to, 4);
  }

  private static List<WindowRecord> all(int from, int to, long denied) {
    List<WindowRecord> windows = new ArrayList<>();
    for (int i = from; i < to; i++) {
      for (String tool : TOOLS) {
        boolean guarded = i >= 100;
        windows.add(window(tool, guarded ? "v2" : "v1", i, guarded ? denied : 0));
      }
    }
    return windows;
  }

  private static WindowRecord window(String tool, String version, int index, long denied) {
    long n = 5;
    return WindowRecord.newBuilder()
        .setSeries(
            new SeriesKey(
                "default", "prod", SubjectKind.TOOL, tool, "teller", version, "unknown", ""))
        .setWindowStartMs(START_MS + index * WINDOW_MS)
        .setWindowEndMs(endMs(index))
        .setAttempts(n)
        .setOk(n - denied)
        .setDenied(denied)
        .setClusters(new ClusterSums(n, n, 0L, 0L, 0L, 0L, denied, denied, 0L, 0L))
        .build();
  }

  @Override
  public void close() {
    producer.close();
  }
}
