package dev.tidemark.query;

import dev.tidemark.core.window.Counter;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertStatus;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.ChangeKind;
import dev.tidemark.records.ChangeSource;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Exemplar;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.RateEvidence;
import dev.tidemark.records.RunClose;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Severity;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.List;
import java.util.Map;

/** Small records for tests. */
public final class Records {
  public static final long WINDOW_MS = 15_000;

  /** A round time: 2026-11-22T09:00:00Z. */
  public static final long T0 = 1_795_338_000_000L;

  private Records() {}

  public static SeriesKey tool(String name, String agentVersion, String toolVersion) {
    return new SeriesKey(
        "default", "prod", SubjectKind.TOOL, name, "airline", agentVersion, toolVersion, "");
  }

  public static SeriesKey fleet() {
    return new SeriesKey("default", "prod", SubjectKind.FLEET, "*", "", "", "", "");
  }

  public static WindowRecord window(SeriesKey series, long startMs, int attempts, int retries) {
    var totals = new WindowTotals();
    totals.add(Counter.ATTEMPTS, attempts);
    totals.add(Counter.OPERATIONS, attempts - retries);
    totals.add(Counter.RETRIES, retries);
    totals.add(Counter.ERRORS, retries);
    totals.add(Counter.OK, attempts - retries);
    for (int i = 0; i < attempts; i++) {
      totals.addLatency(80_000L + 9_000L * i, 1);
    }
    totals.addCompleteness(attempts, 0, 0);
    return totals.toRecord(Series.of(series), startMs, startMs + WINDOW_MS);
  }

  public static WindowRecord fleetWindow(long startMs, int runs, int recovered, int denied) {
    var totals = new WindowTotals();
    totals.add(Counter.ATTEMPTS, runs * 6L);
    totals.add(Counter.DENIED, denied);
    totals.add(Counter.RUNS, runs);
    totals.add(Counter.RUNS_SUCCEEDED, runs - 1L);
    totals.add(Counter.RUNS_FAILED, 1);
    totals.add(Counter.RUNS_RECOVERED, recovered);
    for (int i = 0; i < runs; i++) {
      totals.addCost(4_200, "USD", 1);
    }
    totals.addCompleteness(runs * 14L, 1, 0);
    return totals.toRecord(Series.of(fleet()), startMs, startMs + WINDOW_MS);
  }

  public static ChangeEvent firstSeen(WindowRecord window) {
    SeriesKey key = window.getSeries();
    return ChangeEvent.newBuilder()
        .setChangeId(key.toString())
        .setTenant(key.getTenant())
        .setEnvironment(key.getEnvironment())
        .setKind(ChangeKind.TOOL_VERSION)
        .setName(key.getSubjectName())
        .setVersion(key.getToolVersion())
        .setPreviousVersion(key.getToolVersion().equals("2") ? "1" : null)
        .setAgentName(key.getAgentName())
        .setTimeMs(window.getWindowStartMs())
        .setSource(ChangeSource.FIRST_SEEN)
        .build();
  }

  public static Alert alert(String alertKey, SeriesKey series, AlertStatus status) {
    return Alert.newBuilder()
        .setAlertKey(alertKey)
        .setEpisodeId(alertKey + "-" + T0)
        .setSeq(1)
        .setEventId(alertKey + "-" + T0 + "-1")
        .setStatus(status)
        .setSeverity(Severity.CRITICAL)
        .setSeries(series)
        .setSignal(Signal.RETRY_RATE)
        .setDirection(Direction.UP)
        .setModes(List.of(DetectionMode.CANARY))
        .setBaseline(tool(series.getSubjectName(), "v1", "1"))
        .setTitle(series.getSubjectName() + " retries 4.1x as often")
        .setSummary(
            series.getSubjectName()
                + " 2 retries 3.9 % -> 16.1 % of attempts since 09:24, compared with version 1.")
        .setChangeMs(T0 + 24 * 60_000)
        .setChangeLowMs(T0 + 23 * 60_000)
        .setChangeHighMs(T0 + 25 * 60_000)
        .setStartsAtMs(T0 + 27 * 60_000)
        .setUpdatedAtMs(T0 + 31 * 60_000)
        .setEndsAtMs(status == AlertStatus.RESOLVED ? T0 + 50 * 60_000 : null)
        .setBefore(new RateEvidence(4_210L, 164L, 0.03895, 0.0336, 0.0451, 0.95))
        .setAfter(new RateEvidence(342L, 55L, 0.1608, 0.1257, 0.2034, 0.95))
        .setRatio(4.13)
        .setLogEvidence(19.4)
        .setThreshold(14.2)
        .setGamma(1e-7)
        .setPhi(1.8)
        .setAlternative("x4")
        .setBudgetPerDay(1)
        .setShare(0.002)
        .setDetector("retry-rate/1")
        .setConfigHash("c0ffee12")
        .setLateDropped(0)
        .setExemplars(List.of(new Exemplar("retry", trace(1), span(2), T0 + 25 * 60_000, 1L)))
        .setExemplarsBefore(List.of(new Exemplar("ok", trace(2), "", T0 + 60_000, 2L)))
        .setChanges(
            List.of(firstSeen(window(tool("search_flights", "v2", "2"), T0 + 24 * 60_000, 1, 0))))
        .setFlapCount(0)
        .setLabels(Map.of("team", "travel"))
        .setAnnotations(Map.of())
        .build();
  }

  public static String trace(int n) {
    return String.format("%032x", n);
  }

  public static String span(int n) {
    return String.format("%016x", n);
  }

  public static AgentRun.Builder run(int n) {
    return AgentRun.newBuilder()
        .setTraceId(trace(n))
        .setTenant("default")
        .setEnvironment("prod")
        .setAgentName("airline")
        .setAgentVersion("v2")
        .setToolVersions(Map.of("search_flights", "2", "book_reservation", "1"))
        .setModels(List.of("gpt-4o"))
        .setSourcePartition(0)
        .setSpanOffsets(List.of(10L, 1L, 1L, 1L, 1L, 1L))
        .setEventOffsets(List.of(3L))
        .setStartMs(T0 + n * 1_000L)
        .setEndMs(T0 + n * 1_000L + 12_000)
        .setDurationMs(12_000L)
        .setClosedBy(RunClose.ROOT)
        .setOutcome(Outcome.OK)
        .setSucceeded(true)
        .setSpans(6)
        .setEvents(1)
        .setToolCalls(4)
        .setOperations(3)
        .setModelCalls(2)
        .setCostMicros(4_200)
        .setCostCurrency("USD");
  }

  public static AgentSpan.Builder span(int n, Integer parent, SpanKind kind, String name) {
    return AgentSpan.newBuilder()
        .setTraceId(trace(1))
        .setSpanId(span(n))
        .setParentSpanId(parent == null ? null : span(parent))
        .setTenant("default")
        .setEnvironment("prod")
        .setAgentName("airline")
        .setAgentVersion("v2")
        .setKind(kind)
        .setName(name)
        .setToolName(kind == SpanKind.TOOL ? name : null)
        .setActor(Actor.AGENT)
        .setStartMs(T0 + 1_000L * n)
        .setEndMs(T0 + 1_000L * n + 900)
        .setDurationUs(900_000L)
        .setOutcome(Outcome.OK);
  }
}
