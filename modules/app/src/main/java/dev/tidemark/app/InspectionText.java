package dev.tidemark.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.ingest.Inspection;
import dev.tidemark.records.AgentRun;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints what an OTLP body came to. */
final class InspectionText {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private final Console console;
  private final Inspection inspection;

  InspectionText(Console console, Inspection inspection) {
    this.console = console;
    this.inspection = inspection;
  }

  void print(OutputFormat format) {
    switch (format) {
      case table -> table();
      case json -> console.data(json().toPrettyString());
      case jsonl -> inspection.runs().forEach(run -> console.data(json(run).toString()));
    }
  }

  private void table() {
    Table runs =
        Table.of(
            "TRACE",
            "AGENT",
            "VERSION",
            "CONVERSATION",
            "OUTCOME",
            "CALLS>",
            "ATTEMPTS>",
            "RETRIES>",
            "ERRORS>",
            "RECOVERED",
            "DENIED>",
            "REJECTED>",
            "MODEL>",
            "IN>",
            "OUT>",
            "COST>");
    for (AgentRun run : inspection.runs()) {
      runs.row(
          run.getTraceId().substring(0, 8),
          run.getAgentName(),
          run.getAgentVersion(),
          run.getConversationId(),
          run.getOutcome(),
          run.getOperations(),
          run.getToolCalls(),
          run.getRetries(),
          run.getToolErrors(),
          run.getSilentRecovery() ? "silently" : "-",
          run.getPolicyDenied(),
          run.getToolRejected(),
          run.getModelCalls(),
          run.getInputTokens(),
          run.getOutputTokens(),
          cost(run));
    }
    if (!inspection.runs().isEmpty()) {
      runs.lines().forEach(console::data);
      console.data("");
    }
    console.data("spans by dialect: " + listed(inspection.dialects()));
    console.data("events: " + inspection.events().size());
    console.data("conversations with several runs: " + listed(joined()));
    console.data("redacted by rule: " + listed(inspection.redacted().counts()));
    console.data(
        "left behind: "
            + inspection.contents()
            + " values that quote somebody, "
            + inspection.unread()
            + " that nobody may read");
    if (inspection.rejected() > 0) {
      console.data("refused: " + inspection.rejected() + " spans; first: " + inspection.reason());
    }
  }

  private static String cost(AgentRun run) {
    if (run.getModelCalls() == 0 || run.getCostUnknown() > 0) {
      return "unknown";
    }
    return BigDecimal.valueOf(run.getCostMicros(), 6).stripTrailingZeros().toPlainString()
        + " "
        + run.getCostCurrency();
  }

  private static String listed(Map<String, ? extends Number> counts) {
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(count -> Console.safe(count.getKey()) + " " + count.getValue())
            .collect(Collectors.joining(", "));
  }

  /** Conversations that join more than one run, with how many. */
  private Map<String, Integer> joined() {
    Map<String, Integer> runs = new TreeMap<>();
    for (AgentRun run : inspection.runs()) {
      if (run.getConversationId() != null) {
        runs.merge(run.getConversationId(), 1, Integer::sum);
      }
    }
    runs.values().removeIf(count -> count < 2);
    return runs;
  }

  private ObjectNode json() {
    ObjectNode all = JSON.objectNode();
    ArrayNode runs = all.putArray("runs");
    inspection.runs().forEach(run -> runs.add(json(run)));
    all.set("dialects", counts(inspection.dialects()));
    all.put("spans", inspection.spans().size());
    all.put("events", inspection.events().size());
    all.set("conversations", counts(joined()));
    all.set("redacted", counts(inspection.redacted().counts()));
    all.putObject("leftBehind")
        .put("content", inspection.contents())
        .put("unread", inspection.unread());
    all.put("rejectedSpans", inspection.rejected());
    all.put("reason", inspection.reason());
    return all;
  }

  private static ObjectNode counts(Map<String, ? extends Number> counts) {
    ObjectNode node = JSON.objectNode();
    counts.forEach((name, count) -> node.put(name, count.longValue()));
    return node;
  }

  private static ObjectNode json(AgentRun run) {
    return JSON.objectNode()
        .put("traceId", run.getTraceId())
        .put("agent", run.getAgentName())
        .put("agentVersion", run.getAgentVersion())
        .put("conversation", run.getConversationId())
        .put("outcome", run.getOutcome().name())
        .put("toolCalls", run.getOperations())
        .put("attempts", run.getToolCalls())
        .put("retries", run.getRetries())
        .put("errors", run.getToolErrors())
        .put("recoveredCalls", run.getRecoveredOperations())
        .put("silentRecovery", run.getSilentRecovery())
        .put("denials", run.getPolicyDenied())
        .put("rejections", run.getToolRejected())
        .put("modelCalls", run.getModelCalls())
        .put("inputTokens", run.getInputTokens())
        .put("outputTokens", run.getOutputTokens())
        .put("cacheReadTokens", run.getCacheReadTokens())
        .put("reasoningTokens", run.getReasoningTokens())
        .put("costMicros", run.getCostUnknown() > 0 ? null : Long.valueOf(run.getCostMicros()))
        .put("costCurrency", run.getCostCurrency());
  }
}
