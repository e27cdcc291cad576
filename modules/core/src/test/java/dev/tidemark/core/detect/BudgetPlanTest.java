package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetPlanTest {
  private static final List<SubjectKind> KINDS = List.of(SubjectKind.values());
  private final BudgetPlan plan = new BudgetPlan(1, 4, 250);

  /**
   * Every signal, mode and direction of every series of every partition, however many there are.
   */
  @Test
  void shouldNeverGiveAwayMoreThanItHas() {
    double sum = 0;
    for (int series = 0; series < 100_000; series++) {
      SubjectKind kind = KINDS.get(series % KINDS.size());
      for (DetectionMode mode : DetectionMode.values()) {
        for (Signal signal : Watched.of(kind).keySet()) {
          int members = Watched.family(signal) ? Watched.MEMBERS : 1;
          for (int member = 0; member < members; member++) {
            sum += 4 * 2 * plan.detectorShare(series, kind, signal, member, mode);
          }
        }
      }
    }
    assertThat(sum).isGreaterThan(0.6).isLessThanOrEqualTo(1);
  }

  @Test
  void shouldHalveTheReserveBlockByBlock() {
    assertThat(plan.seriesShare(0)).isEqualTo(0.5 / 250 / 4);
    assertThat(plan.seriesShare(249)).isEqualTo(plan.seriesShare(0));
    assertThat(plan.seriesShare(250)).isEqualTo(plan.seriesShare(0) / 4);
    assertThat(plan.seriesShare(750)).isEqualTo(plan.seriesShare(0) / 16);
  }

  @Test
  void shouldInjectADayOfItInADay() {
    double windows = 0;
    for (int w = 0; w < 5760; w++) {
      windows += plan.injection(0.25, 15_000);
    }
    assertThat(windows).isCloseTo(0.25, within(1e-9));
  }

  @Test
  void shouldPriceAVersionChangeInNats() {
    assertThat(plan.frozenThreshold(SubjectKind.TOOL, Signal.ERROR_RATE))
        .isCloseTo(10.82, within(0.01));
    assertThat(plan.frozenThreshold(SubjectKind.AGENT, Signal.ERROR_RATE))
        .isCloseTo(11.87, within(0.01));
  }

  @Test
  void shouldRefuseABudgetThatIsNone() {
    assertThatThrownBy(() -> new BudgetPlan(0, 4, 250))
        .hasMessageContaining("false alerts per day");
    assertThatThrownBy(() -> new BudgetPlan(1, 0, 250)).hasMessageContaining("at least 1");
  }
}
