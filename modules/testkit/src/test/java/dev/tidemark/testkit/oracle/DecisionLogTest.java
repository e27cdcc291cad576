package dev.tidemark.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecisionLogTest {
  @Test
  void shouldBeAFunctionOfTheSeedAndArriveInOrder() {
    assertThat(DecisionLog.of(7).entries()).isEqualTo(DecisionLog.of(7).entries());
    assertThat(DecisionLog.of(7).entries()).isNotEqualTo(DecisionLog.of(8).entries());
    assertThat(DecisionLog.of(3).entries())
        .isSortedAccordingTo((a, b) -> Long.compare(a.arrivalMs(), b.arrivalMs()));
  }
}
