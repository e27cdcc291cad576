package dev.tidemark.core.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.records.Sketch;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExponentialSketchTest {
  /** 1 ms to 24 h in microseconds, lognormal: every quantile within the stated 0.55 %. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void shouldKeepQuantilesWithinTheStatedError(long seed) {
    Random random = new Random(seed);
    long[] values = new long[20_000];
    ExponentialSketch sketch = new ExponentialSketch();
    for (int i = 0; i < values.length; i++) {
      double v = Math.exp(13 + 3 * random.nextGaussian());
      values[i] = (long) Math.max(1_000, Math.min(86_400_000_000.0, v));
      sketch.add(values[i], 1);
    }
    Arrays.sort(values);
    Sketch record = sketch.toRecord();
    for (double q : new double[] {0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999}) {
      long exact = values[(int) Math.ceil(q * values.length) - 1];
      assertThat(Sketches.quantile(record, q) / exact)
          .as("seed %d q %s", seed, q)
          .isCloseTo(1.0, within(0.0055));
    }
  }

  @Test
  void shouldNotDependOnOrderOrOnHowItWasMerged() {
    Random random = new Random(7);
    ExponentialSketch all = new ExponentialSketch();
    ExponentialSketch odd = new ExponentialSketch();
    ExponentialSketch even = new ExponentialSketch();
    for (int i = 0; i < 5_000; i++) {
      long value = random.nextInt(100_000_000);
      all.add(value, 1);
      (i % 2 == 0 ? even : odd).add(value, 1);
    }
    assertThat(Sketches.merge(odd.toRecord(), even.toRecord())).isEqualTo(all.toRecord());
    assertThat(Sketches.merge(even.toRecord(), odd.toRecord())).isEqualTo(all.toRecord());
  }

  @Test
  void shouldTakeBackWhatWasAdded() {
    ExponentialSketch sketch = new ExponentialSketch();
    sketch.add(5, 1);
    sketch.add(70_000, 2);
    sketch.add(70_000, -2);
    ExponentialSketch only = new ExponentialSketch();
    only.add(5, 1);
    assertThat(sketch.toRecord()).isEqualTo(only.toRecord());
    sketch.add(5, -1);
    assertThat(sketch.isEmpty()).isTrue();
  }

  @Test
  void shouldKeepTheSumExact() {
    ExponentialSketch sketch = new ExponentialSketch();
    sketch.add(0, 3);
    sketch.add(1_234_567, 2);
    assertThat(Sketches.count(sketch.toRecord())).isEqualTo(5);
    assertThat(Sketches.mean(sketch.toRecord())).isEqualTo(2 * 1_234_567 / 5.0);
    assertThat(Sketches.quantile(sketch.toRecord(), 0.5)).isZero();
  }

  @Test
  void shouldRefuseNegativeValues() {
    assertThatThrownBy(() -> new ExponentialSketch().add(-1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
