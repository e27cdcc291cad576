package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConsoleTest {
  @Test
  void shouldShowEscapeSequencesInsteadOfObeyingThem() {
    assertThat(Console.safe("a\u001b[31mred\u0007")).isEqualTo("a\\u001b[31mred\\u0007");
  }

  @Test
  void shouldShowTextThatTurnsTheReadingDirection() {
    assertThat(Console.safe("pay\u202etxt")).isEqualTo("pay\\u202etxt");
  }

  @Test
  void shouldLeaveOrdinaryTextAlone() {
    assertThat(Console.safe("Überweisung an 日本 🙂")).isEqualTo("Überweisung an 日本 🙂");
  }

  @Test
  void shouldPrintDashForWhatIsNotKnown() {
    assertThat(Console.safe(null)).isEqualTo("-");
  }
}
