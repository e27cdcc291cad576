package dev.tidemark.core.detect;

import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;

/**
 * What one detector knows about a shift.
 *
 * @param before baseline counts
 * @param change where it changed, and what was seen since
 * @param phi over-dispersion used
 * @param log ln of the evidence per injected budget, nats
 * @param gamma budget injected per decision
 * @param share share of the deployment's budget
 */
record Evidence(
    DetectionMode mode,
    Direction direction,
    Counts before,
    ChangePoint change,
    double phi,
    double log,
    double gamma,
    double share) {

  /** Trials and events. */
  record Counts(long n, long x) {
    double halfEventRate() {
      return (x + 0.5) / (n + 1);
    }
  }

  Counts after() {
    return new Counts(change.n(), change.x());
  }

  double ratio() {
    return after().halfEventRate() / before.halfEventRate();
  }

  double threshold() {
    return -StrictMath.log(gamma);
  }

  /** The same shift with more data since. */
  Evidence withAfter(long n, long x) {
    ChangePoint longer =
        new ChangePoint(
            change.timeMs(), change.lowMs(), change.highMs(), n, x, change.alternative());
    double now = Findability.evidence(before, new Counts(n, x), phi, direction);
    return new Evidence(mode, direction, before, longer, phi, Math.max(log, now), gamma, share);
  }

  void write(StateWriter out) {
    out.whole(before.n()).whole(before.x());
    out.whole(change.timeMs()).whole(change.lowMs()).whole(change.highMs());
    out.whole(change.n()).whole(change.x()).whole(change.alternative());
    out.real(phi).real(log).real(gamma).real(share);
  }

  static Evidence read(DetectionMode mode, Direction direction, StateReader in) {
    Counts before = new Counts(in.whole(), in.whole());
    ChangePoint change =
        new ChangePoint(in.whole(), in.whole(), in.whole(), in.whole(), in.whole(), in.count());
    return new Evidence(
        mode, direction, before, change, in.real(), in.real(), in.real(), in.real());
  }
}
