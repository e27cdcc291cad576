package dev.tidemark.ingest.dialect;

import static dev.tidemark.ingest.dialect.Told.meaning;
import static dev.tidemark.ingest.dialect.Told.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.cost.Price;
import dev.tidemark.core.cost.PriceBook;
import dev.tidemark.core.dialect.Normalizer;
import dev.tidemark.core.dialect.NormalizerSettings;
import dev.tidemark.core.window.Counter;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.CostSource;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.SubjectKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What misleads whoever reads telemetry of agents literally. All spans are made by hand. */
class TrapsTest {
  private static Told agent(int number) {
    return span(number, "gen_ai.operation.name", "invoke_agent", "gen_ai.agent.name", "helper")
        .lasting(5_000);
  }

  private static Told chat(int number) {
    return span(number, "gen_ai.operation.name", "chat", "gen_ai.response.model", "m-1");
  }

  private static Told tool(int number) {
    return span(number, "gen_ai.operation.name", "execute_tool", "gen_ai.tool.name", "search");
  }

  private static AgentSpan only(Told told) {
    return meaning(told).spans().get(0);
  }

  @Test
  void shouldNotCountTokensThatParentsRepeat() {
    Object[] sum = {"gen_ai.usage.input_tokens", 300L, "gen_ai.usage.output_tokens", 30L};
    Object[] one = {"gen_ai.usage.input_tokens", 150L, "gen_ai.usage.output_tokens", 15L};

    AgentRun run =
        meaning(
                agent(0).with(sum),
                span(1, "ai.operationId", "ai.generateText").inside(0).with(sum),
                chat(2).inside(1).with(one),
                chat(3).inside(1).with(one))
            .run();

    assertThat(run.getModelCalls()).isEqualTo(2);
    assertThat(run.getInputTokens()).isEqualTo(300);
    assertThat(run.getOutputTokens()).isEqualTo(30);
  }

  /** LangGraph stops a run with an exception; every span it passes through is an ERROR. */
  @Test
  void shouldNotCallAnInterruptThatWaitsForAHumanAnError() {
    String[] roles = {"CHAIN", "CHAIN", "TOOL"};
    Told[] spans = new Told[3];
    for (int i = 0; i < 3; i++) {
      spans[i] = span(i, "openinference.span.kind", roles[i], "tool.name", "pay");
      spans[i].failed("[{\"value\":\"pay?\"}]\n\nGraphInterrupt: [..]\n    at interrupt (x.js:1)");
      spans[i].with("session.id", "thread-1").inside(i - 1);
    }

    Meaning meaning = meaning(spans[0], spans[1], spans[2]);

    assertThat(meaning.spans())
        .extracting(AgentSpan::getOutcome)
        .containsOnly(Outcome.AWAITING_HUMAN);
    assertThat(meaning.run().getToolErrors()).isZero();
    assertThat(meaning.spans()).extracting(AgentSpan::getErrorType).containsOnlyNulls();
  }

  @Test
  void shouldNotCallTheCommandThatHandsOverToAnotherGraphAnError() {
    Told told = span(0, "openinference.span.kind", "CHAIN").raising("ParentCommand", "Command(..)");

    assertThat(only(told).getOutcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void shouldNotCallTheRejectionOfAHumanAnError() {
    Told told =
        span(0, "openinference.span.kind", "TOOL", "tool.name", "pay")
            .failed("no: {\"error\":\"Tool execution for call_7 was manually rejected by user.\"}");

    AgentSpan span = only(told);

    assertThat(span.getOutcome()).isEqualTo(Outcome.REJECTED);
    assertThat(span.getHumanDecision()).isEqualTo(HumanDecision.REJECTED);
    assertThat(span.getToolCallId()).isEqualTo("call_7");
  }

  /** The guardrail trips, and the turn, the agent, the workflow and the run are ERROR for it. */
  @Test
  void shouldCountATrippedGuardrailOnceThoughFourSpansRepeatIt() {
    String text = "Error: {\"error\":\"InputGuardrailTripwireTriggered: refused\"}";
    Meaning meaning =
        meaning(
            span(0, "openinference.span.kind", "AGENT").failed(text),
            span(1, "openinference.span.kind", "CHAIN").inside(0).failed(text),
            span(2, "openinference.span.kind", "AGENT").inside(1).failed(text),
            span(3, "openinference.span.kind", "CHAIN").inside(2).failed(text),
            span(4, "openinference.span.kind", "GUARDRAIL", "tool.name", "no-refunds")
                .with("guardrail.triggered", true)
                .inside(3));

    AgentRun run = meaning.run();

    assertThat(run.getPolicyDenied()).isEqualTo(1);
    assertThat(run.getDeniedByRule()).containsEntry("no-refunds", 1).hasSize(1);
    assertThat(run.getOutcome()).isEqualTo(Outcome.DENIED);
    assertThat(meaning.spans()).extracting(AgentSpan::getOutcome).containsOnly(Outcome.DENIED);
    assertThat(Counted.of(meaning).sum(SubjectKind.POLICY, Counter.POLICY_DENIED)).isEqualTo(1);
  }

  /** The guardrail stands beside the call that it tripped for, which says so but not by whom. */
  @Test
  void shouldCountAGuardrailAndTheCallBesideItThatItDeniedOnce() {
    String text = "Error: {\"error\":\"ToolGuardrailTripwireTriggered: refused\"}";
    Meaning meaning =
        meaning(
            span(0, "openinference.span.kind", "AGENT"),
            span(1, "openinference.span.kind", "GUARDRAIL", "tool.name", "no-refunds")
                .with("guardrail.triggered", true)
                .inside(0),
            span(2, "openinference.span.kind", "TOOL", "tool.name", "refund")
                .inside(0)
                .failed(text));
    Counted counted = Counted.of(meaning);

    assertThat(meaning.run().getDeniedByRule()).isEqualTo(Map.of("no-refunds", 1));
    assertThat(counted.sum(SubjectKind.POLICY, Counter.POLICY_DENIED)).isEqualTo(1);
    assertThat(counted.sum(SubjectKind.POLICY, Counter.ATTEMPTS)).isEqualTo(1);
    assertThat(counted.sum(SubjectKind.TOOL, Counter.DENIED)).isEqualTo(1);
  }

  @Test
  void shouldCountACallSeenByTheAgentAndByItsMcpClientOnce() {
    AgentRun run =
        meaning(
                tool(1).with("gen_ai.tool.call.id", "c1").lasting(90),
                span(1, "mcp.method.name", "tools/call", "gen_ai.tool.name", "search")
                    .inside(1)
                    .renumbered(2),
                span(3, "mcp.method.name", "tools/call", "gen_ai.tool.name", "search")
                    .inside(2)
                    .server())
            .run();

    assertThat(run.getToolCalls()).isEqualTo(1);
    assertThat(run.getRetries()).isZero();
  }

  /** The agent got an answer; that it was an error only the client of the protocol saw. */
  @Test
  void shouldSeeTheFailureThatOnlyTheMcpClientTells() {
    AgentRun run =
        meaning(
                agent(0),
                tool(1).inside(0).lasting(90),
                span(1, "mcp.method.name", "tools/call", "gen_ai.tool.name", "search")
                    .with("error.type", "tool_error")
                    .inside(1)
                    .renumbered(2),
                tool(3).inside(0))
            .run();

    assertThat(run.getToolCalls()).isEqualTo(2);
    assertThat(run.getToolErrors()).isEqualTo(1);
    assertThat(run.getRetries()).isEqualTo(1);
    assertThat(run.getSilentRecovery()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"c1 c1", "c1 c2", "- -", "- c2"})
  void shouldCountARetryWithTheSameCallIdWithAnotherAndWithNone(String ids) {
    String[] id = ids.replace("-", "").split(" ", -1);
    AgentRun run =
        meaning(
                tool(1).with("gen_ai.tool.call.id", id[0]).failed("503"),
                tool(2).with("gen_ai.tool.call.id", id[1]))
            .run();

    assertThat(run.getToolCalls()).isEqualTo(2);
    assertThat(run.getRetries()).isEqualTo(1);
    assertThat(run.getRecoveredOperations()).isEqualTo(1);
  }

  /** Nothing was sent of it, and nothing is made up; its children are orphans, which is told. */
  @Test
  void shouldNotInventAnAttemptWhoseSpanNeverEnded() {
    AgentRun run = meaning(agent(0), chat(1).inside(7), tool(2).inside(0)).run();

    assertThat(run.getToolCalls()).isEqualTo(1);
    assertThat(run.getRetries()).isZero();
    assertThat(run.getOrphans()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"content\":[{\"type\":\"text\",\"text\":\"no\"}],\"isError\":true}",
        "{\"error\":\"upstream 503\"}",
        "{\"status\":\"error\"}",
        "{\"success\": false}",
        "{\"output\":{\"lc\":1,\"kwargs\":{\"status\":\"error\",\"content\":\"no\"}}}",
        "{\"output\":{\"kwargs\":{\"content\":\"{\\\"error\\\":{\\\"code\\\":5}}\"}}}"
      })
  void shouldSeeAToolFailureReturnedAsSuccess(String result) {
    AgentSpan span = only(tool(1).with("gen_ai.tool.call.result", result));

    assertThat(span.getOutcome()).isEqualTo(Outcome.TOOL_ERROR);
    assertThat(span.getErrorType()).isEqualTo("returned_error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":null,\"rows\":[]}",
        "{\"error\":\"\",\"isError\":false}",
        "{\"errors\":0,\"status\":\"ok\"}",
        "an error is a deviation from accuracy",
        "[{\"error\":\"of somebody else\"}]",
        "{\"error\""
      })
  void shouldNotSeeAFailureWhereAResultOnlySpeaksOfErrors(String result) {
    assertThat(only(tool(1).with("gen_ai.tool.call.result", result)).getOutcome())
        .isEqualTo(Outcome.OK);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 60_000})
  void shouldNotBelieveADurationThatNobodyMeasured(long ms) {
    AgentSpan span = only(tool(1).lasting(ms));

    assertThat(span.getDurationUs()).isNull();
    assertThat(span.getStartMs()).isNull();
  }

  @Test
  void shouldNotTakeACostOfZeroForFree() {
    AgentSpan unknown = only(chat(1).with("gen_ai.usage.cost", 0.0));
    AgentSpan reported = only(chat(1).with("gen_ai.usage.cost", 0.0125));

    assertThat(unknown.getCostMicros()).isNull();
    assertThat(unknown.getCostSource()).isEqualTo(CostSource.UNKNOWN);
    assertThat(reported.getCostMicros()).isEqualTo(12_500);
    assertThat(reported.getCostSource()).isEqualTo(CostSource.REPORTED);
  }

  @Test
  void shouldPriceWhatNobodyReportedAndLetAReportWin() {
    Price price =
        new Price("*", "m-1", "USD", 3_000_000, 300_000, 3_000_000, 15_000_000, 15_000_000);
    Normalizer normalizer =
        Normalizer.of(
            NormalizerSettings.standard().withPrices(PriceBook.of("2026-11", List.of(price))));
    Object[] usage = {
      "gen_ai.usage.input_tokens", 1_000L,
      "gen_ai.usage.cache_read.input_tokens", 400L,
      "gen_ai.usage.output_tokens", 10L
    };

    AgentSpan priced = normalizer.normalize(chat(1).with(usage).build()).spans().get(0);
    AgentSpan other =
        normalizer
            .normalize(chat(1).with(usage).with("gen_ai.response.model", "m-2").build())
            .spans()
            .get(0);
    AgentSpan told =
        normalizer
            .normalize(
                chat(1).with(usage).with("llm.cost", 1L).with("gen_ai.usage.cost", 1.0).build())
            .spans()
            .get(0);

    assertThat(priced.getCostMicros()).isEqualTo(600 * 3 + 400 * 3 / 10 + 10 * 15);
    assertThat(priced.getCostSource()).isEqualTo(CostSource.PRICE_BOOK);
    assertThat(priced.getPriceBookVersion()).isEqualTo("2026-11");
    assertThat(other.getCostMicros()).isNull();
    assertThat(told.getCostMicros()).isEqualTo(1_000_000);
    assertThat(told.getPriceBookVersion()).isNull();
  }

  /** Some count cached tokens as input and some beside it. */
  @Test
  void shouldMakeInputIncludeCachedTokensWhateverTheProviderSays() {
    AgentSpan beside =
        only(
            chat(1)
                .with("gen_ai.usage.input_tokens", 10L)
                .with("gen_ai.usage.cache_read_input_tokens", 500L));

    assertThat(beside.getInputTokens()).isEqualTo(510);
    assertThat(beside.getCacheReadTokens()).isEqualTo(500);
  }

  /** A human answered next morning: another trace, the same conversation. */
  @Test
  void shouldJoinARunResumedInANewTraceByItsConversation() {
    Told first = tool(1).with("gen_ai.conversation.id", "c-9").raising("ApprovalRequired", "");
    Told later = tool(5).with("gen_ai.conversation.id", "c-9").trace("ab".repeat(16));

    Meaning meaning = meaning(first, later);

    assertThat(meaning.runs())
        .extracting(AgentRun::getConversationId)
        .containsOnly("c-9")
        .hasSize(2);
    assertThat(meaning.spans().get(0).getOutcome()).isEqualTo(Outcome.AWAITING_HUMAN);
  }

  @Test
  void shouldTakeTheAgentsVersionFromItsServiceWhenNothingElseTellsIt() {
    assertThat(only(tool(1).resource("service.version", "1.4.2")).getAgentVersion())
        .isEqualTo("1.4.2");
    assertThat(
            only(agent(1).resource("service.version", "1.4.2").with("gen_ai.agent.version", "7"))
                .getAgentVersion())
        .isEqualTo("7");
  }

  @Test
  void shouldReadWholeNumbersSentAsTextOrAsReals() {
    AgentSpan span =
        only(
            chat(1)
                .with("gen_ai.usage.input_tokens", "150")
                .with("gen_ai.usage.output_tokens", 15.0));

    assertThat(span.getInputTokens()).isEqualTo(150);
    assertThat(span.getOutputTokens()).isEqualTo(15);
  }

  @Test
  void shouldCallAnAnswerTheProviderFilteredDenied() {
    AgentSpan span =
        only(chat(1).with("gen_ai.response.finish_reasons", List.of("content_filter")));

    assertThat(span.getOutcome()).isEqualTo(Outcome.DENIED);
    assertThat(span.getPolicyRule()).isEqualTo("content_filter");
  }

  @Test
  void shouldTellCancelledAndTimedOutApartFromFailed() {
    assertThat(only(tool(1).raising("asyncio.CancelledError", "")).getOutcome())
        .isEqualTo(Outcome.CANCELLED);
    assertThat(only(tool(1).raising("httpx.ReadTimeout", "")).getOutcome())
        .isEqualTo(Outcome.TIMEOUT);
    assertThat(only(tool(1).raising("ValueError", "")).getOutcome()).isEqualTo(Outcome.TOOL_ERROR);
    assertThat(only(chat(1).raising("ValueError", "")).getOutcome()).isEqualTo(Outcome.ERROR);
  }

  /** A sentence is no class of errors, and may quote anything. */
  @Test
  void shouldNotTakeASentenceForAnErrorType() {
    assertThat(only(tool(1).with("error.type", "no refund for Ms Smith")).getErrorType()).isNull();
  }

  @Test
  void shouldMakeASpanOfNobodyAStep() {
    AgentSpan span = only(span(1, "http.request.method", "GET", "cost", 5.0).named("GET /"));

    assertThat(span.getKind()).isEqualTo(SpanKind.STEP);
    assertThat(span.getCostMicros()).isNull();
    assertThat(span.getDialect()).isEqualTo("otel");
  }
}
