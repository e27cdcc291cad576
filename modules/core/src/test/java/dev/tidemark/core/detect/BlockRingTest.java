package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockRingTest {
  @Test
  void shouldCoverAHistoryOfAnyLength() {
    int seed = 9;
    Random random = new Random(seed);
    BlockRing ring = new BlockRing();
    long events = 0;
    for (int i = 0; i < 100_000; i++) {
      long x = random.nextDouble() < 0.2 ? 1 : 0;
      events += x;
      ring.add(1, x, 0.2);
    }
    assertThat(ring.size()).isBetween(16, 128);
    assertThat(ring.robustCounts()).as("seed %d", seed).containsExactly(100_000, events);
    assertThat(ring.dispersion(BlockRing.CHANCE)).isBetween(0.5, 2.0);
  }

  @Test
  void shouldLeaveAnIncidentOutOfTheBaseline() {
    Random random = new Random(10);
    BlockRing ring = new BlockRing();
    for (int i = 0; i < 2000; i++) {
      boolean incident = i >= 1000 && i < 1015;
      long x = random.nextDouble() < (incident ? 1 : 0.05) ? 10 : 0;
      ring.add(10, incident ? 10 : Math.min(x, 1), 0.01);
    }
    long[] robust = ring.robustCounts();
    assertThat((double) robust[1] / robust[0]).isLessThan(0.008);
  }

  @Test
  void shouldSayNothingOnLittleData() {
    BlockRing ring = new BlockRing();
    for (int i = 0; i < 40; i++) {
      ring.add(1, 0, 0.1);
    }
    assertThat(ring.dispersion(BlockRing.CHANCE)).isZero();
    assertThat(ring.robustCounts()).containsExactly(40, 0);
  }

  @Test
  void shouldTakeBackWhatCameAfterAChange() {
    BlockRing ring = new BlockRing();
    ring.add(100, 0, 0.001);
    ring.add(10, 9, 0.001);
    ring.rollBack(10, 9);
    assertThat(ring.robustCounts()).containsExactly(100, 0);
  }

  /** A rate that moved and stayed is a drift, not dispersion. */
  @Test
  void shouldNotTakeAShiftOfTheLevelForDispersion() {
    Random random = new Random(11);
    BlockRing ring = new BlockRing();
    for (int i = 0; i < 400; i++) {
      long x = 0;
      for (int call = 0; call < 50; call++) {
        x += random.nextDouble() < (i < 300 ? 0.1 : 0.2) ? 1 : 0;
      }
      ring.add(50, x, 0.1);
    }
    assertThat(ring.dispersion(BlockRing.CHANCE)).isLessThan(1.7);
  }
}
