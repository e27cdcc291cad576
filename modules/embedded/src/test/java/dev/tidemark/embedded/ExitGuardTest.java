package dev.tidemark.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;

class ExitGuardTest {
  @Test
  void shouldGiveAnExceptionInsteadOfEndingTheProcess() {
    ExitGuard.install();
    ExitGuard.install();
    assertThatThrownBy(() -> Exit.halt(1, "all log directories failed"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "embedded broker wanted to halt this process with status 1"
                + " (all log directories failed): restart the process");
    assertThatThrownBy(() -> Exit.exit(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("exit this process with status 2");
  }
}
