package dev.tidemark.core.limit;

import dev.tidemark.core.detect.AlertKeys;
import dev.tidemark.records.CloseReason;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.RateEvidence;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Severity;
import dev.tidemark.records.Signal;
import java.util.List;

/** A finding while it is written. It claims no statistics: no interval, no evidence, no budget. */
final class LimitFinding {
  static final String LIMIT = "limit/1";
  static final String SLO = "slo-burn/1";
  private final Finding finding = new Finding();

  LimitFinding(SeriesKey key, Signal signal, Direction direction, String ruleId, String detector) {
    finding.setAlertKey(AlertKeys.of(key, signal, direction, ruleId));
    finding.setSeries(key);
    finding.setSignal(signal);
    finding.setDirection(direction);
    finding.setItem(ruleId);
    finding.setDetector(detector);
    finding.setMode(DetectionMode.LIMIT);
    finding.setPhi(1);
    finding.setExemplarsBefore(List.of());
    finding.setChanges(List.of());
    finding.setDimensions(List.of());
    finding.setDoubts(List.of());
    finding.setChildAlertKeys(List.of());
    finding.setConfigHash("");
  }

  String episodeId(Episode episode) {
    return finding.getAlertKey() + "-" + episode.openedMs();
  }

  LimitFinding of(
      Episode episode, FindingAction action, CloseReason reason, long startMs, long endMs) {
    String episodeId = episodeId(episode);
    finding.setEpisodeId(episodeId);
    finding.setSeq(episode.seq());
    finding.setFindingId(episodeId + "-" + episode.seq());
    finding.setAction(action);
    finding.setCloseReason(reason);
    finding.setWindowStartMs(startMs);
    finding.setWindowEndMs(endMs);
    return this;
  }

  /** The first stretch of time in which the limit was passed. */
  LimitFinding since(long startMs, long endMs) {
    finding.setChangeMs(startMs);
    finding.setChangeLowMs(startMs);
    finding.setChangeHighMs(endMs);
    return this;
  }

  LimitFinding loud(Severity severity) {
    finding.setSeverity(severity);
    return this;
  }

  LimitFinding seen(Reading reading, Frame frame, double value, String words) {
    finding.setAfter(frame.rate());
    finding.setAfterQuantity(frame.quantity(reading, value));
    boolean ends = finding.getAction() == FindingAction.CLOSE;
    finding.setExemplars(ends ? List.of() : frame.exemplars());
    finding.setAlternative(words);
    return this;
  }

  /**
   * What it was held against.
   *
   * @param limit the rate at the limit; 0 for what is no rate
   * @param ratio how many times the limit it is
   */
  LimitFinding against(double limit, double ratio, String words) {
    finding.setBefore(new RateEvidence(0L, 0L, limit, limit, limit, 0.0));
    finding.setRatio(ratio);
    finding.setLimit(words);
    return this;
  }

  /** What a human said, and nothing else. */
  LimitFinding noted(Notes.Note note) {
    finding.setNote(note.text());
    finding.setNotedBy(note.actor());
    return bare("").against(0, 1, "rule " + finding.getItem());
  }

  private LimitFinding bare(String words) {
    finding.setAfter(new RateEvidence(0L, 0L, 0.0, 0.0, 0.0, 0.0));
    finding.setExemplars(List.of());
    finding.setAlternative(words);
    finding.setSeverity(null);
    return this;
  }

  /** What is left to say when the rule is gone. */
  LimitFinding removed() {
    return bare("the rule was removed")
        .against(0, 1, "rule " + finding.getItem() + ", which was removed");
  }

  Finding finding() {
    return finding;
  }
}
