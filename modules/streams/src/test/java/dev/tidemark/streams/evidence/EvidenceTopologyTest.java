package dev.tidemark.streams.evidence;

import static dev.tidemark.streams.evidence.EvidenceRecords.alert;
import static dev.tidemark.streams.evidence.EvidenceRecords.run;
import static dev.tidemark.testkit.Spans.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentEvidence;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.EvidenceKind;
import dev.tidemark.testkit.Ids;
import dev.tidemark.testkit.TopologyHarness;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.RecordKeys;
import dev.tidemark.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceTopologyTest {
  private final Topics topics = Topics.plain();
  private final AvroSerdes serdes = TopologyHarness.serdes();
  private final FakeCopier log = new FakeCopier();
  private final TopologyHarness harness = start(0);

  private TopologyHarness start(double share) {
    var config =
        new EvidenceConfig(
            share, 20, Duration.ofDays(7), 4, Duration.ofSeconds(1), Duration.ofMinutes(1));
    var evidence =
        new EvidenceTopology(config, topics, serdes, (id, settings, names) -> log.open());
    return TopologyHarness.start(evidence::build, serdes);
  }

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void shouldCopyEveryRecordOfAFailedRunAsItStands() {
    send(run("bad", List.of(3L, 5L, 90L), List.of(4L)).setSucceeded(false));
    List<TestRecord<String, AgentEvidence>> copies = copies();
    assertThat(copies)
        .hasSize(4)
        .allSatisfy(
            copy -> {
              assertThat(copy.key()).isEqualTo(RecordKeys.copy(copy.value()));
              assertThat(copy.timestamp()).isGreaterThanOrEqualTo(T0);
              assertThat(copy.value().getReasons()).containsExactly("FAILED");
            });
    AgentEvidence event = copies.get(3).value();
    assertThat(event.getKind()).isEqualTo(EvidenceKind.EVENT);
    assertThat(event.getOffset()).isEqualTo(4);
    assertThat(StandardCharsets.UTF_8.decode(event.getValue()).toString()).isEqualTo("EVENT@4");
  }

  @Test
  void shouldLetAnOrdinaryRunGo() {
    send(run("fine", List.of(1L), List.of()));
    assertThat(copies()).isEmpty();
    assertThat(log.asked).isEmpty();
  }

  @Test
  void shouldKeepAllWhenTheShareIsAll() {
    try (TopologyHarness all = start(1)) {
      all.send(topics.runs(), Ids.trace("fine"), run("fine", List.of(1L), List.of()).build(), T0);
      pass(all, Duration.ofSeconds(1));
      assertThat(all.read(topics.evidence())).hasSize(1);
    }
  }

  @Test
  void shouldPinWhatAnAlertShowsBeforeAndSince() {
    send(run("good", List.of(1L), List.of()));
    send(run("recovered", List.of(2L), List.of()));
    send(run("other", List.of(3L), List.of()));
    send("good", "recovered");
    assertThat(offsets(copies())).containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void shouldPinARunThatIsSummarisedAfterItsAlert() {
    send("good", "recovered");
    send(run("recovered", List.of(2L), List.of()));
    assertThat(copies())
        .singleElement()
        .satisfies(copy -> assertThat(copy.value().getReasons()).containsExactly("EXEMPLAR"));
  }

  @Test
  void shouldKeepWhatIsSlowOrCostlyForItsSeries() {
    for (int i = 0; i < 40; i++) {
      send(run("r" + i, List.of(), List.of()).setDurationMs(100L + i).setCostMicros(1_000 + i));
    }
    send(run("slow", List.of(1L), List.of()).setDurationMs(500L));
    send(run("costly", List.of(2L), List.of()).setCostMicros(9_000));
    send(run("else", List.of(3L), List.of()).setAgentVersion("v2").setDurationMs(500L));
    send(run("usual", List.of(4L), List.of()).setDurationMs(120L).setCostMicros(1_010));
    List<TestRecord<String, AgentEvidence>> copies = copies();
    assertThat(copies)
        .extracting(copy -> copy.value().getTraceId())
        .containsExactly(Ids.trace("slow"), Ids.trace("costly"));
    assertThat(copies.get(0).value().getReasons()).containsExactly("SLOW");
    assertThat(copies.get(1).value().getReasons()).containsExactly("COSTLY");
  }

  @Test
  void shouldEraseItsCopiesWithARun() {
    send(run("bad", List.of(1L, 2L), List.of(3L)).setSucceeded(false));
    List<String> keys = copies().stream().map(TestRecord::key).toList();
    harness.send(topics.runs(), Ids.trace("bad"), null, T0);
    assertThat(copies())
        .allSatisfy(copy -> assertThat(copy.value()).isNull())
        .extracting(TestRecord::key)
        .containsExactlyElementsOf(keys);
    send("bad", "other");
    assertThat(copies()).as("it is not known any more").isEmpty();
  }

  @Test
  void shouldNotCopyWhatWasErasedBeforeItsCopyWasMade() {
    log.silent = true;
    send(run("bad", List.of(1L), List.of()).setSucceeded(false));
    assertThat(copies()).isEmpty();
    harness.send(topics.runs(), Ids.trace("bad"), null, T0);
    harness.read(topics.evidence());
    log.silent = false;
    assertThat(copies()).isEmpty();
  }

  @Test
  void shouldCopyOnlyWhatARevisionAdds() {
    send(run("bad", List.of(1L), List.of()).setSucceeded(false));
    assertThat(offsets(copies())).containsExactly(1L);
    send(run("bad", List.of(1L, 7L), List.of(9L)).setRevision(1));
    assertThat(offsets(copies())).containsExactly(7L, 9L);
    send(run("bad", List.of(1L, 7L), List.of(9L)).setRevision(1));
    assertThat(copies()).isEmpty();
  }

  @Test
  void shouldCopyAllOfARunThatBecomesWorthKeeping() {
    send(run("late", List.of(1L), List.of()));
    send(run("late", List.of(1L, 2L), List.of()).setRevision(1).setToolDenied(1));
    assertThat(offsets(copies())).containsExactly(1L, 2L);
  }

  @Test
  void shouldTryAgainUntilACopyIsMade() {
    log.failures = 3;
    send(run("bad", List.of(1L, 2L), List.of()).setSucceeded(false));
    assertThat(copies()).isEmpty();
    pass(harness, Duration.ofSeconds(10));
    assertThat(offsets(harness.read(topics.evidence()))).containsExactly(1L, 2L);
    assertThat(log.asked).hasSize(4);
    assertThat(total("copies-failed")).isEqualTo(3);
  }

  @Test
  void shouldWaitForWhatIsNotThereYetAndWriteNothingTwice() {
    log.end = 2;
    send(run("bad", List.of(1L, 2L), List.of()).setSucceeded(false));
    assertThat(offsets(copies())).containsExactly(1L);
    log.end = 3;
    pass(harness, Duration.ofMinutes(2));
    assertThat(offsets(harness.read(topics.evidence()))).containsExactly(2L);
  }

  @Test
  void shouldCountWhatHasExpired() {
    log.expiredBefore = 2;
    send(run("bad", List.of(1L, 2L), List.of()).setSucceeded(false));
    assertThat(offsets(copies())).containsExactly(2L);
    assertThat(total("copies-expired")).isEqualTo(1);
    assertThat(harness.<String, byte[]>keyValues(KeepRunsProcessor.COPIES).all().hasNext())
        .isFalse();
  }

  @Test
  void shouldCopyALongRunSliceBySlice() {
    List<Long> offsets = LongStream.range(0, 1_200).boxed().toList();
    send(run("long", offsets, List.of()).setLooping(true));
    assertThat(offsets(copies())).isEqualTo(offsets);
    assertThat(log.asked).hasSize(3);
  }

  @Test
  void shouldFinishAfterARestartWhatWasAskedBefore() {
    log.silent = true;
    for (int i = 0; i < 10; i++) {
      send(run("bad" + i, List.of((long) i), List.of()).setSucceeded(false));
    }
    assertThat(copies()).isEmpty();
    harness.restart();
    log.silent = false;
    pass(harness, Duration.ofSeconds(5));
    assertThat(new TreeSet<>(offsets(harness.read(topics.evidence())))).hasSize(10);
    harness.restart();
    pass(harness, Duration.ofSeconds(5));
    assertThat(harness.read(topics.evidence())).isEmpty();
  }

  /** Runs keep their order, as in their partition; alerts come in between anywhere. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void shouldKeepTheSameWhereverAlertsAreReadAndStopsHappen(int seed) {
    List<AgentRun> runs = runs();
    List<String> kept = play(runs, List.of(30, 60, 90), List.of(), harness);
    assertThat(kept).hasSizeGreaterThan(20).hasSizeLessThan(200);
    var random = new Random(seed);
    List<Integer> alerts = IntStream.range(0, 3).mapToObj(i -> random.nextInt(120)).toList();
    List<Integer> stops = List.of(random.nextInt(120), random.nextInt(120));
    try (TopologyHarness other = start(0.05)) {
      try (TopologyHarness first = start(0.05)) {
        assertThat(play(runs, alerts, stops, other))
            .isEqualTo(play(runs, List.of(30, 60, 90), List.of(), first));
      }
    }
  }

  private List<String> play(
      List<AgentRun> runs, List<Integer> alerts, List<Integer> stops, TopologyHarness on) {
    var kept = new ArrayList<String>();
    for (int i = 0; i < runs.size(); i++) {
      for (int alert = 0; alert < alerts.size(); alert++) {
        if (alerts.get(alert) == i) {
          String shown = "r" + (20 + 30 * alert);
          on.send(topics.alerts(), "a" + alert, alert(shown, "r" + (25 + 30 * alert)), T0);
        }
      }
      on.send(topics.runs(), runs.get(i).getTraceId(), runs.get(i), T0 + i);
      if (stops.contains(i)) {
        collect(on, kept);
        on.restart();
      }
    }
    pass(on, Duration.ofMinutes(1));
    collect(on, kept);
    Collections.sort(kept);
    return kept;
  }

  private void collect(TopologyHarness from, List<String> kept) {
    from.read(topics.evidence())
        .forEach(r -> kept.add(r.key() + r.value().getKind() + r.value().getOffset()));
  }

  private static List<AgentRun> runs() {
    var random = new Random(7);
    var runs = new ArrayList<AgentRun>();
    for (int i = 0; i < 120; i++) {
      AgentRun.Builder run = run("r" + i, List.of(i * 2L), List.of((long) i));
      run.setDurationMs((long) (100 * Math.exp(random.nextGaussian())));
      run.setSucceeded(i % 11 != 0);
      runs.add(run.build());
    }
    return runs;
  }

  @Test
  void shouldSetPoisonAsideAndGoOn() {
    for (var topic : List.of(topics.runs(), topics.alerts())) {
      harness
          .driver()
          .createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
          .pipeInput(new byte[] {1}, "poison".getBytes(StandardCharsets.UTF_8), T0);
    }
    send(run("bad", List.of(1L), List.of()).setSucceeded(false));
    assertThat(harness.read(topics.deadLetters())).hasSize(2);
    assertThat(copies()).hasSize(1);
  }

  /** Time goes on in steps: at each of them the topology has one turn. */
  private static void pass(TopologyHarness on, Duration time) {
    for (int step = 0; step < 60; step++) {
      on.advance(time.dividedBy(60));
    }
  }

  private void send(AgentRun.Builder run) {
    harness.send(topics.runs(), run.getTraceId(), run.build(), T0);
  }

  private void send(String before, String... since) {
    harness.send(topics.alerts(), "alert", alert(before, since), T0);
  }

  private List<TestRecord<String, AgentEvidence>> copies() {
    pass(harness, KeepRunsProcessor.TURN.multipliedBy(9));
    return harness.read(topics.evidence());
  }

  private static List<Long> offsets(List<TestRecord<String, AgentEvidence>> copies) {
    return copies.stream().map(copy -> copy.value().getOffset()).toList();
  }

  private double total(String name) {
    return harness.driver().metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals(name + "-total"))
        .mapToDouble(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
        .sum();
  }
}
