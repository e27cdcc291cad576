package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.records.Direction;
import org.junit.jupiter.api.Test;

class OwnRateTest {
  private static final double EDGE = 0.1;

  /** The normal approximation begins at twenty events: there must be no step. */
  @Test
  void shouldGoOverIntoTheApproximationWithoutAStep() {
    for (double rate : new double[] {0.06, 0.1, 0.15}) {
      double exact = log(19.9, rate, Direction.UP);
      double near = log(20.1, rate, Direction.UP);
      assertThat(near).as("rate %s", rate).isCloseTo(exact, within(0.03));
    }
  }

  /** Both directions together are all there is: their expectations weigh up to one. */
  @Test
  void shouldShareTheEvidenceBetweenTheDirections() {
    BetaNull past = new BetaNull(30, 270);
    OwnRate own = new OwnRate().of(past, EDGE, 10, 1);
    double above = BetaCdf.above(30, 270, EDGE);
    double sum =
        above * Math.exp(own.log(Direction.UP, 0))
            + (1 - above) * Math.exp(own.log(Direction.DOWN, 0));
    assertThat(sum / Math.exp(past.logPredictive(10, 1))).isCloseTo(1, within(2e-3));
  }

  @Test
  void shouldSayNothingInADirectionThatIsExcluded() {
    OwnRate own = new OwnRate().of(new BetaNull(900, 100), EDGE, 10, 9);
    assertThat(own.log(Direction.DOWN, -5)).isZero();
  }

  private static double log(double events, double rate, Direction direction) {
    BetaNull past = new BetaNull(events, events / rate - events);
    return new OwnRate().of(past, EDGE, 5, 1).log(direction, past.logPredictive(5, 1));
  }
}
