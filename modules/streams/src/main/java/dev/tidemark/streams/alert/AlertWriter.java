package dev.tidemark.streams.alert;

import dev.tidemark.core.detect.AlertKeys;
import dev.tidemark.core.detect.AlertText;
import dev.tidemark.core.detect.Severities;
import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertStatus;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes the next state of an alert from a finding and the state before; no other input. */
final class AlertWriter {
  private AlertWriter() {}

  /**
   * The next state.
   *
   * @param known state before, or null
   * @param labels labels of the deployment
   */
  static Alert write(Finding finding, Alert known, Map<String, String> labels) {
    boolean same = known != null && known.getEpisodeId().equals(finding.getEpisodeId());
    boolean opens = finding.getAction() == FindingAction.OPEN;
    Alert alert = new Alert();
    alert.setAlertKey(finding.getAlertKey());
    alert.setEpisodeId(finding.getEpisodeId());
    alert.setSeq(finding.getSeq());
    alert.setEventId(finding.getFindingId());
    alert.setStatus(status(finding));
    alert.setSeverity(
        Severities.of(finding.getSignal(), finding.getDirection(), finding.getRatio()));
    alert.setSeries(finding.getSeries());
    alert.setSignal(finding.getSignal());
    alert.setDirection(finding.getDirection());
    alert.setModes(modes(finding, same ? known.getModes() : List.of()));
    alert.setBaseline(finding.getBaseline());
    alert.setTitle(AlertText.title(finding));
    alert.setSummary(AlertText.summary(finding));
    alert.setChangeMs(finding.getChangeMs());
    alert.setChangeLowMs(finding.getChangeLowMs());
    alert.setChangeHighMs(finding.getChangeHighMs());
    alert.setStartsAtMs(same ? known.getStartsAtMs() : finding.getWindowEndMs());
    alert.setUpdatedAtMs(finding.getWindowEndMs());
    alert.setEndsAtMs(finding.getAction() == FindingAction.CLOSE ? finding.getWindowEndMs() : null);
    evidence(alert, finding);
    boolean keep = same && !opens && finding.getExemplars().isEmpty();
    alert.setExemplars(keep ? known.getExemplars() : finding.getExemplars());
    alert.setExemplarsBefore(same ? known.getExemplarsBefore() : finding.getExemplarsBefore());
    alert.setChanges(same ? known.getChanges() : finding.getChanges());
    alert.setParentAlertKey(
        AlertKeys.parentOf(finding.getSeries(), finding.getSignal(), finding.getDirection())
            .orElse(null));
    alert.setChildAlertKeys(finding.getChildAlertKeys());
    alert.setFlapCount(flaps(known, same));
    alert.setLabels(labels(finding, labels));
    alert.setAnnotations(Map.of());
    return alert;
  }

  private static void evidence(Alert alert, Finding finding) {
    alert.setBefore(finding.getBefore());
    alert.setAfter(finding.getAfter());
    alert.setRatio(finding.getRatio());
    alert.setLogEvidence(finding.getLogEvidence());
    alert.setThreshold(finding.getThreshold());
    alert.setGamma(finding.getGamma());
    alert.setPhi(finding.getPhi());
    alert.setAlternative(finding.getAlternative());
    alert.setBudgetPerDay(finding.getBudgetPerDay());
    alert.setShare(finding.getShare());
    alert.setDetector(finding.getDetector());
    alert.setConfigHash(finding.getConfigHash());
    alert.setLateDropped(finding.getLateDropped());
    alert.setBeforeQuantity(finding.getBeforeQuantity());
    alert.setAfterQuantity(finding.getAfterQuantity());
    alert.setDimensions(finding.getDimensions());
    alert.setMixShare(finding.getMixShare());
    alert.setDoubts(finding.getDoubts());
    alert.setLimit(finding.getLimit());
    alert.setItem(finding.getItem());
  }

  private static AlertStatus status(Finding finding) {
    return switch (finding.getAction()) {
      case OPEN -> AlertStatus.FIRING;
      case UPDATE -> AlertStatus.UPDATED;
      case CLOSE -> AlertStatus.valueOf(finding.getCloseReason().name());
      case NOTE, UNKNOWN -> AlertStatus.UNKNOWN;
    };
  }

  /** Every mode that saw the episode, in the order in which they told it. */
  private static List<DetectionMode> modes(Finding finding, List<DetectionMode> known) {
    List<DetectionMode> modes = new ArrayList<>(known);
    if (!modes.contains(finding.getMode())) {
      modes.add(finding.getMode());
    }
    return modes;
  }

  private static int flaps(Alert known, boolean same) {
    if (known == null) {
      return 0;
    }
    return same ? known.getFlapCount() : known.getFlapCount() + 1;
  }

  /** Identity for pagers: nothing that changes while the episode lasts. */
  private static Map<String, String> labels(Finding finding, Map<String, String> labels) {
    SeriesKey series = finding.getSeries();
    Map<String, String> all = new TreeMap<>(labels);
    all.put("alertname", finding.getSignal().name().toLowerCase(Locale.ROOT) + "_drift");
    all.put("direction", finding.getDirection().name().toLowerCase(Locale.ROOT));
    all.put("tenant", series.getTenant());
    all.put("environment", series.getEnvironment());
    all.put("subject_kind", series.getSubjectKind().name().toLowerCase(Locale.ROOT));
    all.put("subject", series.getSubjectName());
    put(all, "agent", series.getAgentName());
    put(all, "agent_version", series.getAgentVersion());
    put(all, "tool_version", series.getToolVersion());
    put(all, "model_backend", series.getModelBackend());
    return all;
  }

  private static void put(Map<String, String> labels, String name, String value) {
    if (!value.isEmpty()) {
      labels.put(name, value);
    }
  }
}
