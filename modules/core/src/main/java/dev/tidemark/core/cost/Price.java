package dev.tidemark.core.cost;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * What one model costs. Prices are millionths of the currency per million tokens, so 3.00 USD per
 * million is 3,000,000. A price that equals the input's (cached tokens) or the output's (reasoning)
 * says that nothing special is charged for them. Immutable.
 *
 * @param provider who sells it, or {@link #ANY}; compared as it is written
 * @param model name of the model, or the beginning of names followed by one star
 * @param currency ISO 4217 code
 * @param input input tokens that touch no cache
 * @param cacheRead input tokens read from a cache
 * @param cacheWrite input tokens written to a cache
 * @param output output tokens
 * @param reasoning output tokens spent on reasoning
 */
public record Price(
    String provider,
    String model,
    String currency,
    long input,
    long cacheRead,
    long cacheWrite,
    long output,
    long reasoning) {
  /** Stands for every provider; at the end of a model, for every ending. */
  public static final String ANY = "*";

  /** A token count nobody told, and a cost that cannot be known. */
  public static final long UNKNOWN = -1;

  /** Highest price: one unit of the currency per token. */
  public static final long MOST = 1_000_000_000_000L;

  /** Up to so many tokens on either side every sum of products fits into a long. */
  private static final long FITS = (Long.MAX_VALUE / 2 - 500_000) / MOST;

  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
  private static final BigInteger HALF = BigInteger.valueOf(500_000);

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException naming what is out of bounds
   */
  public Price {
    require(!provider.isEmpty(), "provider must not be empty");
    require(!model.isEmpty(), "model must not be empty");
    require(
        model.indexOf('*') < 0 || model.indexOf('*') == model.length() - 1,
        "model may have one star, at its end");
    require(CURRENCY.matcher(currency).matches(), "currency must be three capital letters");
    for (long price : new long[] {input, cacheRead, cacheWrite, output, reasoning}) {
      require(price >= 0 && price <= MOST, "a price must be from 0 to " + MOST);
    }
  }

  /** Whether the model is the beginning of names. */
  boolean isPrefix() {
    return model.endsWith(ANY);
  }

  /**
   * Cost of one call in millionths of the currency, rounded half up once, at the end. {@link
   * #UNKNOWN} when counts contradict each other, when a count is unknown that the price depends on,
   * or when the cost exceeds a long. Cached tokens are part of the input and reasoning ones part of
   * the output: none is charged twice.
   *
   * @param input all input tokens, cached ones included; {@link #UNKNOWN} when not told, like all
   * @param output all output tokens, reasoning ones included
   * @param cacheRead input tokens read from a cache
   * @param cacheWrite input tokens written to a cache
   * @param reasoning output tokens spent on reasoning
   */
  public long micros(long input, long output, long cacheRead, long cacheWrite, long reasoning) {
    if (contradicts(input, cacheRead, cacheWrite) || contradicts(output, reasoning, 0)) {
      return UNKNOWN;
    }
    if (!isInputEnough(input, cacheRead, cacheWrite) || !isOutputEnough(output, reasoning)) {
      return UNKNOWN;
    }
    long all = orZero(input);
    long read = orZero(cacheRead);
    long write = orZero(cacheWrite);
    long said = orZero(output);
    long thought = orZero(reasoning);
    long fresh = Math.max(0, all - read - write);
    long plain = Math.max(0, said - thought);
    if (Math.max(all, read + write) <= FITS && Math.max(said, thought) <= FITS) {
      long sum =
          fresh * this.input
              + read * this.cacheRead
              + write * this.cacheWrite
              + plain * this.output
              + thought * this.reasoning;
      return (sum + 500_000) / 1_000_000;
    }
    BigInteger sum =
        product(fresh, this.input)
            .add(product(read, this.cacheRead))
            .add(product(write, this.cacheWrite))
            .add(product(plain, this.output))
            .add(product(thought, this.reasoning));
    BigInteger micros = sum.add(HALF).divide(MILLION);
    return micros.bitLength() < Long.SIZE ? micros.longValue() : UNKNOWN;
  }

  /** Parts that exceed the whole; compared so that nothing overflows. */
  private static boolean contradicts(long whole, long part, long other) {
    if (whole < UNKNOWN || part < UNKNOWN || other < UNKNOWN) {
      return true;
    }
    return whole >= 0 && (orZero(part) > whole || orZero(other) > whole - orZero(part));
  }

  /** A part that is untold matters only while something is left for it and it costs otherwise. */
  private boolean isInputEnough(long all, long read, long write) {
    if (all < 0) {
      return input == 0
          && (read >= 0 || cacheRead == 0)
          && (write >= 0 || cacheWrite == 0)
          && orZero(read) <= Long.MAX_VALUE - orZero(write);
    }
    boolean left = all - orZero(read) - orZero(write) > 0;
    return !left || ((read >= 0 || cacheRead == input) && (write >= 0 || cacheWrite == input));
  }

  private boolean isOutputEnough(long all, long thought) {
    if (all < 0) {
      return output == 0 && (thought >= 0 || reasoning == 0);
    }
    return all - orZero(thought) == 0 || thought >= 0 || reasoning == output;
  }

  private static long orZero(long count) {
    return count < 0 ? 0 : count;
  }

  private static BigInteger product(long tokens, long price) {
    return BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(price));
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
