package dev.tidemark.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.WindowRecord;
import org.junit.jupiter.api.Test;

class WindowDifferencesTest {
  private static WindowRecord window(String counter, long count) {
    WindowSum sum = new WindowSum();
    sum.add(counter, count);
    return sum.toRecord(new SeriesKeys("t", "e", "a", "v").fleet(), 0, 15_000);
  }

  @Test
  void shouldNameTheFieldThatDiffers() {
    assertThat(WindowDifferences.between(window("runs", 2), window("runs", 3)))
        .containsExactly("runs is 2, should be 3");
  }

  @Test
  void shouldTakeNoWindowAsAnEmptyOne() {
    assertThat(WindowDifferences.between(null, window("runs", 0))).isEmpty();
    assertThat(WindowDifferences.between(window("runs", 1), null))
        .containsExactly("runs is 1, should be 0");
    assertThat(WindowDifferences.between(null, null)).isEmpty();
  }
}
