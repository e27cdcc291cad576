package dev.tidemark.core.detect;

import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Exemplar;
import dev.tidemark.records.Finding;
import dev.tidemark.records.Signal;
import dev.tidemark.records.WindowRecord;
import java.util.List;

/** Writes verdicts as records. */
final class Findings {
  private Findings() {}

  /** The finding of a verdict that was reached with a window of the same subject. */
  static Finding of(
      SeriesWatch series,
      WindowRecord window,
      Verdict verdict,
      RecentChanges changes,
      DetectorSettings settings) {
    Evidence evidence = verdict.evidence();
    ChangePoint change = evidence.change();
    boolean frozen = evidence.mode() == DetectionMode.FROZEN;
    String alertKey = AlertKeys.of(series.key(), verdict.signal(), verdict.direction());
    String episodeId = alertKey + "-" + verdict.episodeMs();
    List<Exemplar> before =
        frozen ? series.baselineExemplars() : series.exemplars().goodBefore(change.timeMs());
    List<ChangeEvent> near = changes.before(series.key(), change.highMs());
    Finding finding = new Finding();
    finding.setFindingId(episodeId + "-" + verdict.seq());
    finding.setAlertKey(alertKey);
    finding.setEpisodeId(episodeId);
    finding.setSeq(verdict.seq());
    finding.setAction(verdict.action());
    finding.setCloseReason(verdict.reason());
    finding.setSeries(series.key());
    finding.setSignal(verdict.signal());
    finding.setDirection(verdict.direction());
    finding.setMode(evidence.mode());
    finding.setBaseline(frozen ? series.baseline() : null);
    finding.setWindowStartMs(window.getWindowStartMs());
    finding.setWindowEndMs(window.getWindowEndMs());
    finding.setChangeMs(change.timeMs());
    finding.setChangeLowMs(change.lowMs());
    finding.setChangeHighMs(change.highMs());
    finding.setBefore(
        Intervals.jeffreys(evidence.before().n(), evidence.before().x(), evidence.phi()));
    finding.setAfter(Intervals.anytime(evidence.after().n(), evidence.after().x(), evidence.phi()));
    finding.setRatio(evidence.ratio());
    finding.setLogEvidence(evidence.log());
    finding.setThreshold(evidence.threshold());
    finding.setGamma(evidence.gamma());
    finding.setAlternative(Likelihoods.label(verdict.direction(), change.alternative()));
    finding.setPhi(evidence.phi());
    finding.setCap(evidence.threshold() / 2);
    finding.setBudgetPerDay(settings.budget().perDay());
    finding.setShare(evidence.share());
    finding.setDetector(DetectorSettings.DETECTOR);
    finding.setConfigHash(settings.configHash());
    finding.setLateDropped(series.lateDropped());
    finding.setExemplars(series.exemplars().since(category(verdict), change.timeMs()));
    finding.setExemplarsBefore(before);
    finding.setChanges(near);
    finding.setDimensions(List.of());
    finding.setDoubts(List.of());
    finding.setChildAlertKeys(List.of());
    return finding;
  }

  /** Category of the exemplar runs that show a shift. */
  private static String category(Verdict verdict) {
    Signal signal = verdict.signal();
    boolean improves = Severities.improves(signal, verdict.direction());
    if (signal == Signal.SUCCESS_RATE) {
      return improves ? "successful" : "unsuccessful";
    }
    if (improves) {
      return "ok";
    }
    return switch (signal) {
      case RETRY_RATE -> "retry";
      case IDENTICAL_CALL_RATE -> "identical";
      case ERROR_RATE -> "error";
      case DENIAL_RATE -> "denied";
      case SILENT_RECOVERY_RATE -> "silent_recovery";
      case ABNORMAL_END_RATE -> "abnormal";
      case ESCALATION_RATE -> "escalated";
      default -> "ok";
    };
  }
}
