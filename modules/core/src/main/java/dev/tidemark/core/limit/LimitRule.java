package dev.tidemark.core.limit;

import dev.tidemark.records.Direction;
import dev.tidemark.records.Severity;
import java.time.Duration;

/**
 * A number that a signal shall not pass.
 *
 * @param id unique among all rules; part of the key of its alerts
 * @param scope which series
 * @param reading what of them
 * @param direction UP when the value may not be above, DOWN when it may not be below
 * @param threshold in the unit of the reading
 * @param window time that one judgement looks at, aligned to the epoch
 * @param minimum fewest trials or values that are judged; does not matter for sums and counts
 * @param times judgements in a row that have to agree before it opens, and before it resolves
 * @param severity how loud it is
 */
public record LimitRule(
    String id,
    Scope scope,
    Reading reading,
    Direction direction,
    double threshold,
    Duration window,
    long minimum,
    int times,
    Severity severity) {
  private static final double SMALL = 1e-9;
  private static final double MOST = 1e9;

  public LimitRule {
    Rules.requireId(id);
    Rules.require(Double.isFinite(threshold) && threshold >= 0, id, "a finite limit of 0 or more");
    Rules.require(window.toMillis() > 0, id, "a window longer than nothing");
    Rules.require(minimum >= 1, id, "a minimum of 1 or more");
    Rules.require(times >= 1 && times <= 1000, id, "1 to 1000 judgements in a row");
    Rules.require(direction != Direction.UNKNOWN, id, "a direction");
  }

  /** Whether a value is on the wrong side. */
  boolean passedBy(double value) {
    return direction == Direction.UP ? value > threshold : value < threshold;
  }

  /** A value against the limit, 1 at the limit; finite beside a limit of 0. */
  double ratio(double value) {
    return Math.min(MOST, (value + SMALL) / (threshold + SMALL));
  }

  /** How much worse than the limit a value is, 1 at the limit. */
  double excess(double value) {
    return direction == Direction.UP ? ratio(value) : Math.min(MOST, 1 / ratio(value));
  }

  /** The rule for people. */
  String words(String currency) {
    return reading.words()
        + (direction == Direction.UP ? " above " : " below ")
        + reading.unit().text(threshold, currency)
        + " over "
        + Rules.span(window)
        + (times == 1 ? "" : ", " + times + " times in a row")
        + " (rule "
        + id
        + ")";
  }
}
