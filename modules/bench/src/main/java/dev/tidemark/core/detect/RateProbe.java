package dev.tidemark.core.detect;

import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;
import dev.tidemark.records.RateEvidence;
import dev.tidemark.records.Signal;

/**
 * One rate of one series past the very detector of the product, without records around it. It lives
 * in the package of the detector to use its classes. Not thread-safe.
 */
public final class RateProbe {
  private static final int DIRECTIONS = 2;
  private static final BudgetPlan PLAN = new BudgetPlan(1, 1, 1);
  private static final long SETTLED_MS = 14 * 86_400_000L;
  private final double share;
  private final long laterMs;
  private final Dispersion dispersion = new Dispersion(Signal.ERROR_RATE);
  private final RateDetector detector;
  private long previousEndMs = -1;

  /**
   * What an alarm told.
   *
   * @param up whether the rate rose
   * @param changeMs when it changed
   * @param after trials, events and interval since
   */
  public record Alarm(boolean up, long changeMs, RateEvidence after) {}

  private RateProbe(double share, long laterMs, RateDetector detector) {
    this.share = share;
    this.laterMs = laterMs;
    this.detector = detector;
  }

  /**
   * A series beside its own past.
   *
   * @param perDay false alarms per day it may give, both directions together
   */
  public static RateProbe self(double perDay) {
    return new RateProbe(perDay / DIRECTIONS, 0, RateDetector.self());
  }

  /**
   * A series that has been watched for two weeks without any call, so that a season is no reason
   * any more to look away from a small drift.
   *
   * @param perDay false alarms per day it may give, both directions together
   */
  public static RateProbe settled(double perDay) {
    return new RateProbe(
        perDay / DIRECTIONS, SETTLED_MS, RateDetector.self(RateNull.ofCounts(0, 0)));
  }

  /**
   * A version beside this one's past.
   *
   * @param perChange false alarms it may give for the change of version
   */
  public RateProbe next(double perChange) {
    long[] robust = dispersion.blocks().robustCounts();
    RateNull baseline = detector.belief().withCounts(robust[0], robust[1]);
    return new RateProbe(
        perChange / DIRECTIONS, laterMs, RateDetector.frozen(baseline, dispersion.phi()));
  }

  /** Threshold of one direction in nats, ln(1 / gamma). */
  public double threshold(long spanMs) {
    return -StrictMath.log(PLAN.injection(share, spanMs));
  }

  /** Takes a window with trials; true when it raises the alarm. */
  public boolean observe(
      long fromMs, long toMs, long n, long x, long runs, long nn, long nx, long xx) {
    long startMs = fromMs + laterMs;
    long endMs = toMs + laterMs;
    SignalCounts counts = new SignalCounts(n, x, runs, nn, nx, xx);
    long quietMs = previousEndMs < 0 ? startMs : previousEndMs;
    Slice slice = new Slice(quietMs, startMs, endMs, n, x);
    previousEndMs = endMs;
    dispersion.addClusters(counts);
    double rateBefore = detector.belief().at(startMs, dispersion.phi()).mean();
    Detector.Turn turn = detector.observe(slice, dispersion, PLAN, share);
    if (turn == Detector.Turn.RESOLVED) {
      detector.stop();
    }
    if (turn == Detector.Turn.FIRED && detector.mode() == DetectionMode.SELF) {
      ChangePoint change = detector.firing().change();
      dispersion.blocks().rollBack(change.n() - n, change.x() - x);
    }
    if (detector.firing() == null) {
      dispersion.addBlock(n, x, rateBefore);
    }
    return turn == Detector.Turn.FIRED;
  }

  /** What the alarm tells that is being raised; null while there is none. */
  public Alarm alarm() {
    Evidence firing = detector.firing();
    if (firing == null) {
      return null;
    }
    ChangePoint change = firing.change();
    return new Alarm(
        firing.direction() == Direction.UP,
        change.timeMs() - laterMs,
        Intervals.anytime(change.n(), change.x(), firing.phi()));
  }

  /** Ends an alarm from outside; the detector starts afresh. */
  public void rearm() {
    detector.stop();
  }

  /** Over-dispersion it calculates with. */
  public double phi() {
    return dispersion.phi();
  }

  /** Bytes of state that this signal of the series takes in the store, identity included. */
  public int bytes() {
    return state().length;
  }

  /** That state. */
  public byte[] state() {
    StateWriter out = new StateWriter();
    dispersion.write(out);
    detector.write(out);
    return out.toBytes();
  }
}
