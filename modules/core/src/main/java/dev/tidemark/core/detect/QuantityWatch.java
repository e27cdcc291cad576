package dev.tidemark.core.detect;

import dev.tidemark.core.detect.Detector.Turn;
import dev.tidemark.records.ClusterSums;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Signal;
import dev.tidemark.records.Sketch;
import dev.tidemark.records.WindowRecord;
import java.util.List;

/** A positive quantity: its dispersion, seen at the middle of its values, and its detectors. */
final class QuantityWatch extends SignalWatch {
  private static final long SPLIT_AFTER = 50;
  private Dispersion dispersion;
  private int splitBin = -1;
  private QuantityDetector self;
  private QuantityDetector frozen;

  QuantityWatch(SignalId id, int member) {
    super(id, member);
    this.dispersion = new Dispersion(id.signal());
    this.self = QuantityDetector.self(id.signal(), Histogram.of(id.signal()));
  }

  @Override
  void compareWith(SignalWatch previous) {
    QuantityWatch other = (QuantityWatch) previous;
    if (other.self.belief().n() > 0) {
      frozen = QuantityDetector.frozen(id().signal(), other.self.belief(), other.dispersion.phi());
    }
  }

  /** Values of a quantity in a window; null when it tells none. */
  static Sketch sketch(WindowRecord window, Signal signal) {
    return switch (signal) {
      case LATENCY -> window.getLatency();
      case COST -> window.getCost();
      case INPUT_TOKENS -> window.getTokensIn();
      case OUTPUT_TOKENS -> window.getTokensOut();
      case STEPS -> window.getSteps();
      case MODEL_STEPS -> window.getModelSteps();
      case RUN_DURATION -> window.getRunDuration();
      case RUN_COST -> window.getRunCost();
      case HUMAN_WAIT -> window.getHumanWait();
      default -> throw new IllegalArgumentException(signal + " is no quantity: a bug");
    };
  }

  @Override
  boolean concernedBy(WindowRecord window) {
    return sketch(window, id().signal()) != null;
  }

  @Override
  void take(
      WindowRecord window, long quietMs, Purse purse, List<Evidence> fired, List<Evidence> ended) {
    Histogram values = Histogram.of(id().signal());
    if (!values.add(sketch(window, id().signal())) || values.n() == 0) {
      return;
    }
    ClusterSums c = window.getClusters();
    boolean runs = SignalCounts.countsRuns(id().signal()) || c == null;
    dispersion.addClusters(
        new SignalCounts(
            values.n(), 0, runs ? values.n() : c.getRuns(), runs ? values.n() : c.getNn(), 0, 0));
    if (splitBin < 0 && self.belief().n() >= SPLIT_AFTER) {
      splitBin = self.belief().medianBin();
    }
    long above = splitBin < 0 ? 0 : values.above(splitBin);
    long end = window.getWindowEndMs();
    Slice slice = new Slice(quietMs, window.getWindowStartMs(), end, values.n(), above, values);
    show(self, slice, purse, fired, ended);
    if (frozen != null) {
      show(frozen, slice, purse, fired, ended);
    }
    learn(slice, fired);
  }

  private void show(
      QuantityDetector detector,
      Slice slice,
      Purse purse,
      List<Evidence> fired,
      List<Evidence> ended) {
    double share = purse.share(this, detector.mode());
    if (share == 0) {
      return;
    }
    boolean alone = detector.mode() == DetectionMode.SELF;
    double phi = alone ? dispersion.phi() : dispersion.estimate();
    Turn turn = detector.observe(slice, phi, purse.plan(), share);
    if (turn == Turn.FIRED) {
      fired.add(detector.firing());
    } else if (turn == Turn.RESOLVED) {
      ended.add(detector.firing());
      detector.stop();
    }
  }

  private void learn(Slice slice, List<Evidence> fired) {
    for (Evidence evidence : fired) {
      if (evidence.mode() == DetectionMode.SELF && splitBin >= 0) {
        Histogram after = evidence.values().after();
        dispersion.blocks().rollBack(after.n() - slice.n(), after.above(splitBin) - slice.x());
      }
    }
    if (self.firing() == null && splitBin >= 0) {
      Histogram known = self.belief();
      double rate = (known.above(splitBin) + 0.5) / (known.n() + 1);
      dispersion.addBlock(slice.n(), slice.x(), rate);
    }
  }

  @Override
  void rebase(Evidence change) {
    dispersion = dispersion.withoutBlocks();
    splitBin = -1;
    self = QuantityDetector.settled(id().signal(), change.values().after().copy());
    frozen = null;
  }

  @Override
  Baseline baseline(Purse purse) {
    long n = self.belief().n();
    double phi = dispersion.phi();
    return new Baseline(n, Findability.missingForDoubling(n, n / 2, phi, threshold(purse)));
  }

  @Override
  String label(Evidence evidence) {
    QuantityDetector detector = evidence.mode() == DetectionMode.SELF ? self : frozen;
    return detector == null
        ? ""
        : detector.label(evidence.direction(), evidence.change().alternative());
  }

  @Override
  List<Detector> detectors() {
    return frozen == null ? List.of(self) : List.of(self, frozen);
  }

  @Override
  void writeDetectors(StateWriter out) {
    dispersion.write(out);
    out.whole(splitBin);
    self.write(out);
    out.flag(frozen != null);
    if (frozen != null) {
      frozen.write(out);
    }
  }

  @Override
  void readDetectors(StateReader in) {
    dispersion = Dispersion.read(id().signal(), in);
    splitBin = in.count();
    self = QuantityDetector.read(id().signal(), in);
    frozen = in.flag() ? QuantityDetector.read(id().signal(), in) : null;
  }
}
