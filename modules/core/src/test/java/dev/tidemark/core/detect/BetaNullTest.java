package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.records.Direction;
import org.junit.jupiter.api.Test;

class BetaNullTest {
  @Test
  void shouldPredictWithProbabilitiesThatAddUpToOne() {
    BetaNull belief = BetaNull.ofCounts(40, 3, 1);
    double sum = 0;
    double ways = 1;
    for (int x = 0; x <= 6; x++) {
      sum += ways * Math.exp(belief.logPredictive(6, x));
      ways = ways * (6 - x) / (x + 1);
    }
    assertThat(sum).isCloseTo(1, within(1e-10));
  }

  /** The expectation of every likelihood ratio under the belief itself must not exceed one. */
  @Test
  void shouldGiveAlternativesNoEdgeWhileNothingChanges() {
    BetaNull known = BetaNull.ofCounts(60, 4, 1);
    BetaNull own = BetaNull.ofCounts(11, 2, 1);
    for (int k = 0; k < 9; k++) {
      double expectation = 0;
      double ways = 1;
      for (int x = 0; x <= 5; x++) {
        double[] logs = new double[9];
        OwnRate rate = new OwnRate().of(own, 4.5 / 61, 5, x);
        Likelihoods.log(Direction.UP, known, 4.5 / 61, rate, 5, x, Double.MAX_VALUE, logs);
        expectation += ways * Math.exp(known.logPredictive(5, x) + logs[k]);
        ways = ways * (5 - x) / (x + 1);
      }
      assertThat(expectation).as("alternative %d", k).isCloseTo(1, within(1e-9));
    }
  }
}
