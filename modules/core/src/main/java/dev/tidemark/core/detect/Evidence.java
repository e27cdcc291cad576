package dev.tidemark.core.detect;

import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;

/**
 * What one detector knows about a shift.
 *
 * @param before baseline counts; of a quantity, values and those above the baseline's median
 * @param change where it changed, and what was seen since
 * @param phi over-dispersion used
 * @param log ln of the evidence per injected budget, nats
 * @param gamma budget injected per decision
 * @param share share of the deployment's budget
 * @param values distributions before and since the change; null for a rate
 */
record Evidence(
    DetectionMode mode,
    Direction direction,
    Counts before,
    ChangePoint change,
    double phi,
    double log,
    double gamma,
    double share,
    Values values) {

  /** Evidence of a rate. */
  Evidence(
      DetectionMode mode,
      Direction direction,
      Counts before,
      ChangePoint change,
      double phi,
      double log,
      double gamma,
      double share) {
    this(mode, direction, before, change, phi, log, gamma, share, null);
  }

  /** Trials and events. */
  record Counts(long n, long x) {
    double halfEventRate() {
      return (x + 0.5) / (n + 1);
    }
  }

  /**
   * A quantity before and since a change.
   *
   * @param before of the baseline
   * @param after since the change
   */
  record Values(Histogram before, Histogram after) {}

  Counts after() {
    return new Counts(change.n(), change.x());
  }

  /** Effect: rate after against before; of a quantity the means. */
  double ratio() {
    return values == null
        ? after().halfEventRate() / before.halfEventRate()
        : (values.after.mean() + 0.5) / (values.before.mean() + 0.5);
  }

  double threshold() {
    return -StrictMath.log(gamma);
  }

  /** The same shift with more data since. */
  Evidence withAfter(long n, long x) {
    double now = Findability.evidence(before, new Counts(n, x), phi, direction);
    return with(n, x, Math.max(log, now), null);
  }

  /** The same shift of a quantity with more values since. */
  Evidence withAfter(long n, long x, double now, Histogram after) {
    return with(n, x, Math.max(log, now), new Values(values.before, after));
  }

  private Evidence with(long n, long x, double evidence, Values seen) {
    ChangePoint longer =
        new ChangePoint(
            change.timeMs(), change.lowMs(), change.highMs(), n, x, change.alternative());
    return new Evidence(mode, direction, before, longer, phi, evidence, gamma, share, seen);
  }

  void write(StateWriter out) {
    out.whole(before.n()).whole(before.x());
    out.whole(change.timeMs()).whole(change.lowMs()).whole(change.highMs());
    out.whole(change.n()).whole(change.x()).whole(change.alternative());
    out.real(phi).real(log).real(gamma).real(share).flag(values != null);
    if (values != null) {
      values.before.write(out);
      values.after.write(out);
    }
  }

  static Evidence read(DetectionMode mode, Direction direction, StateReader in) {
    Counts before = new Counts(in.whole(), in.whole());
    ChangePoint change =
        new ChangePoint(in.whole(), in.whole(), in.whole(), in.whole(), in.whole(), in.count());
    double phi = in.real();
    double log = in.real();
    double gamma = in.real();
    double share = in.real();
    Values values = in.flag() ? new Values(Histogram.read(in), Histogram.read(in)) : null;
    return new Evidence(mode, direction, before, change, phi, log, gamma, share, values);
  }

  /** Writes what fires, if anything, and the recursion that watches for its end. */
  static void write(StateWriter out, Evidence firing, Resolution resolution) {
    out.text(firing == null ? "" : firing.direction().name());
    if (firing != null) {
      firing.write(out);
      resolution.write(out);
    }
  }

  /** Reads what fires; null when nothing does. */
  static Evidence readOptional(DetectionMode mode, StateReader in) {
    String direction = in.text();
    return direction.isEmpty() ? null : read(mode, Direction.valueOf(direction), in);
  }
}
