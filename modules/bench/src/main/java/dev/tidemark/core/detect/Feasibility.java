package dev.tidemark.core.detect;

import dev.tidemark.records.SeriesKey;
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
 * @param margin nats beyond the threshold
 * @param neededCalls trials of the new version that would do; {@link Findability#NEVER} when none
 */
public record Feasibility(boolean findable, double evidence, double margin, long neededCalls) {
  /** Whether a signal of a kind of subject is watched at all. */
  public static boolean watches(SubjectKind kind, Signal signal) {
    return Watched.of(kind).containsKey(signal);
  }

  /**
   * The verdict on a shift.
   *
   * @param before windows of the first version, oldest first
   * @param after windows of the second version, oldest first
   * @param item within a family of signals; null for what is none
   * @param deployment that watched both: its gamma decides
   */
  public static Feasibility of(
      List<WindowRecord> before,
      List<WindowRecord> after,
      Signal signal,
      String item,
      Deployment deployment) {
    String name = item == null ? "" : item;
    SeriesKey series = after.get(after.size() - 1).getSeries();
    SignalId id = new SignalId(signal, name);
    double threshold = deployment.threshold(series, id);
    Findability found =
        Findability.of(before, after, id, deployment.leastPhi(series, id), threshold);
    return new Feasibility(
        found.findable(), found.evidence(), found.evidence() - threshold, found.neededCalls());
  }
}
