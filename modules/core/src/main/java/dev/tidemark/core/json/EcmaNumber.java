package dev.tidemark.core.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A finite double as ECMAScript prints it (ECMA-262, Number::toString): the fewest digits that give
 * the same double back, and of those the nearest. {@code Double.toString} of Java 17 sometimes
 * prints a digit too many.
 */
final class EcmaNumber {
  private static final double SAFE = 1L << 53;

  /** Any decimal of up to 15 digits survives the way through a normal double. */
  private static final int ALWAYS_EXACT = 15;

  private static final int ALWAYS_ENOUGH = 17;

  private EcmaNumber() {}

  static String format(double value) {
    if (Math.abs(value) <= SAFE && value == Math.rint(value)) {
      return Long.toString((long) value);
    }
    BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    return (value < 0 ? "-" : "") + layout(digits, point);
  }

  private static BigDecimal shortest(double value) {
    var printed = new BigDecimal(Double.toString(value));
    if (printed.precision() <= ALWAYS_EXACT && value >= Double.MIN_NORMAL) {
      return printed;
    }
    var exact = new BigDecimal(value);
    int digits = value < Double.MIN_NORMAL ? 1 : ALWAYS_EXACT;
    for (; digits < ALWAYS_ENOUGH; digits++) {
      BigDecimal below = exact.round(new MathContext(digits, RoundingMode.FLOOR));
      BigDecimal above = exact.round(new MathContext(digits, RoundingMode.CEILING));
      BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      BigDecimal other = nearest.compareTo(below) == 0 ? above : below;
      if (nearest.doubleValue() == value) {
        return nearest;
      }
      if (other.doubleValue() == value) {
        return other;
      }
    }
    return exact.round(new MathContext(ALWAYS_ENOUGH, RoundingMode.HALF_EVEN));
  }

  /** Digits with the decimal point after the first {@code point} of them. */
  private static String layout(String digits, int point) {
    int count = digits.length();
    if (count <= point && point <= 21) {
      return digits + "0".repeat(point - count);
    }
    if (0 < point && point <= 21) {
      return digits.substring(0, point) + '.' + digits.substring(point);
    }
    if (-6 < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    String fraction = count == 1 ? "" : '.' + digits.substring(1);
    int exponent = point - 1;
    return digits.charAt(0) + fraction + 'e' + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
  }
}
