package dev.tidemark.streams.observe;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.wire.FlatRecords;

/** Positions of the fields of a span that observe needs. */
final class SpanFields {
  final int traceId;
  final int spanId;
  final int parentSpanId;
  final int runId;
  final int conversationId;
  final int tenant;
  final int environment;
  final int agentName;
  final int agentVersion;
  final int modelProvider;
  final int modelName;
  final int modelBackend;
  final int promptVersion;
  final int kind;
  final int toolName;
  final int toolVersion;
  final int toolCallId;
  final int actor;
  final int argumentsHash;
  final int attempt;
  final int retryOfSpanId;
  final int startMs;
  final int endMs;
  final int durationUs;
  final int outcome;
  final int errorType;
  final int inputTokens;
  final int outputTokens;
  final int cacheReadTokens;
  final int cacheWriteTokens;
  final int reasoningTokens;
  final int costMicros;
  final int costCurrency;
  final int policyRule;
  final int verdict;
  final int decisionId;
  final int humanDecision;
  final int decisionRequestedMs;
  final int decisionDecidedMs;

  SpanFields(FlatRecords<AgentSpan> r) {
    traceId = r.field("traceId");
    spanId = r.field("spanId");
    parentSpanId = r.field("parentSpanId");
    runId = r.field("runId");
    conversationId = r.field("conversationId");
    tenant = r.field("tenant");
    environment = r.field("environment");
    agentName = r.field("agentName");
    agentVersion = r.field("agentVersion");
    modelProvider = r.field("modelProvider");
    modelName = r.field("modelName");
    modelBackend = r.field("modelBackend");
    promptVersion = r.field("promptVersion");
    kind = r.field("kind");
    toolName = r.field("toolName");
    toolVersion = r.field("toolVersion");
    toolCallId = r.field("toolCallId");
    actor = r.field("actor");
    argumentsHash = r.field("argumentsHash");
    attempt = r.field("attempt");
    retryOfSpanId = r.field("retryOfSpanId");
    startMs = r.field("startMs");
    endMs = r.field("endMs");
    durationUs = r.field("durationUs");
    outcome = r.field("outcome");
    errorType = r.field("errorType");
    inputTokens = r.field("inputTokens");
    outputTokens = r.field("outputTokens");
    cacheReadTokens = r.field("cacheReadTokens");
    cacheWriteTokens = r.field("cacheWriteTokens");
    reasoningTokens = r.field("reasoningTokens");
    costMicros = r.field("costMicros");
    costCurrency = r.field("costCurrency");
    policyRule = r.field("policyRule");
    verdict = r.field("verdict");
    decisionId = r.field("decisionId");
    humanDecision = r.field("humanDecision");
    decisionRequestedMs = r.field("decisionRequestedMs");
    decisionDecidedMs = r.field("decisionDecidedMs");
  }
}
