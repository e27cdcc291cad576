package dev.tidemark.bench.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void shouldTakeTheMiddleOfThree() {
    assertThat(Spread.of(List.of(3.0, 1.0, 2.5))).isEqualTo(new Spread(1.0, 2.5, 3.0));
  }

  @Test
  void shouldTakeTheMeanOfTheTwoInTheMiddle() {
    assertThat(Spread.of(List.of(4.0, 1.0)).median()).isEqualTo(2.5);
  }

  @Test
  void shouldTakeQuantilesByNearestRank() {
    double[] hundred = new double[100];
    for (int i = 0; i < 100; i++) {
      hundred[i] = 100 - i;
    }
    assertThat(Spread.quantile(hundred, 0.99)).isEqualTo(99);
    assertThat(Spread.quantile(hundred, 0.5)).isEqualTo(50);
    assertThat(Spread.quantile(new double[0], 0.5)).isNaN();
  }
}
