package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.detect.BudgetSimulation.Alarms;
import dev.tidemark.core.detect.BudgetSimulation.Source;
import dev.tidemark.records.Signal;
import org.junit.jupiter.api.Test;

/**
 * A quick look at what {@link BudgetSimulation} shows at length: nothing changes, nothing alarms.
 */
class BudgetTest {
  private static final double[] RATES = {0, 0.001, 0.05, 0.2};

  @Test
  void shouldKeepTheBudgetAgainstItsOwnPast() {
    Alarms all = new Alarms(0, 0, 0);
    for (double rate : RATES) {
      for (int seed = 1; seed <= 4; seed++) {
        all = all.plus(self(new Source(rate, 5, 1, 0), seed));
        all = all.plus(self(new Source(rate, 5, 8, 0.43), seed));
      }
    }
    assertThat(all.nominal()).isGreaterThan(0.9);
    assertThat(all.up()).as("rises, seeds 1 to 4").isLessThanOrEqualTo(3);
    assertThat(all.down()).as("falls, seeds 1 to 4").isLessThanOrEqualTo(3);
  }

  @Test
  void shouldKeepTheBudgetAgainstAFrozenBaseline() {
    Alarms all = new Alarms(0, 0, 0);
    for (double rate : RATES) {
      for (int baseline : new int[] {20, 500}) {
        Source source = new Source(rate, 5, 4, 0.33);
        all = all.plus(BudgetSimulation.frozen(source, baseline, 5, 60, 200, true));
      }
    }
    assertThat(all.up() + all.down()).as("480 versions, seed 5").isLessThanOrEqualTo(3);
  }

  /** Why the frozen null learns: one that does not takes the error of the baseline for a drift. */
  @Test
  void shouldShowWhatANullThatDoesNotLearnWouldDo() {
    Source source = new Source(0.2, 5, 1, 0);
    Alarms fixed = BudgetSimulation.frozen(source, 100, 6, 40, 500, false);
    assertThat(fixed.up() + fixed.down()).isGreaterThan(5);
  }

  private static Alarms self(Source source, int seed) {
    return BudgetSimulation.self(source, Signal.ERROR_RATE, seed, 3000);
  }
}
