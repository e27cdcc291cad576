package dev.tidemark.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.bench.detection.QuantityCalls.Change;
import dev.tidemark.records.Signal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuantityTest {
  private static final Change TWICE = new Change(1, 2);
  private final Values window = new Values();

  @Test
  void shouldDrawLognormalValuesAndMoveThem() {
    QuantityCalls calls =
        new QuantityCalls(1, new Chance(1, 1), 2_000 * Counts.WINDOW_MS, new Change(0.05, 1e6));
    assertThat(meanOfLogs(calls, 2_000)).isCloseTo(Math.log(QuantityCalls.MEDIAN), within(0.02));
    double moved = Math.log(QuantityCalls.MEDIAN) + 0.05 * Math.log(1e6);
    assertThat(meanOfLogs(calls, 2_000)).isCloseTo(moved, within(0.05));
  }

  @Test
  void shouldLetTheOracleBeFirst() {
    QuantityTrial trial = new QuantityTrial(1, List.of(1L));
    double h = OracleShift.calibrated(1, 2, 1e5, 200_000, 1);
    double oracle = trial.delay(() -> new OracleShift(1, 2, h), TWICE, 30);
    double ours = trial.delay(() -> new OursQuantity(Signal.LATENCY, 1e-5), TWICE, 30);
    assertThat(oracle).isBetween(40.0, 90.0);
    assertThat(ours).isBetween(oracle, 500.0);
  }

  @Test
  void shouldKeepOursQuietWhereNothingChanges() {
    QuantityTrial trial = new QuantityTrial(1, List.of(1L));
    var ours = trial.falseAlarms("ours", () -> new OursQuantity(Signal.LATENCY, 1e-5), 20_000);
    assertThat(ours.windows()).isEqualTo(20_000);
    assertThat(ours.alarms()).isLessThanOrEqualTo(2);
    assertThat(trial.falseAlarms("p95", () -> new HighQuantile(1.1), 20_000).alarms())
        .isGreaterThan(100);
  }

  @Test
  void shouldAlarmWhenTheHighQuantileOfFiveWindowsIsReached() {
    HighQuantile rule = new HighQuantile(1.5);
    Arrays.fill(window.values, 1_000);
    for (int i = 0; i < 200; i++) {
      assertThat(rule.observe(window)).isFalse();
    }
    Arrays.fill(window.values, 1_600);
    assertThat(rule.observe(window)).isTrue();
  }

  @Test
  void shouldFindADoublingBesideTheOldVersionInSpiteOfTheSeason() {
    CanaryTrial.Delay delay = new CanaryTrial(0.2, 1, List.of(1L)).delay(20);
    assertThat(delay.calls()).isBetween(100.0, 1_500.0);
    assertThat(delay.bound()).isCloseTo(339, within(2.0));
    assertThat(new CanaryTrial(0.2, 1, List.of(1L)).falseAlarms(1).windows()).isEqualTo(100_000);
  }

  @Test
  void shouldHearWhichPartIsGuilty() {
    for (DimensionTrial.Planted planted : DimensionTrial.Planted.values()) {
      DimensionTrial.Outcome outcome = DimensionTrial.run(planted, 3, List.of(1L));
      assertThat(outcome.alerts()).as(planted.label()).isPositive();
      assertThat(outcome.first()).as(planted.label()).isEqualTo(outcome.alerts());
    }
  }

  private double meanOfLogs(QuantityCalls calls, int windows) {
    double sum = 0;
    for (int i = 0; i < windows; i++) {
      calls.next(window);
      for (long value : window.values) {
        sum += Math.log((double) value);
      }
    }
    return sum / windows / Cell.PER_WINDOW;
  }
}
