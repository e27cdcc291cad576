package dev.tidemark.core.detect;

import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * The product's detector with its usual settings and all of its state in the heap. It lives in the
 * package of the detector to use its classes. Not thread-safe.
 */
public final class Deployment {
  private final DriftDetector detector;
  private final List<DetectorStates> partitions = new ArrayList<>();

  /**
   * @param partitions of the windows topic
   */
  public Deployment(int partitions) {
    detector = new DriftDetector(DetectorSettings.defaults(partitions));
    for (int i = 0; i < partitions; i++) {
      this.partitions.add(new HeapDetectorStates());
    }
  }

  /** Takes the next window; the episodes it opens. */
  public List<Finding> observe(WindowRecord window) {
    return detector.observe(window, states(window.getSeries())).stream()
        .filter(finding -> finding.getAction() == FindingAction.OPEN)
        .toList();
  }

  /**
   * Threshold in nats that a signal of a series has to pass: what its place among the series and in
   * its family leaves it of the budget; infinite when it never told anything.
   */
  double threshold(SeriesKey key, SignalId id) {
    SeriesWatch series = SeriesWatch.load(key, states(key));
    SignalWatch signal = series == null ? null : series.signal(id);
    return signal == null
        ? Double.POSITIVE_INFINITY
        : signal.threshold(series.purse(DetectorSettings.defaults(partitions.size())));
  }

  /** Over-dispersion that a comparison with the version before calculates with at the least. */
  double leastPhi(SeriesKey key, SignalId id) {
    SeriesWatch series = SeriesWatch.load(key, states(key));
    return series != null && series.signal(id) instanceof RateWatch rate ? rate.leastPhi() : 1;
  }

  private DetectorStates states(SeriesKey key) {
    int hash = (key.getSubjectKind().name() + key.getSubjectName()).hashCode();
    return partitions.get(Math.floorMod(hash, partitions.size()));
  }
}
