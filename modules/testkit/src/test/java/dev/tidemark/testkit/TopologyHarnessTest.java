package dev.tidemark.testkit;

import static dev.tidemark.testkit.Spans.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.BinaryAvroSerde;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopologyHarnessTest {
  private static final Topics TOPICS = Topics.plain();
  private static final Topic<String, AgentSpan> OUT =
      new Topic<>(
          "echo",
          String.class,
          AgentSpan.class,
          Topic.Cleanup.DELETE,
          Duration.ofDays(1),
          Topic.Clock.PRODUCER);

  private final AvroSerdes serdes = TopologyHarness.serdes();
  private final TopologyHarness harness = TopologyHarness.start(this::topology, serdes);

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void shouldCarryTypedRecordsThrough() {
    AgentSpan span = Spans.tool("r", "a", "search").build();
    harness.send(TOPICS.spans(), span.getTraceId(), span, T0 + 5);
    var read = harness.read(OUT);
    assertThat(read).singleElement().satisfies(r -> assertThat(r.value()).isEqualTo(span));
    assertThat(read.get(0).timestamp()).isEqualTo(T0 + 5);
    assertThat(harness.read(OUT)).isEmpty();
  }

  @Test
  void shouldKeepStoresAndForgetMemoryOverARestart() {
    sendTwice();
    assertThat(count("memory")).isEqualTo(2L);
    harness.restart();
    assertThat(count("stored")).isEqualTo(2L);
    assertThat(window()).isEqualTo(Spans.tool("r", "a", "search").build());
    sendTwice();
    assertThat(count("stored")).isEqualTo(4L);
    assertThat(count("memory")).isEqualTo(2L);
  }

  @Test
  void shouldMoveTimeOnlyWhenTold() {
    harness.advance(Duration.ofMillis(900));
    assertThat(count("ticks")).isNull();
    harness.advance(Duration.ofMillis(100));
    assertThat(count("ticks")).isEqualTo(1L);
    harness.restart();
    harness.advance(Duration.ofSeconds(2));
    assertThat(count("ticks")).isGreaterThan(1L);
  }

  private void sendTwice() {
    AgentSpan span = Spans.tool("r", "a", "search").build();
    for (long arrival : List.of(T0, T0 + 1)) {
      harness.send(TOPICS.spans(), span.getTraceId(), span, arrival);
    }
  }

  private Long count(String key) {
    KeyValueStore<String, Long> counts = harness.keyValues("counts");
    return counts.get(key);
  }

  private AgentSpan window() {
    WindowStore<String, AgentSpan> windows = harness.windows("last");
    return windows.fetch(Ids.trace("r"), T0);
  }

  private Topology topology() {
    return new Topology()
        .addSource(
            "spans-source",
            Serdes.String().deserializer(),
            serdes.value(AgentSpan.class).deserializer(),
            TOPICS.spans().name())
        .addProcessor("count", Counting::new, "spans-source")
        .addStateStore(
            Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore("counts"), Serdes.String(), Serdes.Long()),
            "count")
        .addStateStore(
            Stores.windowStoreBuilder(
                Stores.persistentWindowStore(
                    "last", Duration.ofHours(1), Duration.ofSeconds(15), false),
                Serdes.String(),
                BinaryAvroSerde.of(AgentSpan.class)),
            "count")
        .addSink(
            "echo-sink",
            OUT.name(),
            Serdes.String().serializer(),
            serdes.value(AgentSpan.class).serializer(),
            "count");
  }

  private static final class Counting implements Processor<String, AgentSpan, String, AgentSpan> {
    private ProcessorContext<String, AgentSpan> context;
    private KeyValueStore<String, Long> counts;
    private WindowStore<String, AgentSpan> last;
    private long seen;

    @Override
    public void init(ProcessorContext<String, AgentSpan> context) {
      this.context = context;
      counts = context.getStateStore("counts");
      last = context.getStateStore("last");
      context.schedule(
          Duration.ofSeconds(1), PunctuationType.WALL_CLOCK_TIME, now -> increment("ticks"));
    }

    @Override
    public void process(Record<String, AgentSpan> record) {
      increment("stored");
      counts.put("memory", ++seen);
      last.put(record.key(), record.value(), T0);
      context.forward(record);
    }

    private void increment(String key) {
      Long before = counts.get(key);
      counts.put(key, before == null ? 1 : before + 1);
    }
  }
}
