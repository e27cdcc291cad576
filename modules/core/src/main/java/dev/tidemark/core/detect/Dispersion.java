package dev.tidemark.core.detect;

import dev.tidemark.core.detect.SignalId.Kind;
import dev.tidemark.records.Signal;

/**
 * Over-dispersion phi of a rate: how many calls are worth one. Calls of a run fail together, so phi
 * is the larger of what per-run sums say (runs outlast windows) and what blocks of windows say
 * (behaviour drifts along with the work), with a factor for not knowing it exactly.
 */
final class Dispersion {
  private static final double FACTOR = 1.25;

  /** How fast the factor sets in: a fifteenth of over-dispersion asks for all of it. */
  private static final double ONSET = 5;

  private static final double UNKNOWN_ATTEMPTS = 2;
  private static final double UNKNOWN_RUNS = 1.25;
  private static final long KNOWN_EVENTS = 10;
  private static final long KNOWN_RUNS = 16;
  private static final double UNTOLD_CORRELATION = 0.5;
  private static final double TIMES_CORRELATION = 0.25;
  private static final long KNOWN_VALUES_RUNS = 100;
  private static final int ENOUGH_BLOCKS = 32;

  private final Signal signal;
  private long n;
  private long x;
  private long runs;
  private long nn;
  private long nx;
  private long xx;
  private BlockRing blocks = new BlockRing();
  private double blockPhi;

  Dispersion(Signal signal) {
    this.signal = signal;
  }

  void addClusters(SignalCounts counts) {
    n += counts.n();
    x += counts.x();
    runs += counts.runs();
    nn += counts.nn();
    nx += counts.nx();
    xx += counts.xx();
  }

  void addBlock(long trials, long events, double rate) {
    int before = blocks.size();
    blocks.add(trials, events, rate);
    if (blocks.size() != before) {
      blockPhi =
          blocks.dispersion(
              SignalId.kind(signal) == Kind.QUANTITY ? BlockRing.LARGE_CHANCE : BlockRing.CHANCE);
    }
  }

  /** What is known about runs, without the history of the rate. */
  Dispersion withoutBlocks() {
    Dispersion fresh = new Dispersion(signal);
    fresh.runs = runs;
    return fresh;
  }

  /** Blocks are judged beside another belief from here on. */
  void forgetBlocks() {
    blocks = new BlockRing();
    blockPhi = 0;
  }

  BlockRing blocks() {
    return blocks;
  }

  /** phi as estimated; never below 1, and 1 while nothing is known. */
  double estimate() {
    return SignalId.kind(signal) == Kind.QUANTITY
        ? uncertain(blockPhi)
        : Math.max(1, FACTOR * Math.max(clusterPhi(), blockPhi));
  }

  /** An estimate of phi with the factor for not knowing it; 1 where the data ask for none. */
  static double uncertain(double seen) {
    return Math.max(1, Math.min(FACTOR * seen, 1 + ONSET * (seen - 1)));
  }

  /** phi as the sums by run alone tell it, whatever the hours do; never below 1. */
  double ofRuns() {
    double told = uncertain(clusterPhi());
    return known() ? told : Math.max(floor(), told);
  }

  /** The same while few runs were seen and another version's are known. */
  double ofRuns(double known) {
    return Math.max(known, uncertain(clusterPhi()));
  }

  private boolean known() {
    long fewer = Math.min(x, n - x);
    return runs >= KNOWN_RUNS && fewer >= KNOWN_EVENTS * Math.max(1, clusterPhi());
  }

  /**
   * phi to calculate with. Until events of about ten independent runs were seen, half of the calls
   * of a run are taken to go together: one looping run must not look like a new behaviour.
   */
  double phi() {
    if (SignalId.kind(signal) == Kind.QUANTITY) {
      return phiOfValues();
    }
    return known() ? estimate() : Math.max(floor(), estimate());
  }

  /**
   * Of values nobody tells sums by run: until blocks and a hundred runs tell it, half of the calls
   * of a run are taken to go together, of latencies fewer, and all of its prompts, which grow as it
   * goes.
   */
  private double phiOfValues() {
    double told = estimate();
    if (blocks.size() >= ENOUGH_BLOCKS && runs >= KNOWN_VALUES_RUNS) {
      return told;
    }
    double perRun = n == 0 ? 1 : Math.max(0, (double) nn / n - 1);
    double correlation = correlation();
    double assumed = SignalCounts.countsRuns(signal) ? 1 : 1 + correlation * perRun;
    return Math.max(told, Math.max(UNKNOWN_RUNS, assumed));
  }

  private double correlation() {
    return switch (signal) {
      case LATENCY -> TIMES_CORRELATION;
      case INPUT_TOKENS -> 1;
      default -> UNTOLD_CORRELATION;
    };
  }

  private double floor() {
    return SignalCounts.countsRuns(signal)
        ? UNKNOWN_RUNS
        : Math.max(UNKNOWN_ATTEMPTS, assumedPhi());
  }

  private double assumedPhi() {
    return n == 0 ? 1 : 1 + UNTOLD_CORRELATION * Math.max(0, (double) nn / n - 1);
  }

  /**
   * Variance of the events of a run against independent calls. Where windows do not tell the sums,
   * which are never below the events, half of the calls of a run are taken to go together.
   */
  private double clusterPhi() {
    if (n == 0 || x == 0 || x == n) {
      return 1;
    }
    if (xx < x) {
      return assumedPhi();
    }
    double p = (double) x / n;
    return (xx - 2 * p * nx + p * p * nn) / (p * (1 - p) * n);
  }

  void write(StateWriter out) {
    out.whole(n).whole(x).whole(runs).whole(nn).whole(nx).whole(xx).real(blockPhi);
    blocks.write(out);
  }

  static Dispersion read(Signal signal, StateReader in) {
    Dispersion d = new Dispersion(signal);
    d.n = in.whole();
    d.x = in.whole();
    d.runs = in.whole();
    d.nn = in.whole();
    d.nx = in.whole();
    d.xx = in.whole();
    d.blockPhi = in.real();
    d.blocks = BlockRing.read(in);
    return d;
  }
}
