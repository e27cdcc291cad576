package dev.tidemark.core.detect;

import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.List;

/**
 * What the product's detector watches, and whether a shift between two versions can be found with
 * the windows there are: the evidence of its own likelihoods over all data of the new version.
 *
 * @param findable whether the evidence reaches the threshold
 * @param evidence nats
 * @param neededCalls trials of the new version that would do; {@link Findability#NEVER} when none
 */
public record Feasibility(boolean findable, double evidence, long neededCalls) {
  /** Whether a signal of a kind of subject is watched at all. */
  public static boolean watches(SubjectKind kind, Signal signal) {
    return Watched.of(kind).containsKey(signal);
  }

  /**
   * The verdict on a shift.
   *
   * @param item within a family of signals; null for what is none
   */
  public static Feasibility of(
      List<WindowRecord> before,
      List<WindowRecord> after,
      SubjectKind kind,
      Signal signal,
      String item,
      int partitions) {
    double threshold = DetectorSettings.defaults(partitions).budget().frozenThreshold(kind, signal);
    Findability found = Findability.of(before, after, signal, item == null ? "" : item, threshold);
    return new Feasibility(found.findable(), found.evidence(), found.neededCalls());
  }
}
