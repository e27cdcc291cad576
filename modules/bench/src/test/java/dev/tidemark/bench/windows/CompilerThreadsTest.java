package dev.tidemark.bench.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CompilerThreadsTest {
  @Test
  void shouldReadTheTicksOfACompiler() {
    String stat = "77 (C2 CompilerThre) S 1 2 3 4 5 6 7 8 9 10 560 40 0 0 20 0 9 0 1 2 3";
    assertThat(CompilerThreads.cpuSeconds(stat)).isCloseTo(6, within(1e-9));
  }

  @Test
  void shouldLeaveOtherThreadsAlone() {
    String stat = "78 (a (b) C2 CompilerThre) S 1 2 3 4 5 6 7 8 9 10 560 40 0 0 20 0 9 0 1 2 3";
    assertThat(CompilerThreads.cpuSeconds(stat)).isZero();
  }

  /** A process that is not there has used nothing. */
  @Test
  void shouldKnowNothingOfAProcessThatHasEnded() {
    assertThat(CompilerThreads.cpuSeconds(Long.MAX_VALUE)).isZero();
  }
}
