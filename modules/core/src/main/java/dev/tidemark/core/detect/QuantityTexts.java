package dev.tidemark.core.detect;

import dev.tidemark.records.QuantityEvidence;
import dev.tidemark.records.Signal;
import java.util.Locale;

/** Quantities as records and in words. */
final class QuantityTexts {
  private static final double NORMAL_95 = 1.96;
  private static final double LEVEL = 0.95;
  private static final String MICROSECONDS = "us";
  private static final String MICROS = "micros";
  private static final double MS = 1e3;
  private static final double SECOND = 1e6;
  private static final double MINUTE = 60e6;

  private QuantityTexts() {}

  static QuantityEvidence evidence(Signal signal, Histogram values, double phi) {
    double mean = values.mean();
    double error =
        values.n() == 0 ? 0 : NORMAL_95 * values.deviation() * StrictMath.sqrt(phi / values.n());
    QuantityEvidence evidence = new QuantityEvidence();
    evidence.setUnit(unit(signal));
    evidence.setN(values.n());
    evidence.setP50(values.quantile(0.5));
    evidence.setP90(values.quantile(0.9));
    evidence.setP99(values.quantile(0.99));
    evidence.setMean(mean);
    evidence.setMeanLow(Math.max(0, mean - error));
    evidence.setMeanHigh(mean + error);
    evidence.setLevel(LEVEL);
    return evidence;
  }

  private static String unit(Signal signal) {
    return switch (signal) {
      case LATENCY, RUN_DURATION, HUMAN_WAIT -> MICROSECONDS;
      case COST, RUN_COST -> MICROS;
      case INPUT_TOKENS, OUTPUT_TOKENS -> "tokens";
      default -> "calls";
    };
  }

  /** A value for people, such as {@code 1.2 s}. */
  static String say(String unit, double value) {
    if (unit.equals(MICROSECONDS)) {
      if (value < SECOND) {
        return String.format(Locale.ROOT, "%.0f ms", value / MS);
      }
      return value < 2 * MINUTE
          ? String.format(Locale.ROOT, "%.1f s", value / SECOND)
          : String.format(Locale.ROOT, "%.1f min", value / MINUTE);
    }
    if (unit.equals(MICROS)) {
      return String.format(Locale.ROOT, "%.4f", value / 1e6);
    }
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
  }
}
