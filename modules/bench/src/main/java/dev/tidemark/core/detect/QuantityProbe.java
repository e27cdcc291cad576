package dev.tidemark.core.detect;

import dev.tidemark.core.sketch.ExponentialSketch;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Signal;

/**
 * One quantity of one series past the very detector of the product, without records around it. It
 * lives in the package of the detector to use its classes. Not thread-safe.
 */
public final class QuantityProbe {
  private static final int DIRECTIONS = 2;
  private static final long SPLIT_AFTER = 50;
  private static final BudgetPlan PLAN = new BudgetPlan(1, 1, 1);
  private final Signal signal;
  private final double share;
  private final Dispersion dispersion;
  private final QuantityDetector detector;
  private int splitBin = -1;
  private long previousEndMs = -1;

  private QuantityProbe(Signal signal, double share, QuantityDetector detector) {
    this.signal = signal;
    this.share = share;
    this.dispersion = new Dispersion(signal);
    this.detector = detector;
  }

  /** Values of one window as windows tell them. Not changed by those who take it. */
  public static final class Batch {
    private final Histogram values;

    private Batch(Histogram values) {
      this.values = values;
    }

    public static Batch of(Signal signal, long[] calls) {
      ExponentialSketch sketch = new ExponentialSketch();
      for (long value : calls) {
        sketch.add(value, 1);
      }
      Histogram values = Histogram.of(signal);
      values.add(sketch.toRecord());
      return new Batch(values);
    }
  }

  /**
   * A series beside its own past.
   *
   * @param perDay false alarms per day it may give, both directions together
   */
  public static QuantityProbe self(Signal signal, double perDay) {
    return new QuantityProbe(
        signal, perDay / DIRECTIONS, QuantityDetector.settled(signal, Histogram.of(signal)));
  }

  /**
   * A version beside this one's past.
   *
   * @param perChange false alarms it may give for the change of version
   */
  public QuantityProbe next(double perChange) {
    return new QuantityProbe(
        signal,
        perChange / DIRECTIONS,
        QuantityDetector.frozen(signal, detector.belief(), dispersion.phi()));
  }

  /** Takes the values of independent calls; true when it raises the alarm. */
  public boolean observe(long startMs, long endMs, long[] calls) {
    return observe(startMs, endMs, Batch.of(signal, calls));
  }

  /** The same, made up before. */
  public boolean observe(long startMs, long endMs, Batch batch) {
    Histogram values = batch.values;
    long n = values.n();
    dispersion.addClusters(new SignalCounts(n, 0, n, n, 0, 0));
    if (splitBin < 0 && detector.belief().n() >= SPLIT_AFTER) {
      splitBin = detector.belief().medianBin();
    }
    long above = splitBin < 0 ? 0 : values.above(splitBin);
    long quietMs = previousEndMs < 0 ? startMs : previousEndMs;
    previousEndMs = endMs;
    Slice slice = new Slice(quietMs, startMs, endMs, n, above, values);
    Detector.Turn turn = detector.observe(slice, dispersion.phi(), PLAN, share);
    if (turn == Detector.Turn.RESOLVED) {
      detector.stop();
    }
    if (turn == Detector.Turn.FIRED && splitBin >= 0) {
      Histogram after = detector.firing().values().after();
      dispersion.blocks().rollBack(after.n() - n, after.above(splitBin) - above);
    }
    if (detector.firing() == null && splitBin >= 0) {
      Histogram known = detector.belief();
      dispersion.addBlock(n, above, (known.above(splitBin) + 0.5) / (known.n() + 1));
    }
    return turn == Detector.Turn.FIRED;
  }

  /** Whether the alarm that is being raised is about a growth. */
  public boolean up() {
    return detector.firing() != null && detector.firing().direction() == Direction.UP;
  }

  /** Ends an alarm from outside; the detector starts afresh. */
  public void rearm() {
    detector.stop();
  }

  public double phi() {
    return dispersion.phi();
  }

  public String why() {
    Evidence e = detector.firing();
    return e == null
        ? "-"
        : e.direction() + " " + detector.label(e.direction(), e.change().alternative());
  }

  /** Bytes of state that this signal of the series takes in the store, identity included. */
  public int bytes() {
    StateWriter out = new StateWriter();
    dispersion.write(out);
    out.whole(splitBin);
    detector.write(out);
    return out.toBytes().length;
  }
}
