package dev.tidemark.query;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.AlertStatus;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.OpenWindowsView.Progress;
import java.util.List;
import java.util.Random;

/** An hour of a fleet in which search_flights 2 retries more often than 1, for the page. */
public final class DemoFleet {
  static final String HOSTILE = "<img src=x onerror=alert(1)>\u202Etxt";
  static final String ALERT = "7d1e0c9ab4";
  private static final int WINDOWS = 240;
  private final Random random = new Random(7);

  private DemoFleet() {}

  public static InMemoryViews views() {
    return new DemoFleet().fill(new InMemoryViews());
  }

  /** Spans of run 1: a model call, a denied call, two failed attempts and a third that worked. */
  public static FixedSpans spans() {
    var spans =
        List.of(
            span(1, null, SpanKind.RUN, "rebook passenger", 0, 12_000_000L, Outcome.OK).build(),
            span(2, 1, SpanKind.LLM, "gpt-4o", 100, 1_900_000L, Outcome.OK)
                .setModelName("gpt-4o")
                .setInputTokens(1_204L)
                .setOutputTokens(88L)
                .build(),
            failed(3, 2_100, 1_400_000L),
            failed(4, 3_600, 1_500_000L),
            span(5, 1, SpanKind.TOOL, "search_flights", 5_200, 1_100_000L, Outcome.OK)
                .setToolVersion("2")
                .setArgumentsHash("9f2c")
                .build(),
            span(6, 1, SpanKind.TOOL, "send_certificate", 6_500, 40_000L, Outcome.DENIED)
                .setPolicyId("refunds")
                .setPolicyRule("certificate-limit")
                .setVerdict(Verdict.DENY)
                .setEnforced(Verdict.DENY)
                .build(),
            unknownDuration(7, 8_000),
            span(8, 99, SpanKind.STEP, HOSTILE, 9_000, 600_000L, Outcome.OK).build());
    var event =
        AgentEvent.newBuilder()
            .setTraceId(Records.trace(1))
            .setEventId("e1")
            .setSpanId(Records.span(1))
            .setType(EventType.EVALUATION)
            .setTimeMs(Records.T0 + 13_000)
            .setName("task_success")
            .setPassed(true)
            .build();
    return new FixedSpans(spans, List.of(event), null);
  }

  private InMemoryViews fill(InMemoryViews views) {
    for (int i = 0; i < WINDOWS; i++) {
      long start = Records.T0 + i * Records.WINDOW_MS;
      boolean rolledOut = i >= 96;
      views.window(
          calls(Records.tool("search_flights", "v1", "1"), start, rolledOut ? 14 : 28, 0.04));
      if (rolledOut) {
        views.window(calls(Records.tool("search_flights", "v2", "2"), start, 13, 0.16));
      }
      views.window(calls(Records.tool("book_reservation", "v1", "1"), start, 5, 0.02));
      views.window(calls(Records.tool("get_user_details", "v1", "1"), start, 17, 0.004));
      views.window(
          calls(Records.tool("send_certificate", "v1", "unknown"), start, i % 4 == 0 ? 1 : 0, 0.1));
      views.window(Records.fleetWindow(start, 9, rolledOut ? 2 : 1, i % 3));
    }
    long next = Records.T0 + WINDOWS * Records.WINDOW_MS;
    views.openPart(calls(Records.tool("search_flights", "v2", "2"), next, 4, 0.16));
    views.progress(
        new Progress("source", 0, 0, next + 7_000, next + 22_000, Long.MIN_VALUE),
        new Progress("subject", 0, 0, next + 6_500, next + 21_500, next));
    views.window(calls(Records.tool(HOSTILE, "v1", "1"), Records.T0, 3, 0.3));
    views.alert(
        Records.alert(ALERT, Records.tool("search_flights", "v2", "2"), AlertStatus.FIRING));
    views.alert(
        Records.alert(
            "11aa22bb33", Records.tool("book_reservation", "v1", "1"), AlertStatus.RESOLVED));
    for (int n = 1; n <= 120; n++) {
      boolean trouble = n % 7 == 1;
      views.run(
          Records.run(n)
              .setEndMs(Records.T0 + n * 29_000L)
              .setRetries(trouble ? 2 : 0)
              .setToolErrors(trouble ? 2 : 0)
              .setToolDenied(n % 11 == 1 ? 1 : 0)
              .setSilentRecovery(trouble)
              .setOutcome(n % 13 == 0 ? Outcome.ERROR : Outcome.OK)
              .setSucceeded(n % 13 != 0)
              .build());
    }
    return views;
  }

  private WindowRecord calls(SeriesKey series, long start, int attempts, double retryRate) {
    int retries = 0;
    for (int i = 0; i < attempts; i++) {
      retries += random.nextDouble() < retryRate ? 1 : 0;
    }
    return Records.window(series, start, attempts, retries);
  }

  private static AgentSpan failed(int n, int startMs, long durationUs) {
    return span(n, 1, SpanKind.TOOL, "search_flights", startMs, durationUs, Outcome.TOOL_ERROR)
        .setToolVersion("2")
        .setArgumentsHash("9f2c")
        .setErrorType("upstream_timeout")
        .build();
  }

  private static AgentSpan unknownDuration(int n, int endMs) {
    return span(n, 1, SpanKind.TOOL, "book_reservation", endMs, 0, Outcome.OK)
        .setStartMs(null)
        .setEndMs(Records.T0 + 1_000 + endMs)
        .setDurationUs(null)
        .build();
  }

  private static AgentSpan.Builder span(
      int n,
      Integer parent,
      SpanKind kind,
      String name,
      int startMs,
      long durationUs,
      Outcome outcome) {
    long start = Records.T0 + 1_000 + startMs;
    return Records.span(n, parent, kind, name)
        .setStartMs(start)
        .setEndMs(start + durationUs / 1_000)
        .setDurationUs(durationUs)
        .setOutcome(outcome);
  }

  /** Serves the page over this fleet until the process ends: for people who work on the page. */
  public static void main(String[] args) throws InterruptedException {
    InMemoryViews views = args.length > 1 ? new InMemoryViews() : views();
    try (var server =
        QueryServer.builder()
            .port(args.length > 0 ? Integer.parseInt(args[0]) : 8094)
            .views(views)
            .spans(spans())
            .clock(() -> java.time.Instant.ofEpochMilli(Records.T0 + 3_622_000))
            .start()) {
      System.out.println(server.address());
      Thread.currentThread().join();
    }
  }
}
