package dev.tidemark.streams.alert;

import dev.tidemark.core.detect.AlertKeys;
import dev.tidemark.core.detect.AlertText;
import dev.tidemark.core.detect.Severities;
import dev.tidemark.core.limit.LimitText;
import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertStatus;
import dev.tidemark.records.CloseReason;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Severity;
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
    if (finding.getAction() == FindingAction.NOTE) {
      return noted(finding, known);
    }
    boolean same = known != null && known.getEpisodeId().equals(finding.getEpisodeId());
    boolean opens = finding.getAction() == FindingAction.OPEN;
    Alert alert = new Alert();
    alert.setAlertKey(finding.getAlertKey());
    alert.setEpisodeId(finding.getEpisodeId());
    alert.setSeq(finding.getSeq());
    alert.setEventId(finding.getFindingId());
    alert.setStatus(status(finding));
    alert.setSeverity(severity(finding, same ? known : null));
    alert.setSeries(finding.getSeries());
    alert.setSignal(finding.getSignal());
    alert.setDirection(finding.getDirection());
    alert.setModes(modes(finding, same ? known.getModes() : List.of()));
    alert.setBaseline(finding.getBaseline());
    boolean limit = finding.getMode() == DetectionMode.LIMIT;
    alert.setTitle(limit ? LimitText.title(finding) : AlertText.title(finding));
    alert.setSummary(limit ? LimitText.summary(finding) : AlertText.summary(finding));
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
    boolean named = same && !known.getChanges().isEmpty();
    alert.setChanges(named ? known.getChanges() : finding.getChanges());
    alert.setParentAlertKey(parent(finding));
    alert.setChildAlertKeys(finding.getChildAlertKeys());
    alert.setFlapCount(flaps(known, same));
    alert.setLabels(labels(finding, labels));
    alert.setAnnotations(Map.of());
    alert.setNote(same ? known.getNote() : null);
    alert.setNotedBy(same ? known.getNotedBy() : null);
    if (finding.getNote() != null) {
      alert.setNote(finding.getNote());
      alert.setNotedBy(finding.getNotedBy());
    }
    return alert;
  }

  /** What a human said changes nothing else: a note about an ended alert does not open it. */
  private static Alert noted(Finding finding, Alert known) {
    Alert alert = Alert.newBuilder(known).build();
    alert.setSeq(finding.getSeq());
    alert.setEventId(finding.getFindingId());
    alert.setUpdatedAtMs(finding.getWindowEndMs());
    alert.setNote(finding.getNote());
    alert.setNotedBy(finding.getNotedBy());
    return alert;
  }

  /** Who sets a limit says how loud it is; the end of one that was removed is as loud as before. */
  private static Severity severity(Finding finding, Alert same) {
    if (finding.getSeverity() != null) {
      return finding.getSeverity();
    }
    if (finding.getMode() == DetectionMode.LIMIT && same != null) {
      return same.getSeverity();
    }
    return Severities.of(finding.getSignal(), finding.getDirection(), finding.getRatio());
  }

  /** A limit is about one series alone. */
  private static String parent(Finding finding) {
    if (finding.getMode() == DetectionMode.LIMIT) {
      return null;
    }
    String item = finding.getItem() == null ? "" : finding.getItem();
    return AlertKeys.parentOf(
            finding.getSeries(), finding.getSignal(), finding.getDirection(), item)
        .orElse(null);
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
      case CLOSE -> ended(finding.getCloseReason());
      case NOTE, UNKNOWN -> AlertStatus.UNKNOWN;
    };
  }

  private static AlertStatus ended(CloseReason reason) {
    return switch (reason) {
      case RESOLVED -> AlertStatus.RESOLVED;
      case EXPIRED -> AlertStatus.EXPIRED;
      case SUPERSEDED -> AlertStatus.SUPERSEDED;
      case ACCEPTED -> AlertStatus.ACCEPTED;
      case NONE, UNKNOWN -> AlertStatus.UNKNOWN;
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
    String kind = finding.getMode() == DetectionMode.LIMIT ? "_limit" : "_drift";
    all.put("alertname", finding.getSignal().name().toLowerCase(Locale.ROOT) + kind);
    all.put("direction", finding.getDirection().name().toLowerCase(Locale.ROOT));
    all.put("tenant", series.getTenant());
    all.put("environment", series.getEnvironment());
    all.put("subject_kind", series.getSubjectKind().name().toLowerCase(Locale.ROOT));
    all.put("subject", series.getSubjectName());
    put(all, "agent", series.getAgentName());
    put(all, "agent_version", series.getAgentVersion());
    put(all, "tool_version", series.getToolVersion());
    put(all, "model_backend", series.getModelBackend());
    put(all, "item", finding.getItem() == null ? "" : finding.getItem());
    return all;
  }

  private static void put(Map<String, String> labels, String name, String value) {
    if (!value.isEmpty()) {
      labels.put(name, value);
    }
  }
}
