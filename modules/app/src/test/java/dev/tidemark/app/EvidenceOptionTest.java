package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class EvidenceOptionTest {
  private static double share(String... args) {
    return CommandLine.populateCommand(new EvidenceOption(), args).config().share();
  }

  @Test
  void shouldKeepOneRunInAHundredUnlessTold() {
    assertThat(share()).isEqualTo(0.01);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.25", "1"})
  void shouldTakeAnyPartOfAWhole(String text) {
    assertThat(share("--evidence-share", text)).isEqualTo(Double.parseDouble(text));
  }
}
