package dev.tidemark.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.records.Sketch;
import org.junit.jupiter.api.Test;

class TailTest {
  @Test
  void shouldBeginWhereOnePercentLies() {
    assertThat(Tail.begin(null, upTo(1_000), 100)).isCloseTo(990, within(12.0));
  }

  @Test
  void shouldNotBeginBeforeThereAreEnoughValues() {
    assertThat(Tail.begin(null, upTo(99), 100)).isNaN();
    assertThat(Tail.begin(null, null, 100)).isNaN();
    assertThat(Tail.begin(upTo(60), upTo(60), 100)).isNotNaN();
  }

  @Test
  void shouldNotCallEqualValuesATail() {
    Sketch same = null;
    for (int i = 0; i < 200; i++) {
      same = Tail.with(same, 1_234);
    }
    assertThat(1_234.0).isLessThan(Tail.begin(null, same, 100));
  }

  private static Sketch upTo(int values) {
    Sketch sketch = null;
    for (int i = 1; i <= values; i++) {
      sketch = Tail.with(sketch, i);
    }
    return sketch;
  }
}
