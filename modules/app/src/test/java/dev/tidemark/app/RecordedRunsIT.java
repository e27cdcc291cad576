package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidemark.capture.CaptureConfig;
import dev.tidemark.capture.KafkaSpanPublisher;
import dev.tidemark.capture.Overflow;
import dev.tidemark.fleet.FleetPlan;
import dev.tidemark.fleet.FleetPlan.Phase;
import dev.tidemark.fleet.FleetPlayer;
import dev.tidemark.fleet.Selector;
import dev.tidemark.fleet.Selector.Half;
import dev.tidemark.records.AgentRun;
import dev.tidemark.streams.observe.ObserveConfig;
import dev.tidemark.streams.observe.ObserveConfig.ArrivalClock;
import dev.tidemark.streams.observe.ObserveTopology;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every shipped run, through capture, a real broker and observe: the counts of its summary are
 * those that were recorded. A run that differs is listed with both.
 */
class RecordedRunsIT {
  private static final int PARTITIONS = 2;
  private static final long SEED = 7;

  private record Counts(
      long modelCalls,
      long toolCalls,
      long failed,
      long denied,
      long retries,
      long identical,
      long handoffs,
      Boolean silentRecovery) {

    static Counts stated(JsonNode run) {
      return new Counts(
          run.path("llm_calls").asLong(),
          run.path("tool_calls").asLong(),
          run.path("tool_failed").asLong(),
          run.path("tool_denied").asLong(),
          run.path("retry_calls").asLong(),
          run.path("identical_calls").asLong(),
          run.path("handoffs").asLong(),
          run.has("silent_recovery") ? run.get("silent_recovery").asBoolean() : null);
    }

    /** A run without a recorded verdict says nothing of silent recovery. */
    boolean agrees(Counts other) {
      return equals(other)
          || (silentRecovery == null && other != null && equals(other.withoutRecovery()));
    }

    private Counts withoutRecovery() {
      return new Counts(modelCalls, toolCalls, failed, denied, retries, identical, handoffs, null);
    }

    static Counts of(AgentRun run) {
      return new Counts(
          run.getModelCalls(),
          run.getToolCalls(),
          run.getToolErrors() + run.getToolDenied(),
          run.getToolDenied(),
          run.getRetries(),
          run.getIdenticalCalls(),
          run.getHandoffs(),
          run.getSilentRecovery());
    }
  }

  private final TestCluster cluster = TestCluster.shared();
  private final String prefix = cluster.uniquePrefix();
  private final Topics topics = Topics.prefixed(prefix);
  private final AvroSerdes serdes =
      AvroSerdes.of(Map.of("schema.registry.url", cluster.registryUrl()));

  @TempDir Path state;

  @Test
  void shouldCountEveryShippedRunAsRecorded() throws Exception {
    cluster.createTopics(topics, PARTITIONS);
    Map<String, Counts> stated = stated();
    try (KafkaStreams observe = observe()) {
      observe.start();
      play();
      Map<String, Counts> counted = await(stated.size());
      List<String> differing = new ArrayList<>();
      stated.forEach(
          (run, counts) -> {
            if (!counts.agrees(counted.get(run))) {
              differing.add(run + "\n  stated  " + counts + "\n  counted " + counted.get(run));
            }
          });
      assertThat(differing).isEmpty();
      assertThat(counted).hasSize(stated.size());
    }
  }

  private KafkaStreams observe() {
    ObserveConfig config =
        ObserveConfig.of(PARTITIONS, PARTITIONS).withClock(ArrivalClock.PRODUCER);
    Properties properties = new Properties();
    properties.put("application.id", prefix + "-observe");
    properties.put("bootstrap.servers", cluster.bootstrapServers());
    properties.put("state.dir", state.toString());
    properties.put("processing.guarantee", "exactly_once_v2");
    return new KafkaStreams(new ObserveTopology(config, topics, serdes).build(), properties);
  }

  private void play() throws IOException {
    Map<String, Object> client = new HashMap<>(cluster.clientConfig());
    client.put("schema.registry.url", cluster.registryUrl());
    CaptureConfig config = CaptureConfig.of(client).topics(topics).overflow(Overflow.WAIT);
    try (var publisher = KafkaSpanPublisher.open(config)) {
      FleetPlan plan = FleetPlan.of(phases(), SEED).runsPerHour(60_000).speed(FleetPlan.MAX_SPEED);
      FleetPlayer.shipped().play(plan, publisher, progress -> {});
      assertThat(publisher.flush(Duration.ofSeconds(60))).isTrue();
      assertThat(publisher.counters().droppedInAll()).isZero();
    }
  }

  private static List<Phase> phases() throws IOException {
    Set<List<String>> versions = new LinkedHashSet<>();
    eachStated(
        run ->
            versions.add(
                List.of(
                    run.get("src").asText(),
                    run.get("domain").asText(),
                    run.get("version").asText())));
    return versions.stream().map(v -> new Phase(v.get(2), every(v), null, 1)).toList();
  }

  private static Selector every(List<String> version) {
    return new Selector(version.get(0), version.get(1), version.get(2), Half.ALL, Set.of(), true);
  }

  private static Map<String, Counts> stated() throws IOException {
    Map<String, Counts> stated = new LinkedHashMap<>();
    eachStated(run -> stated.put(run.get("run").asText(), Counts.stated(run)));
    return stated;
  }

  private static void eachStated(Consumer<JsonNode> each) throws IOException {
    try (InputStream in = FleetPlayer.class.getResourceAsStream("/fleet/agent-runs/runs.jsonl.gz");
        InputStream unzipped = new GZIPInputStream(in)) {
      var lines =
          JsonMapper.builder().build().readerFor(JsonNode.class).<JsonNode>readValues(unzipped);
      while (lines.hasNextValue()) {
        each.accept(lines.nextValue());
      }
    }
  }

  /** Reads summaries until there is one for every run and nothing more has come for a while. */
  private Map<String, Counts> await(int runs) {
    Map<String, Counts> counted = new HashMap<>();
    Map<String, Object> config = new HashMap<>(cluster.clientConfig());
    config.put("isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(
            config,
            serdes.key(String.class).deserializer(),
            serdes.value(AgentRun.class).deserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int p = 0; p < PARTITIONS; p++) {
        partitions.add(new TopicPartition(topics.runs().name(), p));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long now = System.nanoTime();
      long until = now + Duration.ofMinutes(4).toNanos();
      long quietSince = now;
      while (System.nanoTime() < until
          && (counted.size() < runs
              || System.nanoTime() - quietSince < Duration.ofSeconds(3).toNanos())) {
        for (ConsumerRecord<String, AgentRun> r : consumer.poll(Duration.ofMillis(200))) {
          counted.put(r.value().getRunId(), Counts.of(r.value()));
          quietSince = System.nanoTime();
        }
      }
    }
    return counted;
  }
}
