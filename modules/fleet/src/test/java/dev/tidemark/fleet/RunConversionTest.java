package dev.tidemark.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.CostSource;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How single recorded runs become records: what is recorded is there, what is not stays null. */
class RunConversionTest {
  private static final long START = 1_700_000_000_000L;

  @Test
  void shouldKeepRecordedTimesTokensAndCost() {
    List<TimedRecord> records =
        convert(Selector.of("mswe", "swe-bench", "deepseek-chat@dev"), "mswe-846a4ddc645a");
    AgentSpan model = span(records, 0);
    assertThat(model.getKind()).isEqualTo(SpanKind.LLM);
    assertThat(model.getStartMs()).isEqualTo(START);
    assertThat(model.getEndMs()).isEqualTo(START + 3_263);
    assertThat(model.getDurationUs()).isEqualTo(3_263_000);
    assertThat(model.getInputTokens()).isEqualTo(1_558);
    assertThat(model.getOutputTokens()).isEqualTo(91);
    assertThat(model.getCacheReadTokens()).isZero();
    assertThat(model.getReasoningTokens()).isNull();
    assertThat(model.getCostMicros()).isEqualTo(474);
    assertThat(model.getCostSource()).isEqualTo(CostSource.REPORTED);
    assertThat(model.getModelBackend()).isEqualTo("fp_eaab8d114b_prod0820_fp8_kvcache_new_kvcache");
    AgentSpan tool = span(records, 1);
    assertThat(tool.getToolName()).isEqualTo("bash.find");
    assertThat(tool.getArgumentsHash()).isEqualTo("43b7c3eedae5");
    assertThat(tool.getArgumentsBytes()).isEqualTo(55);
    assertThat(tool.getResultBytes()).isEqualTo(29);
    assertThat(tool.getToolVersion()).isNull();
    assertThat(tool.getConversationId()).isNull();
    assertThat(events(records)).as("mini-swe-agent records no success").isEmpty();
  }

  @Test
  void shouldNotInventTimesOrCost() {
    List<TimedRecord> records =
        convert(
            Selector.of("agentdojo", "banking", "claude-3-5-sonnet-20240620"),
            "agentdojo-a901ec196bab");
    for (TimedRecord record : records) {
      AgentSpan span = record.span();
      if (span != null && span.getKind() != SpanKind.RUN) {
        assertThat(span.getStartMs()).isNull();
        assertThat(span.getDurationUs()).isNull();
        assertThat(span.getCostMicros()).isNull();
        assertThat(span.getCostSource()).isEqualTo(CostSource.UNKNOWN);
        assertThat(span.getInputTokens()).isNull();
      }
    }
    AgentSpan root = records.get(records.size() - 1).span();
    assertThat(root.getDurationUs()).as("the run's own is recorded").isEqualTo(15_909_000);
    assertThat(root.getEndMs()).isEqualTo(START + 15_909);
    assertThat(root.getOutcome()).isEqualTo(Outcome.OK);
    assertThat(root.getErrorType()).isNull();
    assertThat(events(records)).extracting(AgentEvent::getName).containsExactly("task_success");
    assertThat(events(records).get(0).getPassed()).isFalse();
    assertThat(events(records).get(0).getScore()).isNull();
  }

  @Test
  void shouldLeaveAllTimesOfTheRunUnknownWhenNothingIsRecorded() {
    List<TimedRecord> records =
        convert(Selector.of("tau1", "airline", "gpt-4o"), "tau1-f473e5ee49ef");
    AgentSpan root = records.get(records.size() - 1).span();
    assertThat(root.getStartMs()).isNull();
    assertThat(root.getDurationUs()).isNull();
    assertThat(events(records).get(0).getScore()).isNotNull();
  }

  @Test
  void shouldTellDenialsFromErrors() {
    var pair = Selector.of("agentdojo", "banking", "gpt-4o-2024-05-13-transformers_pi_detector");
    AgentSpan denied =
        RecordedRuns.shipped().select(pair).stream()
            .flatMap(run -> RunConversion.of(scheduled(run), START).stream())
            .map(TimedRecord::span)
            .filter(span -> span != null && span.getOutcome() == Outcome.DENIED)
            .findFirst()
            .orElseThrow();
    assertThat(denied.getPolicyRule()).isEqualTo("guard_blocked");
    assertThat(denied.getPolicyId()).isEqualTo("guard");
    assertThat(denied.getVerdict()).isEqualTo(Verdict.DENY);
    assertThat(denied.getErrorType()).isNull();
  }

  @Test
  void shouldTellTheEndsOfRunsApart() {
    assertThat(Ending.outcome("completed")).isEqualTo(Outcome.OK);
    assertThat(Ending.outcome("user_stop")).isEqualTo(Outcome.OK);
    assertThat(Ending.outcome("Submitted")).isEqualTo(Outcome.OK);
    assertThat(Ending.outcome("provider_error")).isEqualTo(Outcome.ERROR);
    assertThat(Ending.outcome("too_many_errors")).isEqualTo(Outcome.ERROR);
    assertThat(Ending.outcome("max_steps")).isEqualTo(Outcome.TIMEOUT);
    assertThat(Ending.outcome("something new")).isEqualTo(Outcome.UNKNOWN);
    assertThat(Ending.outcome(null)).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void shouldSayWhichCallLedToAHandoff() {
    RecordedRun looping =
        RecordedRuns.shipped()
            .select(Selector.of("tau2", "airline", "gpt-oss-120b@langchain"))
            .stream()
            .filter(run -> run.steps().stream().filter(s -> s.is("handoff")).count() > 90)
            .findFirst()
            .orElseThrow();
    List<TimedRecord> records = RunConversion.of(scheduled(looping), START);
    List<AgentEvent> handoffs =
        events(records).stream().filter(e -> e.getType() == EventType.HANDOFF).toList();
    assertThat(handoffs).hasSizeBetween(94, 100).allMatch(e -> e.getHandoffTo().equals("human"));
    assertThat(handoffs).extracting(AgentEvent::getSpanId).doesNotHaveDuplicates();
    assertThat(handoffs).extracting(AgentEvent::getEventId).doesNotHaveDuplicates();
  }

  /** The shipped runs have none; the format does. */
  @Test
  void shouldKeepRetriesOfModelsAndDistrustBrokenClocks() {
    var run =
        new RecordedRun(
            List.of(
                step(0, "start").build(),
                step(1, "llm").status("retried").retries(3).times(10L, 0L, "clock_back").build(),
                step(2, "tool").status("error").err("timeout").times(5L, 7L, "gap").build(),
                step(3, "tool").status("ok").by("user").times(900L, 4L, "implausible").build(),
                step(4, "end").build()));
    List<TimedRecord> records = RunConversion.of(scheduled(run), START);
    AgentEvent retry = events(records).get(0);
    assertThat(retry.getType()).isEqualTo(EventType.RETRY);
    assertThat(retry.getCount()).isEqualTo(3);
    assertThat(retry.getSpanId()).isEqualTo(span(records, 0).getSpanId());
    assertThat(span(records, 0).getDurationUs()).isNull();
    assertThat(span(records, 0).getStartMs()).isNull();
    assertThat(span(records, 0).getEndMs()).isEqualTo(START + 10);
    assertThat(span(records, 1).getOutcome()).isEqualTo(Outcome.TIMEOUT);
    assertThat(span(records, 1).getStartMs()).as("not before the last end").isEqualTo(START + 10);
    assertThat(span(records, 1).getDurationUs()).isEqualTo(7_000);
    assertThat(span(records, 2).getDurationUs()).isNull();
    assertThat(span(records, 2).getActor()).isEqualTo(Actor.USER);
    assertThat(span(records, 3).getOutcome()).isEqualTo(Outcome.UNKNOWN);
  }

  private static StepBuilder step(int seq, String kind) {
    return new StepBuilder(seq, kind);
  }

  private static List<TimedRecord> convert(Selector selector, String runId) {
    return RecordedRuns.shipped().select(selector).stream()
        .filter(run -> run.id().equals(runId))
        .map(run -> RunConversion.of(scheduled(run), START))
        .findFirst()
        .orElseThrow();
  }

  private static ScheduledRun scheduled(RecordedRun run) {
    return new ScheduledRun(run, 0, 0, 0, run.version(), "salt", 0);
  }

  private static AgentSpan span(List<TimedRecord> records, int index) {
    return records.stream().map(TimedRecord::span).filter(Objects::nonNull).toList().get(index);
  }

  private static List<AgentEvent> events(List<TimedRecord> records) {
    return records.stream().map(TimedRecord::event).filter(Objects::nonNull).toList();
  }
}
