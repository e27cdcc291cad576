package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void shouldAlignTextLeftAndNumbersRight() {
    var table = Table.of("TOOL", "CALLS>").row("send_money", 7).row("get", 1_234);

    assertThat(table.lines())
        .containsExactly("TOOL        CALLS", "send_money      7", "get          1234");
  }

  @Test
  void shouldPrintDashForMissingCell() {
    assertThat(Table.of("A", "B").row(null, "x").lines()).containsExactly("A  B", "-  x");
  }

  @Test
  void shouldRefuseRowOfOtherLength() {
    assertThatThrownBy(() -> Table.of("A").row(1, 2)).hasMessageContaining("2 cells");
  }
}
