package dev.tidemark.core.limit;

import dev.tidemark.records.Direction;
import dev.tidemark.records.Severity;
import dev.tidemark.records.Signal;
import java.time.Duration;
import java.util.List;

/**
 * An error budget and how fast it may be burnt: multi-window, multi-burn-rate alerts as in the Site
 * Reliability Workbook (Google, 2018), chapter 5.
 *
 * @param id unique among all rules; part of the key of its alerts
 * @param scope which series
 * @param reading a rate
 * @param objective share of good trials that is promised, in (0, 1)
 * @param period time over which it is promised
 * @param burns pairs of windows, the loudest first
 * @param minimum fewest trials in the long window of a pair that are judged
 */
public record SloRule(
    String id,
    Scope scope,
    Reading reading,
    double objective,
    Duration period,
    List<Burn> burns,
    long minimum) {

  /**
   * Fires while the budget burns this many times too fast over both windows.
   *
   * @param factor burn rate; 1 uses the budget up exactly at the end of the period
   * @param longer shows that it matters
   * @param shorter shows that it goes on
   * @param severity how loud it is
   */
  public record Burn(double factor, Duration longer, Duration shorter, Severity severity) {}

  /** 14.4 over 1 h and 5 min, 6 over 6 h and 30 min, 3 over 1 d and 2 h, 1 over 3 d and 6 h. */
  public static final List<Burn> DEFAULT_BURNS =
      List.of(
          new Burn(14.4, Duration.ofHours(1), Duration.ofMinutes(5), Severity.CRITICAL),
          new Burn(6, Duration.ofHours(6), Duration.ofMinutes(30), Severity.CRITICAL),
          new Burn(3, Duration.ofDays(1), Duration.ofHours(2), Severity.WARNING),
          new Burn(1, Duration.ofDays(3), Duration.ofHours(6), Severity.WARNING));

  public SloRule {
    Rules.requireId(id);
    Rules.require(objective > 0 && objective < 1, id, "an objective between 0 and 1");
    Rules.require(reading.measure() == Measure.RATE, id, "a signal that is a rate");
    Rules.require(minimum >= 1, id, "a minimum of 1 or more");
    Rules.require(!burns.isEmpty() && burns.size() <= 8, id, "1 to 8 burn rates");
    burns = List.copyOf(burns);
    for (Burn burn : burns) {
      Rules.require(burn.factor() > 0 && Double.isFinite(burn.factor()), id, "burn rates above 0");
      Rules.require(
          burn.shorter().toMillis() > 0
              && burn.shorter().compareTo(burn.longer()) <= 0
              && burn.longer().compareTo(period) <= 0,
          id,
          "a short window within the long one, and that within the period");
    }
  }

  /** Trials that count against the budget: successes and passes are good, all else is bad. */
  long bad(long n, long x) {
    return good() ? n - x : x;
  }

  /** Where a shift that burns the budget goes. */
  Direction direction() {
    return good() ? Direction.DOWN : Direction.UP;
  }

  private boolean good() {
    return reading.signal() == Signal.SUCCESS_RATE || reading.signal() == Signal.EVALUATION_RATE;
  }

  /** The rate of the signal at which the budget is used up exactly at the end of the period. */
  double limitRate() {
    return good() ? objective : budget();
  }

  /** Share of trials that may be bad. */
  double budget() {
    return 1 - objective;
  }

  /** The pair for people. */
  String words(Burn burn) {
    return Unit.SHARE.text(objective, "")
        + " objective over "
        + Rules.span(period)
        + ", error budget of "
        + reading.words()
        + " burnt "
        + Rules.times(burn.factor())
        + " as fast as allowed over "
        + Rules.span(burn.longer())
        + " and "
        + Rules.span(burn.shorter())
        + " (rule "
        + id
        + ")";
  }
}
