package dev.tidemark.query.answer;

import dev.tidemark.records.AgentRun;
import java.util.Map;

/** One run in one line. */
record RunLine(
    String traceId,
    String tenant,
    String environment,
    String agentName,
    String agentVersion,
    Map<String, String> toolVersions,
    Long startMs,
    long endMs,
    Long durationMs,
    String outcome,
    Boolean succeeded,
    boolean silentRecovery,
    boolean looping,
    int toolCalls,
    int retries,
    int toolErrors,
    int toolDenied,
    int modelCalls,
    int humanRequests,
    Long costMicros,
    String costCurrency,
    int costUnknown) {

  static RunLine of(AgentRun run) {
    boolean costKnown = run.getCostCurrency() != null || run.getCostMicros() != 0;
    return new RunLine(
        run.getTraceId(),
        run.getTenant(),
        run.getEnvironment(),
        run.getAgentName(),
        run.getAgentVersion(),
        run.getToolVersions(),
        run.getStartMs(),
        run.getEndMs(),
        run.getDurationMs(),
        run.getOutcome().name(),
        run.getSucceeded(),
        run.getSilentRecovery(),
        run.getLooping(),
        run.getToolCalls(),
        run.getRetries(),
        run.getToolErrors(),
        run.getToolDenied(),
        run.getModelCalls(),
        run.getHumanRequests(),
        costKnown ? run.getCostMicros() : null,
        run.getCostCurrency(),
        run.getCostUnknown());
  }
}
