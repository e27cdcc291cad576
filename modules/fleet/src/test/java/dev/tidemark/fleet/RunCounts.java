package dev.tidemark.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The recorded counts of one run, once as the data states them and once recomputed from the records
 * made of it, by a reading of the definitions that shares no code with the product.
 */
record RunCounts(
    int modelCalls,
    int toolCalls,
    int failed,
    int denied,
    int retries,
    int identical,
    int handoffs,
    Boolean success,
    Boolean silentRecovery) {

  static RunCounts stated(JsonNode line) {
    JsonNode success = line.get("success");
    return new RunCounts(
        line.path("llm_calls").asInt(),
        line.path("tool_calls").asInt(),
        line.path("tool_failed").asInt(),
        line.path("tool_denied").asInt(),
        line.path("retry_calls").asInt(),
        line.path("identical_calls").asInt(),
        line.path("handoffs").asInt(),
        success == null ? null : success.asBoolean(),
        line.has("silent_recovery") ? line.get("silent_recovery").asBoolean() : null);
  }

  static RunCounts recomputed(List<TimedRecord> records) {
    List<AgentSpan> tools =
        records.stream()
            .map(TimedRecord::span)
            .filter(span -> span != null && span.getKind() == SpanKind.TOOL)
            .sorted(Comparator.comparingLong(AgentSpan::getEndMs))
            .toList();
    List<AgentEvent> events =
        records.stream().map(TimedRecord::event).filter(Objects::nonNull).toList();
    int denied = (int) tools.stream().filter(t -> t.getOutcome() == Outcome.DENIED).count();
    int unsuccessful = (int) tools.stream().filter(RunCounts::isUnsuccessful).count();
    Boolean success =
        events.stream()
            .filter(e -> e.getName().equals("task_success"))
            .map(AgentEvent::getPassed)
            .findFirst()
            .orElse(null);
    return new RunCounts(
        (int)
            records.stream()
                .filter(r -> r.span() != null && r.span().getKind() == SpanKind.LLM)
                .count(),
        tools.size(),
        unsuccessful,
        denied,
        retries(tools),
        identical(tools),
        (int) events.stream().filter(e -> e.getType() == EventType.HANDOFF).count(),
        success,
        success == null ? null : success && unsuccessful > 0);
  }

  private static boolean isUnsuccessful(AgentSpan tool) {
    return tool.getOutcome() != Outcome.OK;
  }

  private static int retries(List<AgentSpan> tools) {
    Map<Actor, AgentSpan> previous = new EnumMap<>(Actor.class);
    int retries = 0;
    for (AgentSpan tool : tools) {
      AgentSpan before = previous.put(tool.getActor(), tool);
      if (before != null
          && before.getToolName().equals(tool.getToolName())
          && isUnsuccessful(before)) {
        retries++;
      }
    }
    return retries;
  }

  private static int identical(List<AgentSpan> tools) {
    var seen = new HashSet<List<String>>();
    int identical = 0;
    for (AgentSpan tool : tools) {
      if (!seen.add(List.of(tool.getActor().name(), tool.getToolName(), tool.getArgumentsHash()))) {
        identical++;
      }
    }
    return identical;
  }
}
