package dev.tidemark.core.dialect;

import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** OpenInference of Arize Phoenix, as it instruments LangChain, OpenAI Agents and many others. */
final class OpenInference implements Dialect {
  private static final Keys KEYS =
      Keys.NONE
          .with(Field.AGENT_NAME, "agent.name", "graph.node.name", "metadata>lc_agent_name")
          .with(Field.AGENT_VERSION, "metadata>agentVersion", "metadata>agent_version")
          .with(Field.CONVERSATION, "session.id")
          .with(Field.PROMPT_VERSION, "llm.prompt_template.version")
          .with(Field.PROVIDER, "llm.provider", "llm.system")
          .with(
              Field.MODEL,
              "llm.response.model_name",
              "llm.model_name",
              "llm.request.model_name",
              "embedding.model_name")
          .with(Field.INPUT_TOKENS, "llm.token_count.prompt")
          .with(Field.OUTPUT_TOKENS, "llm.token_count.completion")
          .with(
              Field.CACHE_READ_TOKENS,
              "llm.token_count.prompt_details.cache_read",
              "llm.token_count.prompt_details.cache_input")
          .with(Field.CACHE_WRITE_TOKENS, "llm.token_count.prompt_details.cache_write")
          .with(Field.REASONING_TOKENS, "llm.token_count.completion_details.reasoning")
          .with(Field.COST, "llm.cost.total")
          .with(Field.FINISH_REASON, "llm.finish_reason")
          .with(Field.TOOL_NAME, "tool.name", "tool_call.function.name")
          .with(Field.TOOL_DEFINITION, "tool.json_schema", "tool.description")
          .with(Field.TOOL_CALL_ID, "tool.id", "tool_call.id", "message.tool_call_id")
          .with(Field.ARGUMENTS, "input.value", "tool.parameters")
          .with(Field.RESULT, "output.value")
          .with(Field.PROMPT, "input.value", "llm.prompts")
          .with(Field.COMPLETION, "output.value", "llm.completions")
          .then(GenAi.KEYS);

  private static final Key CHAIN_AGENT = Key.of(Field.AGENT_NAME, "metadata>lc_agent_name");
  private static final Key CHAIN_NODE = Key.of(Field.AGENT_NAME, "metadata>langgraph_node");
  private static final Pattern HANDOFF = Pattern.compile("(?:handoff|transfer)_to_(.+)");
  private static final Pattern REJECTED_CALL =
      Pattern.compile("Tool execution for (\\S{1,200}) was manually rejected");

  @Override
  public String name() {
    return "openinference";
  }

  @Override
  public boolean speaks(OtlpSpan span) {
    return span.text("openinference.span.kind") != null;
  }

  @Override
  public Keys keys() {
    return KEYS;
  }

  @Override
  public SpanKind kind(Reading span) {
    return switch (span.text("openinference.span.kind")) {
      case "LLM", "EMBEDDING" -> SpanKind.LLM;
      case "TOOL" -> tool(span);
      case "RETRIEVER" -> SpanKind.RETRIEVAL;
      case "AGENT" -> SpanKind.RUN;
      case "CHAIN" -> isOutermost(span) ? SpanKind.RUN : SpanKind.STEP;
      case "GUARDRAIL" -> SpanKind.GUARDRAIL;
      default -> SpanKind.STEP;
    };
  }

  /** Listing the tools of a server is told as a tool without a name, and is no call. */
  private static SpanKind tool(Reading span) {
    String name = span.text(Field.TOOL_NAME);
    if (name == null) {
      return span.text("input.value") == null ? SpanKind.STEP : SpanKind.TOOL;
    }
    boolean possible = name.startsWith("handoff_to_") || name.startsWith("transfer_to_");
    return possible && HANDOFF.matcher(name).matches() ? SpanKind.HANDOFF : SpanKind.TOOL;
  }

  /** An agent of LangChain is a chain like its nodes; they name their node, and it does not. */
  private static boolean isOutermost(Reading span) {
    return span.span().parentSpanId() == null
        || (span.text(CHAIN_AGENT) != null && span.text(CHAIN_NODE) == null);
  }

  @Override
  public void refine(Reading from, AgentSpan to) {
    OtlpSpan span = from.span();
    String role = span.text("openinference.span.kind");
    if (role.equals("AGENT") && from.text(Field.AGENT_NAME) == null) {
      String node = span.text("graph.node.id");
      to.setAgentName(node == null ? to.getAgentName() : node);
    } else if (to.getKind() == SpanKind.GUARDRAIL) {
      guardrail(span, to);
    } else if (to.getKind() == SpanKind.HANDOFF) {
      Matcher name = HANDOFF.matcher(String.valueOf(from.text(Field.TOOL_NAME)));
      to.setHandoffTo(name.matches() ? name.group(1) : null);
    } else if (to.getOutcome() == Outcome.REJECTED && to.getToolCallId() == null) {
      Matcher call = REJECTED_CALL.matcher(String.valueOf(span.statusMessage()));
      to.setToolCallId(call.find() ? call.group(1) : null);
    }
  }

  private static void guardrail(OtlpSpan span, AgentSpan to) {
    String name = span.text("tool.name");
    to.setPolicyRule(name == null ? span.name() : name);
    Boolean triggered = span.flag("guardrail.triggered");
    if (triggered != null) {
      to.setVerdict(triggered ? Verdict.DENY : Verdict.ALLOW);
      to.setEnforced(to.getVerdict());
      to.setOutcome(triggered ? Outcome.DENIED : to.getOutcome());
    }
  }
}
