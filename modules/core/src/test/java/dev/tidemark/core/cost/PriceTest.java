package dev.tidemark.core.cost;

import static dev.tidemark.core.cost.Price.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTest {
  /** 3.00 in, 0.30 read, 3.75 written, 15.00 out, 20.00 reasoning per million tokens. */
  private static final Price OAK =
      new Price("maple", "oak", "USD", 3_000_000, 300_000, 3_750_000, 15_000_000, 20_000_000);

  /** Nothing special for cached or reasoning tokens. */
  private static final Price FLAT = price(3_000_000, 3_000_000, 3_000_000, 15_000_000, 15_000_000);

  @Test
  void shouldChargeEveryTokenOnce() {
    assertThat(OAK.micros(1_000, 200, 600, 100, 50))
        .isEqualTo((300 * 300 + 600 * 30 + 100 * 375 + 150 * 1_500 + 50 * 2_000) / 100);
  }

  @Test
  void shouldRoundHalfUpOnceAtTheEnd() {
    Price small = price(500_000, 500_000, 500_000, 500_000, 500_000);

    assertThat(small.micros(1, 0, 0, 0, 0)).isEqualTo(1);
    assertThat(small.micros(1, 1, 0, 0, 0)).isEqualTo(1);
    assertThat(price(499_999, 0, 0, 0, 0).micros(1, 0, 0, 0, 0)).isZero();
  }

  @Test
  void shouldNotKnowWhatContradictsItself() {
    assertThat(OAK.micros(100, 10, 60, 41, 0)).isEqualTo(UNKNOWN);
    assertThat(OAK.micros(100, 10, 0, 0, 11)).isEqualTo(UNKNOWN);
    assertThat(OAK.micros(-2, 10, 0, 0, 0)).isEqualTo(UNKNOWN);
    assertThat(OAK.micros(100, 10, Long.MAX_VALUE, Long.MAX_VALUE, 0)).isEqualTo(UNKNOWN);
    assertThat(OAK.micros(100, 10, 60, 40, 10)).isPositive();
  }

  @Test
  void shouldNotKnowWithoutACountThatMatters() {
    assertThat(OAK.micros(UNKNOWN, 10, 0, 0, 0)).isEqualTo(UNKNOWN);
    assertThat(OAK.micros(100, UNKNOWN, 0, 0, 0)).isEqualTo(UNKNOWN);
    assertThat(OAK.micros(100, 10, UNKNOWN, 0, 0)).isEqualTo(UNKNOWN);
    assertThat(OAK.micros(100, 10, 0, UNKNOWN, 0)).isEqualTo(UNKNOWN);
    assertThat(OAK.micros(100, 10, 0, 0, UNKNOWN)).isEqualTo(UNKNOWN);
    assertThat(FLAT.micros(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)).isEqualTo(UNKNOWN);
  }

  @Test
  void shouldKnowWithoutACountThatDoesNotMatter() {
    assertThat(FLAT.micros(100, 10, UNKNOWN, UNKNOWN, UNKNOWN)).isEqualTo(450);
    assertThat(OAK.micros(100, 0, 100, UNKNOWN, UNKNOWN)).isEqualTo(30);
    assertThat(OAK.micros(0, 1, UNKNOWN, UNKNOWN, 0)).isEqualTo(15);
    Price embedding = price(20_000, 20_000, 20_000, 0, 0);
    assertThat(embedding.micros(1_000, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)).isEqualTo(20);
    assertThat(price(0, 0, 0, 0, 0).micros(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)).isZero();
  }

  @Test
  void shouldSayUnknownRatherThanOverflow() {
    Price dear = price(Price.MOST, 0, 0, Price.MOST, 0);

    assertThat(dear.micros(Long.MAX_VALUE, 0, 0, 0, 0)).isEqualTo(UNKNOWN);
    assertThat(dear.micros(9_000_000_000_000L, 0, 0, 0, 0)).isEqualTo(9_000_000_000_000_000_000L);
    assertThat(price(0, 1, 1, 0, 0).micros(UNKNOWN, 0, Long.MAX_VALUE, Long.MAX_VALUE, 0))
        .isEqualTo(UNKNOWN);
  }

  @Test
  void shouldRefusePricesOutOfBounds() {
    assertThatIllegalArgumentException().isThrownBy(() -> price(-1, 0, 0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> price(Price.MOST + 1, 0, 0, 0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Price("*", "a*b", "USD", 0, 0, 0, 0, 0))
        .withMessageContaining("star");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Price("*", "a", "usd", 0, 0, 0, 0, 0))
        .withMessageContaining("currency");
  }

  /** Prices and counts of all sizes against decimal arithmetic that shares no code. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void shouldAgreeWithDecimalArithmetic(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      Price price =
          price(amount(random), amount(random), amount(random), amount(random), amount(random));
      long[] n = counts(random);
      BigDecimal exact =
          times(n[0] - n[2] - n[3], price.input())
              .add(times(n[2], price.cacheRead()))
              .add(times(n[3], price.cacheWrite()))
              .add(times(n[1] - n[4], price.output()))
              .add(times(n[4], price.reasoning()))
              .setScale(0, RoundingMode.HALF_UP);

      assertThat(price.micros(n[0], n[1], n[2], n[3], n[4]))
          .as("seed %d: %s of %s", seed, price, n)
          .isEqualTo(exact.longValueExact());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {4, 5})
  void shouldNeverCostMoreWhenCheaperTokensAreCached(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      long input = amount(random);
      Price price = price(input, cheaper(random, input), cheaper(random, input), 0, 0);
      long[] n = counts(random);
      long cached = price.micros(n[0], n[1], n[2], n[3], n[4]);
      long plain = price.micros(n[0], n[1], 0, 0, n[4]);

      assertThat(plain).isNotNegative();
      assertThat(cached).as("seed %d: %s", seed, price).isBetween(0L, plain);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {6, 7})
  void shouldAddUpButForRounding(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      Price price =
          price(amount(random), amount(random), amount(random), amount(random), amount(random));
      long[] a = counts(random);
      long[] b = counts(random);
      long parts =
          price.micros(a[0], a[1], a[2], a[3], a[4]) + price.micros(b[0], b[1], b[2], b[3], b[4]);
      long whole = price.micros(a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4]);

      assertThat(Math.abs(whole - parts)).as("seed %d: %s", seed, price).isLessThanOrEqualTo(1);
    }
  }

  private static Price price(long input, long read, long write, long output, long reasoning) {
    return new Price("maple", "oak", "USD", input, read, write, output, reasoning);
  }

  /** From nothing to 1,000 per million tokens, all magnitudes alike. */
  private static long amount(Random random) {
    return random.nextInt(8) == 0 ? 0 : (long) Math.pow(10, random.nextDouble() * 9);
  }

  private static long cheaper(Random random, long price) {
    return (long) (random.nextDouble() * price);
  }

  /** Consistent counts: input, output, read, write, reasoning; now and then of absurd size. */
  private static long[] counts(Random random) {
    long input = (long) Math.pow(10, random.nextDouble() * (random.nextInt(9) == 0 ? 14 : 6));
    long output = (long) Math.pow(10, random.nextDouble() * 5);
    long read = (long) (random.nextDouble() * (input + 1));
    long write = (long) (random.nextDouble() * (input - read + 1));
    long reasoning = (long) (random.nextDouble() * (output + 1));
    return new long[] {
      input, output, Math.min(read, input), Math.min(write, input - read), reasoning
    };
  }

  private static BigDecimal times(long tokens, long price) {
    return BigDecimal.valueOf(tokens).multiply(BigDecimal.valueOf(price, 6));
  }
}
