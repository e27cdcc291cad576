package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpTest {
  @Test
  void shouldAgreeWithTheStrictOneToFifteenDigits() {
    Random random = new Random(12);
    for (int i = 0; i < 1_000_000; i++) {
      double x = (2 * random.nextDouble() - 1) * Math.pow(10, 5.85 * random.nextDouble() - 3);
      double right = StrictMath.exp(x);
      assertThat(Math.abs(Exp.of(x) - right)).as("%s", x).isLessThanOrEqualTo(1e-15 * right);
    }
  }

  @Test
  void shouldKnowItsEnds() {
    assertThat(Exp.of(0)).isEqualTo(1);
    assertThat(Exp.of(-0.0)).isEqualTo(1);
    assertThat(Exp.of(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Exp.of(Double.POSITIVE_INFINITY)).isInfinite();
    assertThat(Exp.of(Double.NaN)).isNaN();
    assertThat(Exp.of(-800)).isZero();
    assertThat(Exp.of(700)).isCloseTo(StrictMath.exp(700), within(1e290));
    assertThat(Exp.of(-700)).isEqualTo(StrictMath.exp(-700), within(1e-318));
  }
}
