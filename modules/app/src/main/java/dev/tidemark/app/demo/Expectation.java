package dev.tidemark.app.demo;

import dev.tidemark.app.Figures;
import java.util.Locale;

/**
 * What the recorded data say about one metric of one subject when one version follows another.
 *
 * @param tool tool, or {@code *} for all tools of the agent together
 * @param metric name in the data set, such as denied_rate
 * @param sign by what an alert shows it
 * @param kind whether it moved
 * @param before value under the first version; NaN when the data do not say
 * @param after value under the second version; NaN when the data do not say
 * @param trialsBefore calls or runs under the first version; 0 when the data do not say
 * @param trialsAfter calls or runs under the second version; 0 when the data do not say
 */
record Expectation(
    String tool,
    String metric,
    Sign sign,
    Kind kind,
    double before,
    double after,
    long trialsBefore,
    long trialsAfter) {

  /** What the data say. */
  enum Kind {
    /** It really moved: |z| at least 4. */
    DRIFT,
    /** Grey zone: neither finding nor missing it is judged. */
    AMBIGUOUS,
    /** It did not move: |z| below 2. */
    SAME
  }

  /** For people, such as {@code send_money denied_rate}. */
  String name() {
    return (tool.equals("*") ? "all tools" : tool) + " " + metric;
  }

  /** From where to where, for people; empty when the data do not say. */
  String change() {
    return Double.isNaN(before) || Double.isNaN(after)
        ? ""
        : " " + figure(before) + " -> " + figure(after);
  }

  private String figure(double value) {
    return sign.share()
        ? Figures.percent(value)
        : String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%.0f", value);
  }
}
