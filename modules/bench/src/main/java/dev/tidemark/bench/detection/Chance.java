package dev.tidemark.bench.detection;

import java.util.SplittableRandom;

/** Seeded chance: the same seed and stream give the same values. Not thread-safe. */
final class Chance {
  private static final double SPLIT = 25;
  private final SplittableRandom random;

  /**
   * @param seed of the measurement
   * @param stream tells simulations of one measurement apart
   */
  Chance(long seed, long stream) {
    long mixed = new SplittableRandom(seed).nextLong() + stream;
    random = new SplittableRandom(new SplittableRandom(mixed).nextLong());
  }

  /** In [0, 1). */
  double uniform() {
    return random.nextDouble();
  }

  /** In [0, bound). */
  int below(int bound) {
    return random.nextInt(bound);
  }

  double gaussian() {
    return random.nextGaussian();
  }

  double exponential(double mean) {
    return -Math.log(1 - random.nextDouble()) * mean;
  }

  /** Exact for every mean: long ones are sums of short ones. */
  int poisson(double mean) {
    int count = 0;
    double left = mean;
    while (left > SPLIT) {
      count += shortPoisson(SPLIT);
      left -= SPLIT;
    }
    return count + shortPoisson(left);
  }

  private int shortPoisson(double mean) {
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    int count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  /** A Poisson count given that it is not zero. */
  int positivePoisson(double mean) {
    double u = random.nextDouble() * -Math.expm1(-mean);
    double term = Math.exp(-mean) * mean;
    int count = 1;
    while (u > term && term > 0) {
      u -= term;
      count++;
      term *= mean / count;
    }
    return count;
  }

  /** Failures before the first success. */
  long geometric(double success) {
    if (success >= 1) {
      return 0;
    }
    return (long) Math.floor(Math.log(1 - random.nextDouble()) / Math.log1p(-success));
  }

  int binomial(int n, double p) {
    if (p > 0.5) {
      return n - binomial(n, 1 - p);
    }
    if (p <= 0 || n == 0) {
      return 0;
    }
    if (n * p > SPLIT) {
      int half = n / 2;
      return binomial(half, p) + binomial(n - half, p);
    }
    double ratio = p / (1 - p);
    double term = Math.exp(n * Math.log1p(-p));
    double u = random.nextDouble();
    int count = 0;
    while (u > term && count < n) {
      u -= term;
      count++;
      term *= ratio * (n - count + 1) / count;
    }
    return count;
  }

  /** Probability of a run around a mean, so that two calls of the run correlate so much. */
  double runRate(double mean, double correlation) {
    if (correlation <= 0 || mean <= 0 || mean >= 1) {
      return mean;
    }
    double weight = (1 - correlation) / correlation;
    double a = gamma(mean * weight);
    double b = gamma((1 - mean) * weight);
    return a + b > 0 ? a / (a + b) : uniform() < mean ? 1 : 0;
  }

  /** Gamma variate of scale one (Marsaglia and Tsang 2000). */
  private double gamma(double shape) {
    if (shape < 1) {
      return gamma(shape + 1) * Math.pow(random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double z = random.nextGaussian();
      double v = 1 + c * z;
      v = v * v * v;
      if (v > 0 && Math.log(random.nextDouble()) < 0.5 * z * z + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }
}
