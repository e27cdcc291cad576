package dev.tidemark.core.sketch;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Bucket indexes of the exponential histogram at scale 6, exact for every long: the power of two is
 * the index of the highest bit, the 64 buckets inside it are found by comparing the bits below with
 * integer bounds. No logarithm, so no rounding at a bound.
 */
final class Buckets {
  private static final int PER_DOUBLING = 1 << ExponentialSketch.SCALE;

  /** {@code floor(2^(63 + i/64))}: a mantissa in (BOUNDS[i], BOUNDS[i + 1]] is in bucket i. */
  private static final long[] BOUNDS = bounds();

  /** Where to begin comparing, by the eight highest bits of the mantissa below the leading one. */
  private static final byte[] FIRST = first();

  private Buckets() {}

  /** Index of the bucket that holds {@code value > 0}. */
  static int of(long value) {
    int shift = Long.numberOfLeadingZeros(value);
    long mantissa = value << shift;
    int power = (63 - shift) * PER_DOUBLING;
    int i = FIRST[(int) (mantissa >>> 55) & 0xff];
    while (i < PER_DOUBLING && Long.compareUnsigned(mantissa, BOUNDS[i]) > 0) {
      i++;
    }
    return power + i - 1;
  }

  private static long[] bounds() {
    MathContext precise = new MathContext(60, RoundingMode.HALF_EVEN);
    long[] bounds = new long[PER_DOUBLING];
    BigDecimal root = BigDecimal.valueOf(2);
    for (int i = 0; i < ExponentialSketch.SCALE; i++) {
      root = root.sqrt(precise);
    }
    BigDecimal bound = new BigDecimal(BigInteger.ONE.shiftLeft(63));
    for (int i = 0; i < PER_DOUBLING; i++) {
      bounds[i] = bound.toBigInteger().longValue();
      bound = bound.multiply(root, precise);
    }
    return bounds;
  }

  private static byte[] first() {
    byte[] first = new byte[256];
    for (int high = 0; high < first.length; high++) {
      long least = (1L << 63) | ((long) high << 55);
      int i = 0;
      while (i < PER_DOUBLING && Long.compareUnsigned(least, BOUNDS[i]) > 0) {
        i++;
      }
      first[high] = (byte) i;
    }
    return first;
  }
}
