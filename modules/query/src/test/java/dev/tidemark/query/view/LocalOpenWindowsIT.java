package dev.tidemark.query.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tidemark.query.Records;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.OpenWindowsView;
import dev.tidemark.wire.StateStores;
import dev.tidemark.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open windows out of the heap of several tasks of a real engine. */
class LocalOpenWindowsIT {
  private static final SeriesKey SEARCH = Records.tool("search", "v1", "1");
  private final TestCluster cluster = TestCluster.shared();
  private final Topics topics = Topics.prefixed(cluster.uniquePrefix());
  @TempDir private Path state;

  @Test
  void shouldSeeTheOpenWindowsOfEveryTaskOfBothStages() throws Exception {
    cluster.createTopics(topics, 2);
    try (var engine = new KafkaStreams(topology(), config())) {
      var views = KafkaStreamsViews.over(Map.of("observe", engine));
      assertThatExceptionOfType(NotReadyException.class).isThrownBy(views::progress);
      engine.start();

      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptionsInstanceOf(NotReadyException.class)
          .until(() -> parts(views, "search").size() == 4);

      assertThat(parts(views, "search"))
          .extracting(WindowRecord::getAttempts)
          .containsExactlyInAnyOrder(1L, 2L, 11L, 12L);
      assertThat(parts(views, "book")).isEmpty();
      assertThat(views.progress())
          .extracting(OpenWindowsView.Progress::partition)
          .containsExactlyInAnyOrder(0, 1, 0, 1);
      assertThat(views.states()).containsEntry(StateStores.OPEN_WINDOWS, "RUNNING");

      engine.close();
      assertThatExceptionOfType(NotReadyException.class)
          .isThrownBy(() -> parts(views, "search"))
          .satisfies(e -> assertThat(e.state()).isEqualTo("NOT_RUNNING"));
    }
  }

  private static List<WindowRecord> parts(StateViews views, String name) {
    return views.openParts("default", "prod", SubjectKind.TOOL, name);
  }

  private Properties config() {
    var config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, topics.runs().name() + "-open");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
    config.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
    config.put("auto.offset.reset", "earliest");
    return config;
  }

  private Topology topology() {
    var string = Serdes.String().deserializer();
    return new Topology()
        .addSource("source", string, string, topics.runs().name())
        .addProcessor("count", Ignore::new, "source")
        .addStateStore(new HeapBuilder(StateStores.OPEN_WINDOWS), "count")
        .addSource("other-source", string, string, topics.changes().name())
        .addProcessor("other-count", Ignore::new, "other-source")
        .addStateStore(new HeapBuilder(StateStores.OPEN_PARTIALS), "other-count");
  }

  private static final class Ignore implements Processor<String, String, Void, Void> {
    @Override
    public void process(Record<String, String> record) {}
  }

  /** Holds one part that says whose it is: 10 times the sub-topology, plus partition, plus 1. */
  private static final class Heap implements StateStore, OpenWindowsView {
    private final String name;
    private volatile TaskId task;
    private volatile boolean open;

    Heap(String name) {
      this.name = name;
    }

    @Override
    public List<WindowRecord> parts(
        String tenant, String environment, SubjectKind kind, String name) {
      int attempts = 10 * task.subtopology() + task.partition() + 1;
      return name.equals(SEARCH.getSubjectName())
          ? List.of(Records.window(SEARCH, Records.T0, attempts, 0))
          : List.of();
    }

    @Override
    public List<Progress> progress() {
      int partition = task.partition();
      return List.of(
          new Progress("source", partition, partition, Records.T0, Records.T0, Records.T0));
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
      task = context.taskId();
      open = true;
      context.register(root, (key, value) -> {});
    }

    @Override
    public void close() {
      open = false;
    }

    @Override
    public boolean persistent() {
      return false;
    }

    @Override
    public boolean isOpen() {
      return open;
    }
  }

  private static final class HeapBuilder implements StoreBuilder<Heap> {
    private final String name;

    HeapBuilder(String name) {
      this.name = name;
    }

    @Override
    public StoreBuilder<Heap> withCachingEnabled() {
      return this;
    }

    @Override
    public StoreBuilder<Heap> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<Heap> withLoggingEnabled(Map<String, String> config) {
      throw new UnsupportedOperationException("the heap is made anew from the log");
    }

    @Override
    public StoreBuilder<Heap> withLoggingDisabled() {
      return this;
    }

    @Override
    public Heap build() {
      return new Heap(name);
    }

    @Override
    public Map<String, String> logConfig() {
      return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
      return false;
    }

    @Override
    public String name() {
      return name;
    }
  }
}
