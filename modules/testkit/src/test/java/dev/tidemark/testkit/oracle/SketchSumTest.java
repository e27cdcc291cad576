package dev.tidemark.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.Sketch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SketchSumTest {
  /** The upper edge belongs to a bucket, the lower one does not. */
  @ParameterizedTest(name = "{0} lies in bucket {1}")
  @CsvSource({
    "1, -1",
    "2, 63",
    "3, 101",
    "4, 127",
    "5, 148",
    "1000, 637",
    "1024, 639",
    "1025, 640"
  })
  void shouldFindTheBucketThatHoldsAValue(long value, int bucket) {
    assertThat(SketchSum.bucket(value)).isEqualTo(bucket);
  }

  @Test
  void shouldHoldTheLargestValue() {
    assertThat(SketchSum.bucket(Long.MAX_VALUE)).isEqualTo(63 * 64 - 1);
  }

  @Test
  void shouldWriteStepsBetweenBuckets() {
    SketchSum sketch = new SketchSum();
    List.of(4L, 0L, 2L, 4L).forEach(sketch::add);

    assertThat(sketch.toRecord())
        .isEqualTo(new Sketch(6, 1L, 10L, List.of(63, 64), List.of(1L, 2L)));
  }

  @Test
  void shouldBeNothingWithoutValues() {
    assertThat(new SketchSum().toRecord()).isNull();
  }
}
