package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
  private static final int ROUNDS = 500;

  /** Whatever is added, taken back, cleared, written and read: the counts tell the same values. */
  @Test
  void shouldTellItsValuesWhateverWasDone() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Histogram histogram = new Histogram(-1);
      List<Long> values = new ArrayList<>();
      for (int step = 0; step < 20; step++) {
        Histogram part = new Histogram(-1);
        List<Long> added = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
          long value = RandomHistograms.value(random);
          part.add(value);
          added.add(value);
        }
        histogram.add(part);
        switch (random.nextInt(4)) {
          case 0 -> histogram.subtract(part);
          case 1 -> {
            histogram.clear();
            values.clear();
          }
          case 2 -> {
            values.addAll(added);
            histogram = copy(histogram);
          }
          default -> values.addAll(added);
        }
        assertSame(histogram, values, seed);
      }
    }
  }

  private static Histogram copy(Histogram histogram) {
    StateWriter out = new StateWriter();
    histogram.copy().write(out);
    return Histogram.read(new StateReader(out.toBytes()));
  }

  private static void assertSame(Histogram histogram, List<Long> values, long seed) {
    Histogram told = new Histogram(-1);
    double mean = 0;
    for (long value : values) {
      told.add(value);
      mean += (double) value / values.size();
    }
    double place = 0;
    for (int b = 0; b < Histogram.BINS; b++) {
      assertThat(histogram.count(b)).as("seed %d, bin %d", seed, b).isEqualTo(told.count(b));
      place += values.isEmpty() ? 0 : (double) b * told.count(b) / values.size();
      assertThat(histogram.above(b)).isEqualTo(told.above(b));
    }
    assertThat(histogram.n()).isEqualTo(values.size());
    assertThat(histogram.mean()).as("seed %d", seed).isCloseTo(mean, within(1e-9 * mean));
    assertThat(histogram.meanBin()).as("seed %d", seed).isCloseTo(place, within(1e-9));
    assertThat(histogram.medianBin()).isEqualTo(told.medianBin());
    assertThat(histogram.quantile(0.9)).isEqualTo(told.quantile(0.9));
    assertThat(histogram.deviation()).isEqualTo(told.deviation());
  }

  @Test
  void shouldTellWhatIsLeftWithoutAPart() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Histogram part = RandomHistograms.some(random, 1_000);
      Histogram whole = part.copy();
      whole.add(RandomHistograms.some(random, 1_000));
      Histogram left = whole.copy();
      left.subtract(part);
      assertThat(whole.meanWithout(part)).as("seed %d", seed).isEqualTo(left.mean());
      assertThat(whole.meanBinWithout(part)).as("seed %d", seed).isEqualTo(left.meanBin());
    }
  }
}
