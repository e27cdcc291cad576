package dev.tidemark.fleet;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Seeded chance; the same seed gives the same values on every machine. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** An exponential waiting time; {@code mean} and result in the same unit. */
  double exponential(double mean) {
    return -StrictMath.log(1 - random.nextDouble()) * mean;
  }

  /** 0 to {@code most}, both included. */
  int upTo(int most) {
    return random.nextInt(most + 1);
  }

  <T> void shuffle(List<T> list) {
    Collections.shuffle(list, new Random(random.nextLong()));
  }
}
