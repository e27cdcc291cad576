package dev.tidemark.core.detect;

import dev.tidemark.core.detect.SeriesWatch.Told;
import dev.tidemark.core.detect.SignalId.Kind;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.DimensionShare;
import dev.tidemark.records.Exemplar;
import dev.tidemark.records.Finding;
import dev.tidemark.records.RateEvidence;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import java.util.ArrayList;
import java.util.List;

/** Writes verdicts as records. */
final class Findings {
  private static final int MOST_SHARES = 5;

  private Findings() {}

  /** The finding of a verdict. */
  static Finding of(
      SeriesWatch series, Told told, Explanation explanation, DetectorSettings settings) {
    Verdict verdict = told.verdict();
    SignalId id = told.watch().id();
    Evidence evidence = verdict.evidence();
    ChangePoint change = evidence.change();
    boolean self = evidence.mode() == DetectionMode.SELF;
    String alertKey = AlertKeys.of(series.key(), id.signal(), verdict.direction(), id.item());
    String episodeId = alertKey + "-" + verdict.episodeMs();
    List<Exemplar> before =
        self ? series.exemplars().goodBefore(change.timeMs()) : series.baselineExemplars();
    List<ChangeEvent> near = explanation.changes(series.key(), change.highMs());
    Finding finding = new Finding();
    finding.setFindingId(episodeId + "-" + verdict.seq());
    finding.setAlertKey(alertKey);
    finding.setEpisodeId(episodeId);
    finding.setSeq(verdict.seq());
    finding.setAction(verdict.action());
    finding.setCloseReason(verdict.reason());
    finding.setSeries(series.key());
    finding.setSignal(id.signal());
    finding.setItem(id.item().isEmpty() ? null : id.item());
    finding.setDirection(verdict.direction());
    finding.setMode(evidence.mode());
    finding.setBaseline(self ? null : series.baseline());
    finding.setWindowStartMs(verdict.timeMs() - series.windowMs());
    finding.setWindowEndMs(verdict.timeMs());
    finding.setChangeMs(change.timeMs());
    finding.setChangeLowMs(change.lowMs());
    finding.setChangeHighMs(change.highMs());
    finding.setBefore(before(id, evidence));
    finding.setAfter(after(id, evidence));
    if (evidence.values() != null) {
      finding.setBeforeQuantity(
          QuantityTexts.evidence(id.signal(), evidence.values().before(), evidence.phi()));
      finding.setAfterQuantity(
          QuantityTexts.evidence(id.signal(), evidence.values().after(), evidence.phi()));
    }
    finding.setRatio(evidence.ratio());
    finding.setLogEvidence(evidence.log());
    finding.setThreshold(evidence.threshold());
    finding.setGamma(evidence.gamma());
    finding.setAlternative(told.watch().label(evidence));
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
    explain(finding, series, id, evidence, explanation);
    finding.setNote(verdict.note());
    finding.setNotedBy(verdict.notedBy());
    return finding;
  }

  private static void explain(
      Finding finding,
      SeriesWatch series,
      SignalId id,
      Evidence evidence,
      Explanation explanation) {
    Attribution attribution = explanation.attribution(id, evidence);
    List<DimensionShare> shares = new ArrayList<>(attribution.shares());
    SeriesKey then = finding.getBaseline();
    Explanation.version(series.key(), then, evidence)
        .ifPresent(
            version -> {
              if (shares.size() == MOST_SHARES) {
                shares.remove(MOST_SHARES - 1);
              }
              shares.add(version);
            });
    finding.setDimensions(shares);
    finding.setMixShare(attribution.mix());
    finding.setDoubts(explanation.doubts(id.signal(), evidence.change().timeMs()));
    finding.setChildAlertKeys(
        Explanation.children(series.key(), id, evidence.direction(), attribution));
  }

  private static RateEvidence before(SignalId id, Evidence evidence) {
    Evidence.Counts counts = evidence.before();
    return perSlot(id, Intervals.jeffreys(counts.n(), counts.x(), evidence.phi()));
  }

  private static RateEvidence after(SignalId id, Evidence evidence) {
    Evidence.Counts counts = evidence.after();
    return perSlot(id, Intervals.anytime(counts.n(), counts.x(), evidence.phi()));
  }

  /** A volume is told in runs per slot. */
  private static RateEvidence perSlot(SignalId id, RateEvidence rate) {
    if (id.kind() != Kind.VOLUME) {
      return rate;
    }
    double chances = VolumeWatch.CHANCES;
    return new RateEvidence(
        rate.getN() / VolumeWatch.CHANCES,
        rate.getX(),
        rate.getRate() * chances,
        rate.getLow() * chances,
        rate.getHigh() * chances,
        rate.getLevel());
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
      case LOOP_RATE -> "looping";
      default -> "ok";
    };
  }
}
