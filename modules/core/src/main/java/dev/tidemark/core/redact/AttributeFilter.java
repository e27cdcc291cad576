package dev.tidemark.core.redact;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which attributes of a foreign span may be read, and as what. Nothing is read that is not allowed:
 * an attribute nobody knows may hold anything, its name included, so neither name nor value goes
 * on. Immutable and thread-safe.
 */
public final class AttributeFilter {

  /** What an attribute may be used for. */
  public enum Use {
    /** Its value may become a field of a record, redacted and capped like every text. */
    METADATA,
    /** What was said: measured, hashed under a key, kept only where {@link ContentRules} say so. */
    CONTENT,
    /** Not read. */
    NONE
  }

  /** Namespaces whose attributes describe and do not quote. */
  private static final List<String> METADATA =
      List.of(
          "gen_ai.",
          "llm.",
          "openinference.",
          "traceloop.",
          "ai.",
          "langsmith.",
          "ls_",
          "mcp.",
          "agent.",
          "tool.",
          "tool_call.",
          "session.",
          "graph.",
          "langgraph.",
          "logfire.",
          "pydantic_ai.",
          "operation.cost",
          "service.",
          "deployment.environment",
          "telemetry.sdk.",
          "telemetry.auto.",
          "otel.",
          "error.type",
          "exception.type",
          "jsonrpc.request.id",
          "rpc.response.status_code",
          "http.request.resend_count",
          "http.response.status_code",
          "hermes.",
          "pxi.approval.",
          "langfuse.",
          "openlit.",
          "aws.bedrock.guardrail.",
          "tidemark.",
          "embedding.model_name",
          "reranker.model_name",
          "resource.name",
          "operation.name",
          "agent_name",
          "model_name",
          "thread_id",
          "prompt.version",
          "_signoz.gen_ai.");

  /** Attributes of those namespaces, and others, that quote: whole names. */
  private static final Set<String> CONTENT =
      Set.of(
          "gen_ai.input.messages",
          "gen_ai.output.messages",
          "gen_ai.system_instructions",
          "gen_ai.tool.definitions",
          "gen_ai.tool.call.arguments",
          "gen_ai.tool.call.result",
          "gen_ai.tool.description",
          "gen_ai.agent.description",
          "gen_ai.retrieval.query.text",
          "gen_ai.retrieval.documents",
          "gen_ai.evaluation.explanation",
          "gen_ai.content",
          "gen_ai.prompt",
          "gen_ai.completion",
          "tool.parameters",
          "tool.description",
          "tool.json_schema",
          "tool_call.function.arguments",
          "input.value",
          "output.value",
          "ai.prompt",
          "ai.prompt.messages",
          "ai.prompt.tools",
          "ai.prompt.toolChoice",
          "ai.response.text",
          "ai.response.object",
          "ai.response.toolCalls",
          "ai.response.reasoning",
          "ai.schema",
          "ai.toolCall.args",
          "ai.toolCall.result",
          "ai.toolCall.input",
          "ai.toolCall.output",
          "ai.value",
          "ai.values",
          "traceloop.entity.input",
          "traceloop.entity.output",
          "llm.prompts",
          "llm.completions",
          "llm.invocation_parameters",
          "llm.tools",
          "llm.function_call",
          "llm.prompt_template.template",
          "llm.prompt_template.variables",
          "tool_arguments",
          "tool_response",
          "all_messages_events",
          "pydantic_ai.all_messages",
          "pydantic_ai.all_messages_events",
          "final_result",
          "model_request_parameters",
          "exception.message",
          "exception.stacktrace",
          "langsmith.metadata.prompt",
          "logfire.msg",
          "logfire.msg_template",
          "logfire.json_schema",
          "langfuse.observation.input",
          "langfuse.observation.output",
          "langfuse.trace.input",
          "langfuse.trace.output",
          "inputs",
          "outputs",
          "metadata");

  /** The same for attributes that carry a number or a name behind it. */
  private static final List<String> CONTENT_BEGINNINGS =
      List.of(
          "gen_ai.prompt.",
          "gen_ai.completion.",
          "llm.input_messages",
          "llm.output_messages",
          "llm.prompts.",
          "llm.completions.",
          "llm.tools.",
          "ai.request.headers",
          "ai.result.",
          "retrieval.documents",
          "embedding.embeddings",
          "reranker.",
          "mcp.request.",
          "mcp.response.",
          "ai.prompt.");

  /** Numbers and names, among them and outside of those namespaces, that quote nothing. */
  private static final Set<String> STILL_METADATA =
      Set.of(
          "gen_ai.prompt.name",
          "gen_ai.prompt.version",
          "reranker.model_name",
          "embedding.model_name",
          "agent_version",
          "guardrail.triggered",
          "message.tool_call_id",
          "openai.response.system_fingerprint");

  private static final AttributeFilter STANDARD = new AttributeFilter(Set.of());
  private final Set<String> alsoAllowed;

  private AttributeFilter(Set<String> alsoAllowed) {
    this.alsoAllowed = Set.copyOf(alsoAllowed);
  }

  /** What the conventions of agents name, and nothing else. */
  public static AttributeFilter standard() {
    return STANDARD;
  }

  /** Attributes of a deployment that are metadata as well, by their whole names. */
  public AttributeFilter allowing(String... keys) {
    var more = new HashSet<>(alsoAllowed);
    more.addAll(Arrays.asList(keys));
    return new AttributeFilter(more);
  }

  /** Whether the value may become a field. */
  public boolean allows(String key) {
    return use(key) == Use.METADATA;
  }

  /** What the attribute may be used for. */
  public Use use(String key) {
    if (alsoAllowed.contains(key) || STILL_METADATA.contains(key)) {
      return Use.METADATA;
    }
    if (CONTENT.contains(key) || beginsWithOne(key, CONTENT_BEGINNINGS)) {
      return Use.CONTENT;
    }
    return beginsWithOne(key, METADATA) ? Use.METADATA : Use.NONE;
  }

  private static boolean beginsWithOne(String key, List<String> beginnings) {
    for (String beginning : beginnings) {
      if (key.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }
}
