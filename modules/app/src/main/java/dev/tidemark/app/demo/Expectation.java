package dev.tidemark.app.demo;

import dev.tidemark.records.Signal;
import java.util.Set;

/**
 * What the recorded data say about one metric of one subject when one version follows another.
 *
 * @param tool tool, or {@code *} for all tools of the agent together
 * @param metric name in the data set, such as denied_rate
 * @param signals signals that tell it; empty when none does yet
 * @param kind whether it moved
 * @param before value under the first version; NaN when the data do not say
 * @param after value under the second version; NaN when the data do not say
 * @param trialsBefore calls under the first version; 0 when the data do not say
 * @param trialsAfter calls under the second version; 0 when the data do not say
 */
record Expectation(
    String tool,
    String metric,
    Set<Signal> signals,
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

  Expectation {
    signals = Set.copyOf(signals);
  }

  /** For people, such as {@code send_money denied_rate}. */
  String name() {
    return (tool.equals("*") ? "all tools" : tool) + " " + metric;
  }
}
