package dev.tidemark.bench.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {
  @Test
  void shouldBeQuickUnlessToldOtherwise() {
    assertThat(BenchOptions.parse(List.of()).full()).isFalse();
    assertThat(BenchOptions.parse(List.of("--full")).full()).isTrue();
    assertThat(BenchOptions.parse(List.of("--full")).usualRounds()).isEqualTo(3);
  }

  @Test
  void shouldRunOnlyWhatIsNamed() {
    BenchOptions options = BenchOptions.parse(List.of("--only", "poll,ours", "--seed", "9"));

    assertThat(options.wants("poll")).isTrue();
    assertThat(options.wants("naive")).isFalse();
    assertThat(options.wants(BenchOptions.LATENCY)).isFalse();
    assertThat(options.seed()).isEqualTo(9);
  }

  @Test
  void shouldSayWhatItDoesNotKnow() {
    assertThatThrownBy(() -> BenchOptions.parse(List.of("--only", "pool")))
        .hasMessageContaining("does not know pool")
        .hasMessageContaining("poll");
    assertThatThrownBy(() -> BenchOptions.parse(List.of("--fast"))).hasMessageContaining("--fast");
    assertThatThrownBy(() -> BenchOptions.parse(List.of("--seed", "x")))
        .hasMessageContaining("needs a number above 0, got x");
    assertThatThrownBy(() -> BenchOptions.parse(List.of("--seed")))
        .hasMessageContaining("needs a value");
  }
}
