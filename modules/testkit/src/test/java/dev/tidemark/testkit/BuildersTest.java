package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import org.junit.jupiter.api.Test;

class BuildersTest {
  @Test
  void shouldMakeIdsThatKeepTheRules() {
    assertThat(Ids.trace("run")).matches("[0-9a-f]{32}").isEqualTo(Ids.trace("run"));
    assertThat(Ids.span("first")).matches("[0-9a-f]{16}").isNotEqualTo(Ids.span("second"));
  }

  @Test
  void shouldLeaveRealIdsAlone() {
    String trace = "0123456789abcdef0123456789abcdef";
    assertThat(Ids.trace(trace)).isEqualTo(trace);
    assertThat(Ids.span("0123456789abcdef")).isEqualTo("0123456789abcdef");
  }

  @Test
  void shouldBeginAWindowAtT0() {
    assertThat(Spans.T0 % 3_600_000).isZero();
  }

  @Test
  void shouldMakeAToolCallThatWentWell() {
    AgentSpan span = Spans.tool("run", "a", "search").build();
    assertThat(span.getTraceId()).isEqualTo(Ids.trace("run"));
    assertThat(span.getKind()).isEqualTo(SpanKind.TOOL);
    assertThat(span.getToolName()).isEqualTo("search");
    assertThat(span.getOutcome()).isEqualTo(Outcome.OK);
    assertThat(span.getEndMs()).isEqualTo(Spans.T0);
  }

  @Test
  void shouldKeepStartEndAndDurationTogether() {
    AgentSpan span = Spans.tool("run", "a", "search").lasting(40L).endMs(Spans.T0 + 9).build();
    assertThat(span.getStartMs()).isEqualTo(Spans.T0 - 31);
    assertThat(span.getDurationUs()).isEqualTo(40_000);
    AgentSpan unknown = Spans.tool("run", "a", "search").lasting(null).build();
    assertThat(unknown.getStartMs()).isNull();
    assertThat(unknown.getDurationUs()).isNull();
  }

  @Test
  void shouldMakeEventsThatDecide() {
    AgentEvent success = Events.taskSuccess("run", "e", false).timeMs(Spans.T0 + 1).build();
    assertThat(success.getName()).isEqualTo("task_success");
    assertThat(success.getPassed()).isFalse();
    AgentEvent decided =
        Events.approvalDecided("run", "e", "d", HumanDecision.REJECTED).span("a").build();
    assertThat(decided.getDecisionId()).isEqualTo("d");
    assertThat(decided.getSpanId()).isEqualTo(Ids.span("a"));
  }
}
