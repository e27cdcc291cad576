package dev.tidemark.ingest.dialect;

import static dev.tidemark.ingest.dialect.Told.meaning;
import static dev.tidemark.ingest.dialect.Told.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dialects no real client of which was recorded: spans made by hand after what is published. */
class HandMadeDialectsTest {
  private static AgentSpan only(Told told) {
    return meaning(told).spans().get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "chat, LLM", "generate_content, LLM", "text_completion, LLM", "embeddings, LLM",
    "execute_tool, TOOL", "invoke_agent, RUN", "invoke_workflow, RUN", "retrieval, RETRIEVAL",
    "search_memory, RETRIEVAL", "upsert_memory, TOOL", "delete_memory, TOOL", "plan, STEP",
    "create_agent, STEP", "fetch_response, STEP", "create_memory_store, STEP", "of_next_year, STEP"
  })
  void shouldKnowEveryOperationOfTheConventions(String operation, SpanKind kind) {
    assertThat(only(span(1, "gen_ai.operation.name", operation)).getKind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"gen_ai.provider.name", "gen_ai.system"})
  void shouldReadTheConventionsUnderTheirNewAndOldNames(String provider) {
    AgentSpan span =
        only(
            span(1, "gen_ai.operation.name", "chat", provider, "openai")
                .with("gen_ai.request.model", "gpt-x", "gen_ai.response.model", "gpt-x-2026")
                .with("gen_ai.usage.input_tokens", 100L, "gen_ai.usage.output_tokens", 20L)
                .with("gen_ai.usage.cache_read.input_tokens", 60L)
                .with("gen_ai.usage.cache_creation.input_tokens", 5L)
                .with("gen_ai.usage.reasoning.output_tokens", 7L)
                .with("gen_ai.prompt.version", "12", "gen_ai.conversation.id", "c-1")
                .with("openai.response.system_fingerprint", "fp_1"));

    assertThat(span.getModelProvider()).isEqualTo("openai");
    assertThat(span.getModelName()).isEqualTo("gpt-x-2026");
    assertThat(span.getModelBackend()).isEqualTo("fp_1");
    assertThat(List.of(span.getInputTokens(), span.getOutputTokens())).containsExactly(100L, 20L);
    assertThat(List.of(span.getCacheReadTokens(), span.getCacheWriteTokens()))
        .containsExactly(60L, 5L);
    assertThat(span.getReasoningTokens()).isEqualTo(7);
    assertThat(span.getPromptVersion()).isEqualTo("12");
    assertThat(span.getConversationId()).isEqualTo("c-1");
    assertThat(span.getDialect()).isEqualTo("otel-genai");
  }

  @Test
  void shouldHashArgumentsByTheirMeaningAndVersionAToolByItsDefinition() {
    Told told =
        span(1, "gen_ai.operation.name", "execute_tool", "gen_ai.tool.name", "search")
            .with("gen_ai.tool.description", "finds things");
    AgentSpan text = only(told.with("gen_ai.tool.call.arguments", "{\"b\":1.0, \"a\":\"x\"}"));
    AgentSpan map = only(told.with("gen_ai.tool.call.arguments", Map.of("a", "x", "b", 1L)));
    AgentSpan other = only(told.with("gen_ai.tool.description", "finds other things"));

    assertThat(text.getArgumentsHash()).isNotNull().isEqualTo(map.getArgumentsHash());
    assertThat(text.getArgumentsBytes()).isEqualTo(18);
    assertThat(text.getToolVersion()).startsWith("def-").isEqualTo(map.getToolVersion());
    assertThat(other.getToolVersion()).startsWith("def-").isNotEqualTo(map.getToolVersion());
    assertThat(only(told.with("gen_ai.tool.version", "3.1")).getToolVersion()).isEqualTo("3.1");
  }

  /** What @ai-sdk/otel sends are the conventions; the agent is the function. */
  @Test
  void shouldUnderstandTheNewTelemetryOfTheVercelAiSdkMadeByHand() {
    AgentSpan span =
        only(
            span(1, "gen_ai.operation.name", "invoke_agent", "gen_ai.agent.name", "travel")
                .with("ai.settings.context.conversationId", "conv-42")
                .with("ai.operationId", "ai.generateText"));

    assertThat(span.getKind()).isEqualTo(SpanKind.RUN);
    assertThat(span.getAgentName()).isEqualTo("travel");
    assertThat(span.getConversationId()).isEqualTo("conv-42");
  }

  @Test
  void shouldUnderstandLangSmithMadeByHand() {
    AgentSpan tool =
        only(
            span(1, "langsmith.span.kind", "tool", "langsmith.trace.session_id", "a project")
                .with("langsmith.metadata.thread_id", "t-7", "langsmith.trace.name", "helper")
                .with("langsmith.metadata.revision_id", "r9")
                .with("langsmith.span.tags", "x, retry:attempt:2")
                .inside(0)
                .named("search"));

    assertThat(tool.getKind()).isEqualTo(SpanKind.TOOL);
    assertThat(tool.getToolName()).isEqualTo("search");
    assertThat(tool.getConversationId()).isEqualTo("t-7");
    assertThat(tool.getAgentName()).isEqualTo("helper");
    assertThat(tool.getAgentVersion()).isEqualTo("r9");
    assertThat(tool.getAttempt()).isEqualTo(2);
    assertThat(only(span(1, "langsmith.span.kind", "chain")).getKind()).isEqualTo(SpanKind.RUN);
    assertThat(only(span(1, "langsmith.span.kind", "chain").inside(0)).getKind())
        .isEqualTo(SpanKind.STEP);
  }

  @Test
  void shouldUnderstandPydanticAiMadeByHand() {
    Told tool =
        span(1, "gen_ai.operation.name", "execute_tool", "gen_ai.tool.name", "pay")
            .scope("pydantic-ai");
    AgentSpan waits =
        only(tool.with("pydantic_ai.tool.deferral.name", "ApprovalRequired", "agent_name", "a"));
    AgentSpan malformed =
        only(
            span(1, "gen_ai.operation.name", "execute_tool", "gen_ai.tool.name", "pay")
                .with("pydantic_ai.tool.failure_stage", "validation"));
    AgentSpan model =
        only(
            span(1, "gen_ai.operation.name", "chat", "gen_ai.agent.call.id", "run-1")
                .with("operation.cost", 0.000123));
    AgentSpan pending =
        only(span(1, "gen_ai.operation.name", "chat", "logfire.span_type", "pending_span"));

    assertThat(waits.getOutcome()).isEqualTo(Outcome.AWAITING_HUMAN);
    assertThat(waits.getAgentName()).isEqualTo("a");
    assertThat(malformed.getOutcome()).isEqualTo(Outcome.TOOL_ERROR);
    assertThat(malformed.getErrorType()).isEqualTo("validation");
    assertThat(model.getRunId()).isEqualTo("run-1");
    assertThat(model.getCostMicros()).isEqualTo(123);
    assertThat(pending.getKind()).isEqualTo(SpanKind.STEP);
  }

  @Test
  void shouldUnderstandOpenInferenceHandoffsAndRetrieversMadeByHand() {
    AgentSpan handoff =
        only(span(1, "openinference.span.kind", "TOOL", "tool.name", "handoff_to_billing"));
    AgentSpan retriever =
        only(span(1, "openinference.span.kind", "RETRIEVER", "input.value", "q").named("docs"));
    AgentSpan priced =
        only(
            span(1, "openinference.span.kind", "LLM", "llm.model_name", "m", "llm.cost.total", 0.5)
                .with("llm.prompt_template.version", "v2"));

    assertThat(handoff.getKind()).isEqualTo(SpanKind.HANDOFF);
    assertThat(handoff.getHandoffTo()).isEqualTo("billing");
    assertThat(retriever.getToolName()).isEqualTo("docs");
    assertThat(priced.getCostMicros()).isEqualTo(500_000);
    assertThat(priced.getPromptVersion()).isEqualTo("v2");
    assertThat(only(span(1, "openinference.span.kind", "TOOL").named("mcp_tools")).getKind())
        .isEqualTo(SpanKind.STEP);
  }

  @Test
  void shouldUnderstandTraceloopGuardrailsAndHandoffsMadeByHand() {
    AgentSpan guard =
        only(
            span(1, "gen_ai.guardrail.name", "pii", "traceloop.entity.name", "g")
                .with("gen_ai.guardrail.status", "failed"));
    AgentSpan handoff =
        only(
            span(1, "traceloop.span.kind", "handoff", "gen_ai.handoff.from_agent", "a")
                .with("gen_ai.handoff.to_agent", "b"));

    assertThat(guard.getKind()).isEqualTo(SpanKind.GUARDRAIL);
    assertThat(guard.getVerdict()).isEqualTo(Verdict.DENY);
    assertThat(guard.getPolicyRule()).isEqualTo("pii");
    assertThat(handoff.getHandoffFrom()).isEqualTo("a");
    assertThat(handoff.getHandoffTo()).isEqualTo("b");
  }

  @Test
  void shouldUnderstandLangfuseMadeByHand() {
    AgentSpan span =
        only(
            span(1, "langfuse.observation.type", "generation", "langfuse.session.id", "s")
                .with("langfuse.observation.model.name", "m", "langfuse.release", "2.1")
                .with("langfuse.observation.usage_details", "{\"input\":9,\"output\":3}")
                .with("langfuse.observation.cost_details", "{\"total\":0.25}"));

    assertThat(span.getKind()).isEqualTo(SpanKind.LLM);
    assertThat(span.getModelName()).isEqualTo("m");
    assertThat(span.getInputTokens()).isEqualTo(9);
    assertThat(span.getCostMicros()).isEqualTo(250_000);
    assertThat(span.getConversationId()).isEqualTo("s");
    assertThat(span.getAgentVersion()).isEqualTo("2.1");
  }

  @Test
  void shouldReadWhatVendorsAddMadeByHand() {
    AgentSpan micro =
        only(
            span(1, "gen_ai.operation.name", "execute_tool", "gen_ai.tool.name", "pay")
                .with("agent.tool.attempt", 3L));
    AgentSpan blocked =
        only(
            span(1, "gen_ai.operation.name", "execute_tool", "gen_ai.tool.name", "pay")
                .with("agent.tool.attempt", 1L, "agent.guardrail.block", true)
                .failed("blocked"));
    AgentSpan hermes =
        only(
            span(1, "hermes.approval.choice", "deny", "hermes.approval.granted", false)
                .with("hermes.approval.duration_ms", 4_000L));
    AgentSpan phoenix = only(span(1, "pxi.approval.decision", "approve"));
    AgentSpan openlit =
        only(
            span(1, "gen_ai.operation.name", "chat", "gen_ai.usage.cost", "0.5")
                .with("openlit.agent.version_hash", "abc", "gen_ai.usage.cost.currency", "EUR"));

    assertThat(micro.getAttempt()).isEqualTo(3);
    assertThat(blocked.getOutcome()).isEqualTo(Outcome.DENIED);
    assertThat(blocked.getAttempt()).isNull();
    assertThat(hermes.getKind()).isEqualTo(SpanKind.HUMAN);
    assertThat(hermes.getHumanDecision()).isEqualTo(HumanDecision.REJECTED);
    assertThat(hermes.getDecisionDecidedMs() - hermes.getDecisionRequestedMs()).isEqualTo(4_000);
    assertThat(phoenix.getHumanDecision()).isEqualTo(HumanDecision.APPROVED);
    assertThat(openlit.getAgentVersion()).isEqualTo("abc");
    assertThat(openlit.getCostMicros()).isEqualTo(500_000);
    assertThat(openlit.getCostCurrency()).isEqualTo("EUR");
  }
}
