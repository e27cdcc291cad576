package dev.tidemark.core.detect;

import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Signal;

/**
 * One positive quantity of one series against one baseline, in both directions: the e-detector on
 * histograms. As with rates, SELF compares with the own past and FROZEN with the previous
 * version's, whose alternatives stay where they are while the null learns from both.
 */
final class QuantityDetector implements Detector {
  private static final double CAP_PART = 0.5;
  private static final double TOLERANCE = 1.05;

  /** Factor that a season may move a quantity by. */
  private static final double SEASON = 1.5;

  private static final double TOLERANCE_BINS = bins(TOLERANCE);
  private static final double SEASON_BINS = bins(SEASON);

  private static final long WEEK_MS = 7 * 86_400_000L;

  private final DetectionMode mode;
  private final Histogram belief;
  private final Histogram frozen;
  private final double frozenPhi;
  private final double frozenBin;
  private final Payment payment;
  private final QuantityAlternatives rises;
  private final QuantityAlternatives falls;
  private final double[] logsUp;
  private final double[] logsDown;
  private final EffectiveValues effective = new EffectiveValues();
  private final HistogramNull now = new HistogramNull();
  private final HistogramNull from = new HistogramNull();
  private EDetector up;
  private EDetector down;
  private Histogram own;
  private long firstMs = -1;
  private Evidence firing;
  private QuantityResolution resolution;

  private QuantityDetector(Signal signal, Histogram belief, Histogram frozen, double frozenPhi) {
    this.mode = frozen == null ? DetectionMode.SELF : DetectionMode.FROZEN;
    this.belief = belief;
    this.frozen = frozen;
    this.frozenPhi = frozenPhi;
    this.frozenBin = frozen == null ? 0 : frozen.meanBin();
    this.payment = new Payment(frozen != null);
    boolean money = signal == Signal.COST || signal == Signal.RUN_COST;
    this.rises = new QuantityAlternatives(Direction.UP, money, frozen != null);
    this.falls = new QuantityAlternatives(Direction.DOWN, money, frozen != null);
    this.logsUp = new double[rises.weights().length];
    this.logsDown = new double[falls.weights().length];
    this.up = new EDetector(rises.weights(), belief);
    this.down = new EDetector(falls.weights(), belief);
    this.own = frozen == null ? null : Histogram.of(signal);
  }

  static QuantityDetector self(Signal signal, Histogram belief) {
    return new QuantityDetector(signal, belief, null, 1);
  }

  /** The same, watched for longer than a week already. */
  static QuantityDetector settled(Signal signal, Histogram belief) {
    QuantityDetector detector = self(signal, belief);
    detector.firstMs = 0;
    return detector;
  }

  static QuantityDetector frozen(Signal signal, Histogram baseline, double phi) {
    return new QuantityDetector(signal, baseline.copy(), baseline.copy(), phi);
  }

  @Override
  public DetectionMode mode() {
    return mode;
  }

  Histogram belief() {
    return belief;
  }

  @Override
  public Evidence firing() {
    return firing;
  }

  @Override
  public void stop() {
    if (own != null) {
      own.clear();
    }
    firing = null;
    resolution = null;
    up.reset();
    down.reset();
  }

  /** Takes the values of a window. */
  Turn observe(Slice slice, double phiNow, BudgetPlan plan, double share) {
    Histogram values = slice.values();
    firstMs = firstMs < 0 ? Math.max(1, slice.startMs()) : firstMs;
    double phi = Math.max(frozenPhi, phiNow);
    if (firing != null) {
      return watchTheEnd(slice);
    }
    double gamma = plan.injection(share, payment.unit(slice));
    double injection = plan.injection(share, payment.due(slice));
    double cap = -Ln.of(gamma) * CAP_PART;
    Histogram anchor = frozen == null ? belief : frozen;
    boolean settled = frozen == null && !young(slice);
    effective.of(values, phi);
    double predictive = now.of(belief, effective.weight()).logPredictive(effective);
    double ownBin = own == null ? 0 : own.meanBin();
    for (int d = 0; d < 2; d++) {
      Direction direction = d == 0 ? Direction.UP : Direction.DOWN;
      EDetector detector = d == 0 ? up : down;
      double[] logs = d == 0 ? logsUp : logsDown;
      (d == 0 ? rises : falls)
          .log(
              predictive,
              anchor,
              detector,
              settled,
              belief,
              beyond(direction, ownBin),
              effective,
              cap,
              logs);
      double sum = detector.step(logs, injection, slice, 0);
      if (sum >= 1) {
        sum = moved(detector, anchor, direction, settled);
      }
      if (sum >= 1) {
        fire(
            slice,
            direction,
            detector,
            phi,
            StrictMath.log(sum) - StrictMath.log(gamma),
            gamma,
            share);
        return Turn.FIRED;
      }
    }
    belief.add(values);
    if (own != null) {
      own.add(values);
    }
    return Turn.NONE;
  }

  /** What a new version alone has shown if it lies in a direction; else null. */
  private Histogram beyond(Direction direction, double bins) {
    boolean up = bins > frozenBin;
    return own != null && own.n() > 0 && up == (direction == Direction.UP) ? own : null;
  }

  /** Whether less than a week of the own past was seen, so that its seasons are not known. */
  private boolean young(Slice slice) {
    return frozen == null && firstMs > 0 && slice.startMs() - firstMs < WEEK_MS;
  }

  /**
   * The evidence of the alternatives since whose change the mean, or all values alike, have moved
   * by more than they may wander. What has moved less is no drift, however certain it is, and the
   * null learns it. Until its seasons are known, the own past is compared as a whole, and by more.
   *
   * @param settled whether they are known
   */
  private double moved(EDetector detector, Histogram anchor, Direction direction, boolean settled) {
    double factor = settled || frozen != null ? TOLERANCE : SEASON;
    double least = settled || frozen != null ? TOLERANCE_BINS : SEASON_BINS;
    double bin = anchor.meanBin();
    double mean = anchor.mean();
    double sum = 0;
    for (int k = 0; k < detector.weights().length; k++) {
      Histogram after = detector.since(k);
      if (settled) {
        bin = anchor.meanBinWithout(after);
        mean = anchor.meanWithout(after);
      }
      boolean way = after.lies(direction == Direction.UP, bin);
      sum += detector.tell(k, way && after.isFar(bin, least, mean, factor));
    }
    return sum;
  }

  private static double bins(double factor) {
    return StrictMath.log(factor) / StrictMath.log(2) * Histogram.PER_DOUBLING;
  }

  private void fire(
      Slice slice,
      Direction direction,
      EDetector detector,
      double phi,
      double log,
      double gamma,
      double share) {
    ChangePoint change = detector.changePoint(slice.endMs());
    Histogram after = detector.since(change.alternative()).copy();
    Histogram earlier = after.copy();
    earlier.subtract(slice.values());
    belief.subtract(earlier);
    Histogram before = (frozen == null ? belief : frozen).copy();
    int median = before.medianBin();
    firing =
        new Evidence(
            mode,
            direction,
            new Evidence.Counts(before.n(), before.above(median)),
            change.withCounts(after.n(), after.above(median)),
            phi,
            log,
            gamma,
            share,
            new Evidence.Values(before, after));
    resolution = new QuantityResolution(after.copy(), 0);
    up.reset();
    down.reset();
  }

  private Turn watchTheEnd(Slice slice) {
    payment.skip(slice);
    Histogram before = firing.values().before();
    Histogram after = firing.values().after();
    after.add(slice.values());
    double log = 0;
    from.of(before, 1);
    now.of(after, 1);
    for (int b = 0; b < Histogram.BINS; b++) {
      if (after.count(b) > 0) {
        log += after.count(b) * Ln.of(now.share(b) / from.share(b));
      }
    }
    long above = after.above(before.medianBin());
    firing = firing.withAfter(after.n(), above, log / firing.phi(), after);
    return resolution.step(slice, before, firing.phi()) ? Turn.RESOLVED : Turn.NONE;
  }

  String label(Direction direction, int alternative) {
    return (direction == Direction.UP ? rises : falls).label(alternative);
  }

  @Override
  public void write(StateWriter out) {
    out.whole(firstMs);
    belief.write(out);
    out.flag(frozen != null);
    if (frozen != null) {
      frozen.write(out);
      out.real(frozenPhi);
      own.write(out);
    }
    up.write(out);
    down.write(out);
    payment.write(out);
    out.text(firing == null ? "" : firing.direction().name());
    if (firing != null) {
      firing.write(out);
      resolution.write(out);
    }
  }

  static QuantityDetector read(Signal signal, StateReader in) {
    long firstMs = in.whole();
    Histogram belief = Histogram.read(in);
    Histogram frozen = null;
    double frozenPhi = 1;
    Histogram own = null;
    if (in.flag()) {
      frozen = Histogram.read(in);
      frozenPhi = in.real();
      own = Histogram.read(in);
    }
    QuantityDetector detector = new QuantityDetector(signal, belief, frozen, frozenPhi);
    detector.own = own;
    detector.firstMs = firstMs;
    detector.up = EDetector.read(detector.up, in);
    detector.down = EDetector.read(detector.down, in);
    detector.payment.read(in);
    detector.firing = Evidence.readOptional(detector.mode, in);
    detector.resolution = detector.firing == null ? null : QuantityResolution.read(in);
    return detector;
  }
}
