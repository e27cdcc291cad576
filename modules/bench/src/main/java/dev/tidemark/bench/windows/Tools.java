package dev.tidemark.bench.windows;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Which tool in which version is called next: zipf with exponent 1 over tools, or uniform. */
final class Tools {
  private static final double[] VERSION_SHARES = {0.6, 0.9, 1.0};
  private final double[] cumulative;
  private final boolean uniform;

  Tools(int tools, boolean uniform) {
    this.uniform = uniform;
    this.cumulative = new double[tools];
    double sum = 0;
    for (int i = 0; i < tools; i++) {
      sum += uniform ? 1 : 1.0 / (i + 1);
      cumulative[i] = sum;
    }
    for (int i = 0; i < tools; i++) {
      cumulative[i] /= sum;
    }
  }

  int tool(SplittableRandom random) {
    int at = Arrays.binarySearch(cumulative, random.nextDouble());
    return Math.min(cumulative.length - 1, at < 0 ? -at - 1 : at);
  }

  int version(SplittableRandom random) {
    if (uniform) {
      return random.nextInt(VERSION_SHARES.length);
    }
    double u = random.nextDouble();
    return u < VERSION_SHARES[0] ? 0 : u < VERSION_SHARES[1] ? 1 : 2;
  }
}
