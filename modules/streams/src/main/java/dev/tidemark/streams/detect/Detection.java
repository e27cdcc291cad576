package dev.tidemark.streams.detect;

import dev.tidemark.core.detect.DecisionFate;
import dev.tidemark.core.detect.DetectorStates;
import dev.tidemark.core.detect.DriftDetector;
import dev.tidemark.core.detect.WindowDoor;
import dev.tidemark.core.limit.LimitDetector;
import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.Finding;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What detect does with the records of one partition, without Kafka: the one path of live, replay
 * and {@code rules test}. An instance is stateless; all memory is in the {@link DetectorStates}.
 */
public final class Detection {
  private final DriftDetector drift;
  private final LimitDetector limits;

  public Detection(DetectConfig config) {
    drift = new DriftDetector(config.settings());
    limits = new LimitDetector(config.limits());
  }

  /**
   * Something was rolled out.
   *
   * @param toldMs stamp of its record
   * @return false when it came behind findings that should have named it
   */
  public boolean announce(ChangeEvent change, long toldMs, DetectorStates states) {
    return drift.announce(change, toldMs, states);
  }

  /** Why a window is not to be shown to {@link #observe}; empty when it is. */
  public static Optional<String> refuses(WindowRecord window) {
    return WindowDoor.refuses(window);
  }

  /** A window has closed, or a closed one was revised. */
  public List<Finding> observe(WindowRecord window, DetectorStates states) {
    List<Finding> findings = new ArrayList<>(drift.observe(window, states));
    findings.addAll(limits.observe(window, states));
    return findings;
  }

  /** A human decided something; takes effect behind its time. */
  public DecisionFate decide(AlertDecision decision, DetectorStates states) {
    limits.decide(decision, states);
    return drift.decide(decision, states);
  }

  /** Every window up to a time was told. */
  public List<Finding> tick(long endMs, DetectorStates states) {
    List<Finding> findings = new ArrayList<>(drift.tick(endMs, states));
    findings.addAll(limits.tick(endMs, states));
    return findings;
  }
}
