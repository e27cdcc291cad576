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
    SeriesKey key = window.getSeries();
    int hash = (key.getSubjectKind().name() + key.getSubjectName()).hashCode();
    DetectorStates states = partitions.get(Math.floorMod(hash, partitions.size()));
    return detector.observe(window, states).stream()
        .filter(finding -> finding.getAction() == FindingAction.OPEN)
        .toList();
  }
}
