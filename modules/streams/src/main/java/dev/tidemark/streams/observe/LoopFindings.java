package dev.tidemark.streams.observe;

import dev.tidemark.core.detect.AlertKeys;
import dev.tidemark.core.run.LoopKind;
import dev.tidemark.core.run.LoopLimits;
import dev.tidemark.core.run.RunLoop;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.CloseReason;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Exemplar;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.RateEvidence;
import dev.tidemark.records.RunClose;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import java.util.List;
import java.util.Locale;

/** Writes loops of runs as findings. */
final class LoopFindings {
  private static final String DETECTOR = "live-loop/1";
  private static final double LEVEL = 0.95;

  private final long windowMs;
  private final LoopLimits limits;
  private final String configHash;

  LoopFindings(ObserveConfig config) {
    this.windowMs = config.window().toMillis();
    this.limits = config.loops();
    this.configHash = limits.identical() + "-" + limits.ofTwo() + "-" + limits.ofThree();
  }

  /** The run goes on and loops. */
  Finding opens(String traceId, RunLoop loop) {
    return finding(traceId, loop);
  }

  /** The run was summed up. */
  Finding closes(String traceId, RunLoop loop, AgentRun summary) {
    Finding finding = finding(traceId, loop);
    boolean ended = summary.getClosedBy() == RunClose.ROOT;
    finding.setSeq(2);
    finding.setFindingId(finding.getEpisodeId() + "-2");
    finding.setAction(FindingAction.CLOSE);
    finding.setCloseReason(ended ? CloseReason.RESOLVED : CloseReason.EXPIRED);
    window(finding, Math.max(loop.endMs(), summary.getEndMs()));
    return finding;
  }

  private Finding finding(String traceId, RunLoop loop) {
    SeriesKey series = loop.subject().series().toKey();
    String item = traceId + " " + word(loop.kind());
    String alertKey = AlertKeys.of(series, Signal.LIVE_LOOP, Direction.UP, item);
    Finding finding = new Finding();
    window(finding, loop.endMs());
    String episodeId = alertKey + "-" + finding.getWindowEndMs();
    finding.setFindingId(episodeId + "-1");
    finding.setAlertKey(alertKey);
    finding.setEpisodeId(episodeId);
    finding.setSeq(1);
    finding.setAction(FindingAction.OPEN);
    finding.setCloseReason(CloseReason.NONE);
    finding.setSeries(series);
    finding.setSignal(Signal.LIVE_LOOP);
    finding.setDirection(Direction.UP);
    finding.setMode(DetectionMode.LIMIT);
    finding.setChangeMs(loop.startMs());
    finding.setChangeLowMs(loop.startMs());
    finding.setChangeHighMs(loop.startMs());
    finding.setBefore(new RateEvidence(0L, 0L, 0.0, 0.0, 0.0, LEVEL));
    long calls = loop.calls();
    finding.setAfter(new RateEvidence(calls, calls, 1.0, 1.0, 1.0, LEVEL));
    finding.setRatio((calls + 0.5) / (calls + 1) / 0.5);
    finding.setAlternative(word(loop.kind()));
    finding.setDetector(DETECTOR);
    finding.setConfigHash(configHash);
    finding.setExemplars(List.of(new Exemplar("looping", traceId, "", loop.startMs(), 0L)));
    finding.setExemplarsBefore(List.of());
    finding.setChanges(List.of());
    finding.setDimensions(List.of());
    finding.setDoubts(List.of());
    finding.setChildAlertKeys(List.of());
    finding.setLimit(limit(loop.kind()));
    finding.setItem(traceId);
    return finding;
  }

  private void window(Finding finding, long atMs) {
    long startMs = Math.floorDiv(atMs, windowMs) * windowMs;
    finding.setWindowStartMs(startMs);
    finding.setWindowEndMs(startMs + windowMs);
  }

  private static String word(LoopKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String limit(LoopKind kind) {
    int times = limits.of(kind);
    return switch (kind) {
      case IDENTICAL -> times + " identical calls in a run";
      case PERIOD_OF_TWO -> "two calls in turn, " + times + " times, in a run";
      case PERIOD_OF_THREE -> "three calls in turn, " + times + " times, in a run";
    };
  }
}
