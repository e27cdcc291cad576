package dev.tidemark.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExemplarChoiceTest {
  /** The first number that SplitMix64 gives from seed 0. */
  @Test
  void shouldHashWithTheFinaliserOfSplitMix() {
    assertThat(ExemplarChoice.hash("9e3779b97f4a7c15" + "0".repeat(16)))
        .isEqualTo(0xe220a8397b1dcdafL);
  }

  @Test
  void shouldShowFewOfTheOrdinary() {
    ExemplarChoice choice = new ExemplarChoice();
    for (int i = 0; i < 8; i++) {
      String trace = String.format("%032x", i + 1);
      List.of("ok", "error").forEach(category -> choice.offer(category, trace));
      choice.offer("error", trace);
    }

    assertThat(choice.chosen().get("ok")).hasSize(2);
    assertThat(choice.chosen().get("error")).hasSize(5).doesNotHaveDuplicates();
    assertThat(choice.chosen().get("error").subList(0, 2)).isEqualTo(choice.chosen().get("ok"));
    assertThat(choice.chosen().get("error"))
        .isSortedAccordingTo(
            (a, b) -> Long.compare(ExemplarChoice.hash(a), ExemplarChoice.hash(b)));
  }
}
