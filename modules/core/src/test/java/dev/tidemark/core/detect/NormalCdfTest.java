package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalCdfTest {
  /** Against Abramowitz and Stegun, tables 26.1 and 26.2. */
  @Test
  void shouldAgreeWithTheTables() {
    assertThat(NormalCdf.above(0)).isCloseTo(0.5, within(1e-15));
    assertThat(NormalCdf.above(1)).isCloseTo(0.158655253931457, within(1e-14));
    assertThat(NormalCdf.above(-2)).isCloseTo(0.977249868051821, within(1e-14));
    assertThat(NormalCdf.above(5) / 2.866515719e-7).isCloseTo(1, within(1e-8));
    assertThat(NormalCdf.above(10) / 7.619853024e-24).isCloseTo(1, within(1e-6));
  }

  @Test
  void shouldEndInNothing() {
    assertThat(NormalCdf.above(100)).isZero();
    assertThat(NormalCdf.above(-100)).isEqualTo(1);
  }
}
