package dev.tidemark.app.demo;

import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertStatus;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Exemplar;
import dev.tidemark.records.RateEvidence;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import java.util.List;

/** Alerts and series for tests. */
final class Alerts {
  private Alerts() {}

  static SeriesKey series(SubjectKind kind, String subject, String version) {
    return SeriesKey.newBuilder()
        .setTenant("t")
        .setEnvironment("e")
        .setSubjectKind(kind)
        .setSubjectName(subject)
        .setAgentName(kind == SubjectKind.AGENT ? "" : "bank")
        .setAgentVersion(version)
        .setToolVersion(kind == SubjectKind.TOOL ? "unknown" : "")
        .setModelBackend("")
        .build();
  }

  static Alert tool(String tool, Signal signal, Direction direction) {
    return alert(series(SubjectKind.TOOL, tool, "v2"), signal, direction);
  }

  static Alert alert(SeriesKey series, Signal signal, Direction direction) {
    return Alert.newBuilder()
        .setAlertKey("k")
        .setEpisodeId("k-1")
        .setEventId("k-1-0")
        .setStatus(AlertStatus.FIRING)
        .setSeries(series)
        .setSignal(signal)
        .setDirection(direction)
        .setTitle("title")
        .setSummary("summary")
        .setBefore(rate(124, 0))
        .setAfter(rate(40, 30))
        .setAlternative("rate 0.25")
        .setDetector("d")
        .setConfigHash("h")
        .setExemplars(
            List.of(exemplar("aa"), exemplar("bb"), exemplar("bb"), exemplar("cc"), exemplar("dd")))
        .build();
  }

  /** The same alert about an item of its series. */
  static Alert about(String item, Alert alert) {
    return Alert.newBuilder(alert).setItem(item).build();
  }

  /** The same alert as a limit that was passed. */
  static Alert limit(String limit, Alert alert) {
    return Alert.newBuilder(alert).setLimit(limit).setModes(List.of(DetectionMode.LIMIT)).build();
  }

  private static RateEvidence rate(long n, long x) {
    return RateEvidence.newBuilder()
        .setN(n)
        .setX(x)
        .setRate(n == 0 ? 0 : (double) x / n)
        .setLow(0)
        .setHigh(1)
        .setLevel(0.95)
        .build();
  }

  private static Exemplar exemplar(String traceId) {
    return Exemplar.newBuilder().setCategory("denied").setTraceId(traceId).setTimeMs(1).build();
  }
}
