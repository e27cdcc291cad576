package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.ClusterSums;
import dev.tidemark.records.Finding;
import dev.tidemark.records.PartSums;
import dev.tidemark.records.QuantityEvidence;
import dev.tidemark.records.RateEvidence;
import dev.tidemark.records.ScoreSums;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Sketch;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever somebody writes to the topic of windows: nothing throws, no number that is not finite
 * and no count below zero gets into a state or a finding. A state cannot hold what is not finite:
 * its writer refuses.
 */
class HostileWindowsTest {
  private static final long START = 1_700_000_100_000L;
  private static final SubjectKind[] KINDS = {
    SubjectKind.TOOL, SubjectKind.AGENT, SubjectKind.FLEET, SubjectKind.MODEL, SubjectKind.POLICY
  };
  private final DriftDetector detector = new DriftDetector(DetectorSettings.defaults(1));
  private final DetectorStates states = DetectorStates.inHeap();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldKeepEveryStateSoundWhateverComes(long seed) {
    Random random = new Random(seed);
    int taken = 0;
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      long startMs = START + i / 4 * 15_000L;
      WindowRecord window = hostile(random, startMs);
      if (WindowDoor.refuses(window).isEmpty()) {
        taken++;
        findings.addAll(detector.observe(window, states));
      }
      if (i % 9 == 0) {
        findings.addAll(detector.tick(startMs + 15_000, states));
      }
    }
    findings.addAll(detector.tick(START + 40_000_000, states));
    assertThat(taken).isBetween(300, 1_150);
    findings.forEach(HostileWindowsTest::assertSound);
    new SignalStates(states, DetectorSettings.defaults(1))
        .series()
        .forEach(
            watch ->
                assertThat(new SignalStates(states, DetectorSettings.defaults(1)).of(watch.key()))
                    .allMatch(state -> state.baseline() >= 0 && state.needed() >= 0));
  }

  @ParameterizedTest
  @CsvSource({
    "retries,-1,retries is -1",
    "attempts,-5,attempts is -5",
    "attempts,9223372036854775807,attempts is 9223372036854775807",
    "costMicros,-1,costMicros is -1",
    "corrected,9223372036854775807,corrected is",
    "denied,3,denied is 3 of 2 attempts",
    "windowEndMs,5,it lasts from",
  })
  void shouldSayWhyAWindowIsRefused(String field, long value, String sentence) {
    WindowRecord window = plain(SubjectKind.TOOL, START);
    window.setAttempts(2L);
    assertThat(WindowDoor.refuses(window)).isEmpty();
    window.put(field, value);
    assertThat(WindowDoor.refuses(window).orElseThrow()).startsWith(sentence);
  }

  @Test
  void shouldRefuseBucketsThatDoNotFitTogether() {
    WindowRecord window = plain(SubjectKind.TOOL, START);
    window.setLatency(new Sketch(6, 0L, 10L, List.of(4, 5), List.of(1L)));
    assertThat(WindowDoor.refuses(window)).hasValue("the buckets of latency are impossible");
    window.setLatency(new Sketch(6, 0L, 10L, List.of(4), List.of(-1L)));
    assertThat(WindowDoor.refuses(window)).isPresent();
    window.setLatency(new Sketch(6, 0L, 0L, List.of(), List.of()));
    assertThat(WindowDoor.refuses(window)).isEmpty();
  }

  /** Mostly a window as it could be, with something in it that nobody counts. */
  private static WindowRecord hostile(Random random, long startMs) {
    WindowRecord window = plain(KINDS[random.nextInt(KINDS.length)], startMs);
    long attempts = random.nextInt(20);
    window.setAttempts(attempts);
    window.setOk(attempts);
    window.setRuns((long) random.nextInt(9));
    int strange = random.nextInt(4);
    for (int i = 0; i < strange; i++) {
      List<Schema.Field> fields = WindowRecord.getClassSchema().getFields();
      Schema.Field field = fields.get(random.nextInt(fields.size()));
      if (field.schema().getType() == Schema.Type.LONG && !field.name().startsWith("window")) {
        window.put(field.pos(), strange(random));
      }
    }
    if (random.nextBoolean()) {
      ClusterSums sums = new ClusterSums();
      ClusterSums.getClassSchema().getFields().forEach(f -> sums.put(f.pos(), strange(random)));
      window.setClusters(sums);
    }
    window.setLatency(sketch(random));
    window.setSteps(sketch(random));
    window.setRunCost(sketch(random));
    window.setTokensIn(sketch(random));
    if (random.nextInt(3) == 0) {
      window.setScores(Map.of("grade", (ScoreSums) filled(new ScoreSums(), random)));
      window.setParts(Map.of("tool:send@unknown", (PartSums) filled(new PartSums(), random)));
      window.setErrorTypes(Map.of("timeout", strange(random)));
      window.setDeniedByRule(Map.of("four-eyes", strange(random)));
    }
    return window;
  }

  private static SpecificRecord filled(SpecificRecord record, Random random) {
    record.getSchema().getFields().forEach(f -> record.put(f.pos(), strange(random)));
    return record;
  }

  private static long strange(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> random.nextInt(3) == 0 ? Long.MAX_VALUE : WindowDoor.MOST;
      case 1 -> random.nextInt(3) == 0 ? Long.MIN_VALUE : 1L << random.nextInt(34);
      case 2 -> random.nextInt(3) == 0 ? -1 : 0;
      default -> random.nextInt(30);
    };
  }

  private static Sketch sketch(Random random) {
    List<Integer> indexes = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      indexes.add(random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(400));
      counts.add(random.nextInt(60) == 0 ? strange(random) : random.nextInt(6));
    }
    if (random.nextInt(60) == 0) {
      counts.add(1L);
    }
    int scale = random.nextInt(20) == 0 ? random.nextInt() : 6;
    long zeros = random.nextInt(60) == 0 ? strange(random) : 0;
    return random.nextInt(3) == 0
        ? null
        : new Sketch(scale, zeros, (long) random.nextInt(1 << 20), indexes, counts);
  }

  private static WindowRecord plain(SubjectKind kind, long startMs) {
    String version = startMs / 15_000 % 200 < 120 ? "v1" : "v2";
    String name = kind == SubjectKind.FLEET ? "*" : "send";
    SeriesKey key = FleetWindows.key(kind, name, "teller", version);
    return FleetWindows.empty(key, startMs);
  }

  private static void assertSound(Finding finding) {
    assertSound(finding, finding);
    for (RateEvidence rate : List.of(finding.getBefore(), finding.getAfter())) {
      assertSound(rate, finding);
      assertThat(rate.getN()).as(finding.toString()).isNotNegative();
      assertThat(rate.getX()).as(finding.toString()).isBetween(0L, rate.getN());
    }
    for (QuantityEvidence values :
        new QuantityEvidence[] {finding.getBeforeQuantity(), finding.getAfterQuantity()}) {
      if (values != null) {
        assertSound(values, finding);
        assertThat(values.getN()).isNotNegative();
      }
    }
    assertThat(finding.getLateDropped()).isNotNegative();
    finding
        .getDimensions()
        .forEach(
            share -> {
              assertSound(share, finding);
              assertThat(share.getBeforeN()).isNotNegative();
              assertThat(share.getAfterN()).isNotNegative();
            });
  }

  private static void assertSound(SpecificRecord record, Finding about) {
    for (Schema.Field field : record.getSchema().getFields()) {
      if (record.get(field.pos()) instanceof Double value) {
        assertThat(Double.isFinite(value)).as("%s of %s", field.name(), about).isTrue();
      }
    }
  }
}
