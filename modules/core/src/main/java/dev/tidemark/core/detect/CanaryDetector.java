package dev.tidemark.core.detect;

import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;

/**
 * Two versions in the same windows. Given how many events both had together, which of them had them
 * follows a hypergeometric distribution while both behave alike, whatever the hour does to both: so
 * seasons and shared incidents cancel and no baseline is needed. The e-value of odds ratio psi is
 * psi^x / E[psi^X] (conditional likelihood of a 2 x 2 table; Lindon and Malek 2022 for counts),
 * raised to 1 / phi, which keeps its expectation at most one. Over-dispersion is what runs tell, of
 * either version, and what blocks of shared events tell, in which seasons cancel as well.
 */
final class CanaryDetector implements Detector {
  private static final double[] UP = {1.25, 1.7, 2.5, 6, 30};
  private static final double[] DOWN = {0.8, 0.6, 0.4, 0.15};
  private static final double[] UP_WEIGHTS = {0.06, 0.4, 0.36, 0.12, 0.06};
  private static final double[] DOWN_WEIGHTS = {0.1, 0.35, 0.35, 0.2};
  private static final double LARGE = 1e200;

  private final Payment payment = new Payment(true);
  private final double[] logsUp = new double[UP.length];
  private final double[] logsDown = new double[DOWN.length];
  private EDetector up = new EDetector(UP_WEIGHTS);
  private EDetector down = new EDetector(DOWN_WEIGHTS);
  private final double baselinePhi;
  private BlockRing blocks = new BlockRing();
  private double blockPhi;
  private long myN;
  private long myX;
  private long theirN;
  private long theirX;
  private Evidence firing;
  private Resolution resolution;

  /**
   * Begins to compare.
   *
   * @param baselinePhi over-dispersion of the other version as its runs tell it
   */
  CanaryDetector(double baselinePhi) {
    this.baselinePhi = baselinePhi;
  }

  @Override
  public DetectionMode mode() {
    return DetectionMode.CANARY;
  }

  @Override
  public Evidence firing() {
    return firing;
  }

  @Override
  public void stop() {
    firing = null;
    resolution = null;
    up.reset();
    down.reset();
  }

  /**
   * Takes a window of both.
   *
   * @param mine of the version that is judged
   * @param theirs of the one it is compared with
   * @param seen of runs of the version that is judged
   */
  Turn observe(Slice mine, SignalCounts theirs, Dispersion seen, BudgetPlan plan, double share) {
    double phi = phi(seen);
    remember(mine, theirs);
    if (firing != null) {
      payment.skip(mine);
      ChangePoint change = firing.change();
      firing = firing.withAfter(change.n() + mine.n(), change.x() + mine.x());
      return resolution.step(mine, firing.phi()) ? Turn.RESOLVED : Turn.NONE;
    }
    double gamma = plan.injection(share, payment.unit(mine));
    double injection = plan.injection(share, payment.due(mine));
    logs(UP, mine, theirs, phi, logsUp);
    logs(DOWN, mine, theirs, phi, logsDown);
    cap(logsUp, UP_WEIGHTS, gamma);
    cap(logsDown, DOWN_WEIGHTS, gamma);
    double sumUp = up.step(logsUp, injection, mine, 0);
    double sumDown = down.step(logsDown, injection, mine, 0);
    if (sumUp < 1 && sumDown < 1) {
      return Turn.NONE;
    }
    Direction direction = sumUp >= 1 ? Direction.UP : Direction.DOWN;
    EDetector detector = sumUp >= 1 ? up : down;
    double log = StrictMath.log(Math.max(sumUp, sumDown)) - StrictMath.log(gamma);
    ChangePoint change = detector.changePoint(mine.endMs());
    Evidence.Counts before = new Evidence.Counts(theirN, theirX);
    firing = new Evidence(mode(), direction, before, change, phi, log, gamma, share);
    resolution = Resolution.of(firing);
    up.reset();
    down.reset();
    return Turn.FIRED;
  }

  /** Over-dispersion it calculates with. */
  double phi(Dispersion seen) {
    return Math.max(seen.ofRuns(baselinePhi), Dispersion.uncertain(blockPhi));
  }

  private void remember(Slice mine, SignalCounts theirs) {
    myN += mine.n();
    myX += mine.x();
    theirN += theirs.n();
    theirX += theirs.x();
    int known = blocks.size();
    long events = mine.x() + theirs.x();
    if (firing == null && events > 0) {
      blocks.add(events, mine.x(), (double) mine.n() / (mine.n() + theirs.n()));
    }
    if (blocks.size() != known) {
      double rate = (double) (myX + theirX) / (myN + theirN);
      blockPhi = blocks.dispersion(BlockRing.CHANCE) / Math.max(0.5, 1 - rate);
    }
  }

  private static void logs(
      double[] odds, Slice mine, SignalCounts theirs, double phi, double[] out) {
    long events = mine.x() + theirs.x();
    long least = Math.max(0, events - theirs.n());
    long most = Math.min(events, mine.n());
    for (int k = 0; k < odds.length; k++) {
      double log =
          (mine.x() - least) * StrictMath.log(odds[k])
              - logExpectation(odds[k], mine.n(), theirs.n(), events, least, most);
      out[k] = log / phi;
    }
  }

  /** No window raises an alarm alone: it takes two at the least. */
  private static void cap(double[] logs, double[] weights, double gamma) {
    for (int k = 0; k < logs.length; k++) {
      logs[k] = Math.min(logs[k], -StrictMath.log(gamma * weights[k]) / 2);
    }
  }

  /** ln E[psi^(X - least)] of the hypergeometric number of events that are mine. */
  private static double logExpectation(
      double psi, long n, long others, long events, long least, long most) {
    double weight = 1;
    double power = 1;
    double weights = 1;
    double sum = 1;
    double scale = 0;
    for (long x = least; x < most; x++) {
      weight *= (double) (events - x) * (n - x) / ((double) (x + 1) * (others - events + x + 1));
      power *= psi;
      weights += weight;
      sum += weight * power;
      if (weight > LARGE || sum > LARGE || weights > LARGE) {
        weight /= LARGE;
        weights /= LARGE;
        sum /= LARGE;
      }
      if (power > LARGE) {
        power /= LARGE;
        sum /= LARGE;
        scale += StrictMath.log(LARGE);
      } else if (power < 1 / LARGE) {
        power *= LARGE;
        sum *= LARGE;
        scale -= StrictMath.log(LARGE);
      }
    }
    return StrictMath.log(sum / weights) + scale;
  }

  /** Name of an alternative for people. */
  static String label(Direction direction, int alternative) {
    return "odds x" + (direction == Direction.UP ? UP : DOWN)[alternative];
  }

  @Override
  public void write(StateWriter out) {
    out.real(baselinePhi);
    up.write(out);
    down.write(out);
    payment.write(out);
    out.whole(myN).whole(myX).whole(theirN).whole(theirX).real(blockPhi);
    blocks.write(out);
    Evidence.write(out, firing, resolution);
  }

  static CanaryDetector read(StateReader in) {
    CanaryDetector canary = new CanaryDetector(in.real());
    canary.up = EDetector.read(canary.up.weights(), in);
    canary.down = EDetector.read(canary.down.weights(), in);
    canary.payment.read(in);
    canary.myN = in.whole();
    canary.myX = in.whole();
    canary.theirN = in.whole();
    canary.theirX = in.whole();
    canary.blockPhi = in.real();
    canary.blocks = BlockRing.read(in);
    canary.firing = Evidence.readOptional(DetectionMode.CANARY, in);
    canary.resolution = canary.firing == null ? null : Resolution.read(in);
    return canary;
  }
}
