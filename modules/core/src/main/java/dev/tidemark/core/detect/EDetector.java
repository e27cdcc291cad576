package dev.tidemark.core.detect;

/**
 * Shiryaev-Roberts mixture on likelihood ratios with an injected budget, and its companion CUSUM.
 *
 * <p>Each window: R_k becomes L_k (R_k + injection w_k); an alarm when the sum reaches one. If the
 * expectation of every L_k given the past is at most one while nothing changes, the expected number
 * of alarms by any time is at most the sum of the injections, whatever other series do
 * (e-detectors: Shin, Ramdas, Rinaldo 2024; the proof by a supermartingale is in DETECTION notes
 * 3.2).
 */
final class EDetector {
  private static final double CERTAIN = 3;

  /** Evidence that was not told, because too little has moved, counts for no more than this. */
  private static final double MOST = 10;

  private final double[] weights;
  private final double[] r;
  private final double[] c;
  private final long[] timeMs;
  private final long[] lowMs;
  private final long[] highMs;
  private final boolean[] told;
  private final long[] n;
  private final long[] x;
  private final double[] expected;
  private final Histogram[] since;

  EDetector(double[] weights) {
    this(weights, null);
  }

  /**
   * @param like a histogram of the quantity that is watched; null for a rate
   */
  EDetector(double[] weights, Histogram like) {
    int alternatives = weights.length;
    this.weights = weights;
    r = new double[alternatives];
    c = new double[alternatives];
    timeMs = new long[alternatives];
    lowMs = new long[alternatives];
    highMs = new long[alternatives];
    told = new boolean[alternatives];
    n = new long[alternatives];
    x = new long[alternatives];
    expected = new double[alternatives];
    since = like == null ? null : new Histogram[alternatives];
    for (int k = 0; since != null && k < alternatives; k++) {
      since[k] = like.copy();
      since[k].clear();
    }
  }

  /** Values since the change that an alternative tells. */
  Histogram since(int alternative) {
    return since[alternative];
  }

  double[] weights() {
    return weights;
  }

  /**
   * Takes a window.
   *
   * @param logRatios ln L_k, already capped
   * @param injection budget injected before the window, shared by the alternatives by weight
   * @param events that were to be expected in the window
   * @return the sum: from 1 on an alarm is due
   */
  double step(double[] logRatios, double injection, Slice slice, double events) {
    double sum = 0;
    for (int k = 0; k < r.length; k++) {
      r[k] = Math.min(MOST, Exp.of(logRatios[k]) * (r[k] + injection * weights[k]));
      sum += r[k];
      follow(k, logRatios[k], slice, events);
    }
    return sum;
  }

  private void follow(int k, double logRatio, Slice slice, double events) {
    double next = Math.max(0, c[k] + logRatio);
    if (next == 0) {
      highMs[k] = 0;
      n[k] = 0;
      x[k] = 0;
      expected[k] = 0;
      if (c[k] > 0 && since != null) {
        since[k].clear();
      }
    } else {
      if (c[k] == 0) {
        timeMs[k] = slice.startMs();
        lowMs[k] = slice.previousEndMs();
      }
      if (highMs[k] == 0 && next >= CERTAIN) {
        highMs[k] = slice.endMs();
      }
      n[k] += slice.n();
      x[k] += slice.x();
      expected[k] += events;
      if (since != null) {
        since[k].add(slice.values());
      }
    }
    c[k] = next;
  }

  /** Trials since the change that an alternative tells. */
  long n(int alternative) {
    return n[alternative];
  }

  /** Events since that change. */
  long x(int alternative) {
    return x[alternative];
  }

  /** Events that were to be expected since that change, as it was believed window by window. */
  double expected(int alternative) {
    return expected[alternative];
  }

  /** The evidence of an alternative if it may be told; one that may not does not lead. */
  double tell(int alternative, boolean may) {
    told[alternative] = may;
    return may ? r[alternative] : 0;
  }

  /**
   * The change that the leading alternative tells, as of the window that ended at {@code endMs}.
   */
  ChangePoint changePoint(long endMs) {
    int lead = 0;
    for (int k = 1; k < r.length; k++) {
      boolean better = told[k] != told[lead] ? told[k] : r[k] > r[lead];
      if (better) {
        lead = k;
      }
    }
    long high = highMs[lead] == 0 ? endMs : highMs[lead];
    return new ChangePoint(timeMs[lead], lowMs[lead], high, n[lead], x[lead], lead);
  }

  void reset() {
    for (int k = 0; k < r.length; k++) {
      r[k] = 0;
      c[k] = 0;
      highMs[k] = 0;
      n[k] = 0;
      x[k] = 0;
      expected[k] = 0;
      if (since != null) {
        since[k].clear();
      }
    }
  }

  void write(StateWriter out) {
    for (int k = 0; k < r.length; k++) {
      out.real(r[k]).flag(c[k] > 0);
      if (c[k] > 0) {
        out.real(c[k]).whole(timeMs[k]).whole(timeMs[k] - lowMs[k]);
        out.whole(highMs[k] == 0 ? 0 : highMs[k] - timeMs[k]).whole(n[k]).whole(x[k]);
        out.real(expected[k]);
        if (since != null) {
          since[k].write(out);
        }
      }
    }
  }

  static EDetector read(double[] weights, StateReader in) {
    return read(new EDetector(weights), in);
  }

  /** Fills a fresh detector. */
  static EDetector read(EDetector d, StateReader in) {
    for (int k = 0; k < d.weights.length; k++) {
      d.r[k] = in.real();
      if (in.flag()) {
        d.c[k] = in.real();
        d.timeMs[k] = in.whole();
        d.lowMs[k] = d.timeMs[k] - in.whole();
        long high = in.whole();
        d.highMs[k] = high == 0 ? 0 : d.timeMs[k] + high;
        d.n[k] = in.whole();
        d.x[k] = in.whole();
        d.expected[k] = in.real();
        if (d.since != null) {
          d.since[k] = Histogram.read(in);
        }
      }
    }
    return d;
  }
}
