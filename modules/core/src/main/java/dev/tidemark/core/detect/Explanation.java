package dev.tidemark.core.detect;

import dev.tidemark.core.detect.PartsMemory.Lacks;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.DimensionShare;
import dev.tidemark.records.Direction;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known around a shift: what the series was made of, before and since, what its data lack,
 * and what was rolled out.
 *
 * @param own parts of the series
 * @param previous parts of the version it is compared with; its own when there is none
 * @param changes what was rolled out
 */
record Explanation(PartsMemory own, PartsMemory previous, RecentChanges changes) {
  private static final double MANY = 0.01;

  /** Changes of a subject or its agent up to a time, nearest first. */
  List<ChangeEvent> changes(SeriesKey series, long timeMs) {
    return changes.before(series, timeMs);
  }

  /** Which part carries a shift of a signal. */
  Attribution attribution(SignalId id, Evidence evidence) {
    long changeMs = evidence.change().timeMs();
    boolean self = evidence.mode() == DetectionMode.SELF;
    return new Attribution(
        id.signal(),
        self ? own.until(changeMs) : previous.until(Long.MAX_VALUE),
        own.since(changeMs));
  }

  /** The version that differs when two versions are compared: it carries all of the shift. */
  static Optional<DimensionShare> version(SeriesKey now, SeriesKey then, Evidence evidence) {
    if (then == null || evidence.mode() == DetectionMode.SELF) {
      return Optional.empty();
    }
    String dimension = "agent";
    String value = now.getAgentName() + "@" + now.getAgentVersion();
    if (now.getAgentVersion().equals(then.getAgentVersion())) {
      boolean tool = !now.getToolVersion().equals(then.getToolVersion());
      dimension = tool ? "tool" : "backend";
      value = tool ? now.getSubjectName() + "@" + now.getToolVersion() : now.getModelBackend();
    } else if (now.getAgentName().isEmpty()) {
      value = now.getSubjectName() + "@" + now.getAgentVersion();
    }
    Evidence.Counts before = evidence.before();
    Evidence.Counts after = evidence.after();
    return Optional.of(
        new DimensionShare(dimension, value, 1.0, before.n(), before.x(), after.n(), after.x()));
  }

  /** Alerts of the child series that carry the shift. */
  static List<String> children(
      SeriesKey series, SignalId id, Direction direction, Attribution attribution) {
    return attribution.carriers().stream()
        .map(part -> Parts.series(series, part))
        .flatMap(Optional::stream)
        .map(child -> AlertKeys.of(child, id.signal(), direction, id.item()))
        .toList();
  }

  /**
   * What would have to be true for the shift to be none: what the data since it lack of what the
   * signal counts.
   */
  List<String> doubts(Signal signal, long changeMs) {
    Lacks lacks = own.lacks(changeMs);
    List<String> doubts = new ArrayList<>();
    doubt(
        doubts,
        lacks.late(),
        lacks.counted(),
        "%d of %d records since the change came late (%s): what is slow to arrive may differ");
    if (lacks.captureLost() > 0) {
      doubts.add(
          lacks.captureLost()
              + " records since the change were dropped by agents before they were sent: what they"
              + " told is in no figure");
    }
    switch (signal) {
      case ERROR_RATE, DENIAL_RATE, RETRY_RATE, SILENT_RECOVERY_RATE ->
          doubt(
              doubts,
              lacks.unknownOutcome(),
              lacks.attempts(),
              "%d of %d attempts since the change have no known outcome (%s): they count as no"
                  + " failure");
      case LATENCY ->
          doubt(
              doubts,
              lacks.durationUnknown(),
              lacks.attempts(),
              "%d of %d attempts since the change have no known duration (%s)");
      case INPUT_TOKENS, OUTPUT_TOKENS, COST, RUN_COST -> {
        if (lacks.tokensUnknown() > 0) {
          doubts.add(lacks.tokensUnknown() + " model calls since the change tell no tokens");
        }
      }
      default -> {
        // What else may lack has no part in the others.
      }
    }
    return doubts;
  }

  private static void doubt(List<String> doubts, long some, long all, String sentence) {
    if (all > 0 && (double) some / all >= MANY) {
      String percent = String.format(Locale.ROOT, "%.0f %%", 100.0 * some / all);
      doubts.add(String.format(Locale.ROOT, sentence, some, all, percent));
    }
  }
}
