package dev.tidemark.bench.detection;

/**
 * A lasting change of a rate.
 *
 * @param before it
 * @param after it
 */
record Shift(double before, double after) {
  boolean up() {
    return after > before;
  }

  /** As people say it: {@code 5 to 10 %}. */
  String label() {
    return percent(before) + " to " + percent(after) + " %";
  }

  /** Nats that a call tells. */
  double information() {
    return Information.perCall(after, before);
  }

  private static String percent(double rate) {
    return Text.number(Math.round(rate * 1e4) / 1e2);
  }
}
