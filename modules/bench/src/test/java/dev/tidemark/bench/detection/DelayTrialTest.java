package dev.tidemark.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DelayTrialTest {
  private static final long CHANGE_MS = ShiftTrial.BASELINE_WINDOWS * Counts.WINDOW_MS;
  private static final Shift DOUBLING = new Shift(0.05, 0.1);

  @Test
  void shouldCountAlarmsAfterTheBaselineOncePerHour() {
    History history = new History(0.1, 2, new Chance(1, 1));
    long hours = History.COUNTED * Counts.WINDOW_MS / 3_600_000;
    assertThat(history.alarms(() -> window -> true, 2)).isBetween(2 * hours, 2 * hours + 2);
    assertThat(history.alarms(() -> window -> window.startMs < CHANGE_MS, 2)).isZero();
  }

  @Test
  void shouldLetEveryMethodSeeTheSameHistory() {
    History history = new History(0.2, 1, new Chance(1, 1));
    long[] sums = new long[2];
    for (int i = 0; i < 2; i++) {
      int at = i;
      history.alarms(
          () ->
              window -> {
                sums[at] += window.x;
                return false;
              },
          1);
    }
    assertThat(sums[0]).isEqualTo(sums[1]);
    assertThat(sums[0] / (24_000.0 * Cell.PER_WINDOW)).isCloseTo(0.2, within(0.003));
  }

  @Test
  void shouldCountCallsFromTheChangeToTheFirstAlarm() {
    ShiftTrial trial = new ShiftTrial(DOUBLING, List.of(1L));
    ShiftTrial.Delay tenth =
        trial.run(() -> window -> window.startMs == CHANGE_MS + 9 * Counts.WINDOW_MS, 3, 10);
    assertThat(tenth.calls()).isEqualTo(10 * Cell.PER_WINDOW);
    assertThat(tenth.found()).isEqualTo(3);
    ShiftTrial.Delay early = trial.run(() -> window -> window.startMs <= CHANGE_MS, 3, 10);
    assertThat(early.calls()).isEqualTo(Cell.PER_WINDOW);
    ShiftTrial.Delay never = trial.run(() -> window -> false, 3, 10);
    assertThat(never.calls()).isEqualTo(250_000);
    assertThat(never.share()).isZero();
    assertThat(never.phi()).isNaN();
  }

  @Test
  void shouldShowAsManyWindowsBeforeTheChangeAsAskedFor() {
    AtomicInteger before = new AtomicInteger();
    new ShiftTrial(DOUBLING, List.of(1L))
        .run(
            () ->
                window -> {
                  before.addAndGet(window.startMs < CHANGE_MS ? 1 : 0);
                  return true;
                },
            2,
            7);
    assertThat(before.get()).isEqualTo(14);
  }

  @Test
  void shouldSetOursAndTheOracleToTheSameFalseAlarmsAndCompareThem() {
    DelayTrial.Size size = DelayTrial.Size.of(15, 60, 2, 60, 0, 0);
    Map<String, ShiftMethod.Outcome> outcomes =
        new DelayTrial(size, List.of(1L))
            .run(List.of(DOUBLING)).get(0).stream()
                .collect(Collectors.toMap(o -> o.method().label(), Function.identity()));
    ShiftMethod.Outcome oracle = outcomes.get(DelayTrial.ORACLE);
    ShiftMethod.Outcome ours = outcomes.get(DelayTrial.KNOWN);
    assertThat(oracle.method().quiet().alarms()).isEqualTo(3);
    assertThat(ours.method().quiet().alarms()).isEqualTo(3);
    assertThat(oracle.delay().calls()).isBetween(350.0, 650.0);
    assertThat(ours.delay().calls() / oracle.delay().calls()).isBetween(0.95, 1.4);
    ShiftMethod.Outcome shipped = outcomes.get(DelayTrial.SHIPPED);
    assertThat(shipped.delay().share()).isEqualTo(1);
    assertThat(shipped.delay().phi()).isBetween(1.0, 1.6);
  }

  @Test
  void shouldFindFallsToo() {
    DelayTrial.Size size = DelayTrial.Size.of(5, 20, 1, 20, 0, 0);
    List<ShiftMethod.Outcome> outcomes =
        new DelayTrial(size, List.of(1L)).run(List.of(new Shift(0.9, 0.8))).get(0);
    assertThat(outcomes).allMatch(o -> o.delay().share() == 1);
  }

  @Test
  void shouldSayShiftsAsPeopleDo() {
    assertThat(new Shift(0.05, 0.065).label()).isEqualTo("5 to 6.50 %");
    assertThat(new Shift(0.9, 0.8).up()).isFalse();
  }
}
