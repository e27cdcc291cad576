package dev.tidemark.core.detect;

import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.List;

/** What the product's detector watches, and what it could find with the windows there are. */
public final class Feasibility {
  private Feasibility() {}

  /** Whether a signal of a kind of subject is watched at all. */
  public static boolean watches(SubjectKind kind, Signal signal) {
    return SignalCounts.watched(kind).contains(signal);
  }

  /** The verdict of the product on a shift from one version to another. */
  public static Findability of(
      List<WindowRecord> before,
      List<WindowRecord> after,
      SubjectKind kind,
      Signal signal,
      int partitions) {
    double threshold = DetectorSettings.defaults(partitions).budget().frozenThreshold(kind);
    return Findability.of(before, after, signal, threshold);
  }
}
