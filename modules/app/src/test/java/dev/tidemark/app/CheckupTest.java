package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.Checkup.Check;
import dev.tidemark.app.Checkup.Finding;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.records.SpanKind;
import dev.tidemark.testkit.Spans;
import org.junit.jupiter.api.Test;

/** What a check-up finds in records, and that it finds nothing where nothing is missing. */
class CheckupTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private final Checkup checkup = new Checkup();

  private static AgentSpan span(SpanKind kind) {
    AgentSpan span =
        AgentSpan.newBuilder()
            .setTraceId(TRACE)
            .setSpanId("00f067aa0ba902b7")
            .setEndMs(Spans.T0)
            .setKind(kind)
            .setAgentName("booking")
            .setAgentVersion("1")
            .setDialect("otel-genai")
            .build();
    span.setToolName(kind == SpanKind.TOOL ? "search" : null);
    span.setToolCallId(kind == SpanKind.TOOL ? "call-1" : null);
    return span;
  }

  private static AgentEvent event(EventType type, String label, int count) {
    return AgentEvent.newBuilder()
        .setTraceId(TRACE)
        .setEventId("e")
        .setTimeMs(Spans.T0)
        .setType(type)
        .setAgentName("booking")
        .setLabel(label)
        .setCount(count)
        .build();
  }

  @Test
  void shouldFindNothingWhereEverythingIsTold() {
    checkup.span(span(SpanKind.RUN));
    checkup.span(span(SpanKind.TOOL));
    checkup.event(event(EventType.RETRY, "rate_limit", 1));
    assertThat(checkup.findings()).isEmpty();
    assertThat(checkup.looked()).isEqualTo(3);
  }

  @Test
  void shouldFindWhatClientsDoNotTell() {
    AgentSpan untold = span(SpanKind.TOOL);
    untold.setAgentVersion(null);
    untold.setToolCallId(null);
    AgentSpan request = span(SpanKind.STEP);
    request.setAgentVersion(null);
    checkup.span(untold);
    checkup.span(span(SpanKind.TOOL));
    checkup.span(request);
    assertThat(checkup.findings())
        .containsExactly(
            new Finding(Check.NO_AGENT_VERSION, "booking, otel-genai", 1, 2),
            new Finding(Check.NO_CALL_ID, "search, otel-genai", 1, 2));
  }

  @Test
  void shouldFindWhatIsHiddenAndWhatWasLost() {
    checkup.event(event(EventType.RETRY, "transport", 2));
    checkup.event(event(EventType.CAPTURE_LOSS, "queue_full", 40));
    assertThat(checkup.findings())
        .extracting(Finding::check)
        .containsExactly(Check.HIDDEN_RETRIES, Check.CAPTURE_LOSS);
    assertThat(checkup.findings()).extracting(Finding::count).containsExactly(2L, 40L);
  }
}
