package dev.tidemark.streams.observe;

import static dev.tidemark.streams.observe.RandomFleet.START;
import static dev.tidemark.streams.observe.RandomFleet.tool;
import static dev.tidemark.streams.observe.RandomFleet.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.Outcome;
import dev.tidemark.records.WindowKey;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.testkit.oracle.ShapedLog;
import dev.tidemark.wire.Ticks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind the windows of a bound goes a record that says so, once. */
class ObserveTicksTest {
  private static final long WINDOW = START / 15_000 * 15_000;
  private final ObserveHarness observe =
      new ObserveHarness(
          ObserveConfig.of(1, 1).withClock(ObserveConfig.ArrivalClock.PRODUCER),
          Instant.ofEpochMilli(START));

  @AfterEach
  void close() {
    observe.close();
  }

  private List<TestRecord<WindowKey, WindowRecord>> after(long arrivalMs) {
    observe.heartbeat(arrivalMs);
    observe.beat(Duration.ofMillis(500));
    return observe.windowsAndTicks();
  }

  private static List<Long> ends(List<TestRecord<WindowKey, WindowRecord>> records) {
    return records.stream()
        .filter(r -> r.value() == null)
        .map(r -> Ticks.endMs(r.headers()).orElseThrow())
        .toList();
  }

  @Test
  void shouldFollowTheWindowsItTellsOf() {
    observe.pipe(tool(trace(1), 1, "search", WINDOW + 1_000, Outcome.OK), WINDOW + 1_100);
    List<TestRecord<WindowKey, WindowRecord>> told = after(WINDOW + 30_000);

    TestRecord<WindowKey, WindowRecord> tick = told.get(told.size() - 1);
    assertThat(told).hasSizeGreaterThan(1);
    assertThat(tick.key()).isNull();
    assertThat(tick.value()).isNull();
    assertThat(tick.timestamp()).isEqualTo(WINDOW + 15_000);
    assertThat(ends(told)).containsExactly(WINDOW + 15_000);
  }

  @Test
  void shouldComeThoughNothingHappened() {
    assertThat(ends(after(WINDOW + 30_000))).containsExactly(WINDOW + 15_000);
    assertThat(ends(after(WINDOW + 44_999))).isEmpty();
    assertThat(ends(after(WINDOW + 45_000))).containsExactly(WINDOW + 30_000);
  }

  @Test
  void shouldTellOnlyTheLastOfManyBounds() {
    assertThat(ends(after(WINDOW + 30_000))).hasSize(1);
    assertThat(ends(after(WINDOW + 3_600_000))).containsExactly(WINDOW + 3_585_000);
  }

  /** Everybody dies after each beat and each merge. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {3, 10, 17, 24, 31, 38, 45})
  void shouldBeToldOnceThoughTasksDie(long seed) {
    assertThat(ticks(seed, true)).isEqualTo(ticks(seed, false)).isSorted().doesNotHaveDuplicates();
  }

  private static List<Long> ticks(long seed, boolean deaths) {
    ShapedLog log = ShapedLog.of(seed);
    ObserveRig rig = new ObserveRig(ShapePlay.config(log.config(), 1), List.of());
    rig.dieOften(deaths, deaths);
    ShapePlay.play(rig, log.config(), log.entries(), 1, new Random(seed));
    return rig.ticks();
  }
}
